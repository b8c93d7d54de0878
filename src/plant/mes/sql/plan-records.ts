import type { Field, RecordSetName } from "../../records.ts";
import type { ReadOnlySession } from "../../sql/read-only-session.ts";
import { catalogue } from "../catalogue.ts";
import type { Match, Scalar } from "../mapping/mapping-settings.ts";
import { compileField, type CompiledField } from "./compile-field.ts";
import type { Bind, Dialect } from "./dialects/dialect.ts";
import { findColumns, type Column } from "./find-columns.ts";
import type { SqlEntry } from "./sql-mes-settings.ts";

/** A mapped record set, ready for questions: where its rows are, which of them count, and how each field is made. */
export type Plan = {
  records: RecordSetName;
  dialect: Dialect;
  fields: CompiledField[];
  /** FROM and WHERE with what the mapping demands; more conditions may follow with AND. */
  fromWhere: (bind: Bind) => string;
};

/** Throws `MappingError`, with near names, where a table or column of the mapping isn't there. */
export async function planRecords(
  session: ReadOnlySession,
  dialect: Dialect,
  records: RecordSetName,
  entry: SqlEntry,
  timeZone: string,
): Promise<Plan> {
  const { column, from } = await findColumns(session, dialect, entry);
  const context = { dialect, column, timeZone };
  const fields = catalogue[records].fields.map((field) => compileField(field, entry.columns[field.name], context));
  const rules = [
    ...Object.entries(entry.only_when ?? {}).map(([name, wanted]) => ({ column: column(name), wanted, holds: true })),
    ...Object.entries(entry.skip_when ?? {}).map(([name, wanted]) => ({ column: column(name), wanted, holds: false })),
  ];
  const id = fields.find(({ field }) => field.name === "id");
  return {
    records,
    dialect,
    fields: withDuration(fields, dialect),
    fromWhere(bind) {
      const conditions = rules.map(({ column: tested, wanted, holds }) => {
        const condition = matching(tested, wanted, bind, dialect);
        return holds ? condition : `NOT ${condition}`;
      });
      // A row without an id can't be told from another.
      conditions.push(id?.expression ? `${id.expression(bind)} IS NOT NULL` : "1 = 1");
      return `FROM ${from} WHERE ${conditions.join(" AND ")}`;
    },
  };
}

/** True or false, never unknown: text compares without case, null and "" are the empty cell. */
function matching(column: Column, wanted: Match, bind: Bind, dialect: Dialect): string {
  const all: Scalar[] = Array.isArray(wanted) ? wanted : [wanted];
  const text = dialect.lower(dialect.trim(dialect.text(column.sql)));
  const words = all.flatMap((one) => (one === null || one === "" ? [] : textsOf(one, column)));
  const places = words.map((word) => dialect.boundText(bind(word)));
  const tests = places.length > 0 ? [`(${column.sql} IS NOT NULL AND ${text} IN (${places.join(", ")}))`] : [];
  if (words.length < all.length && all.some((one) => one === null || one === ""))
    tests.push(`(${column.sql} IS NULL OR ${text} = '')`);
  return `(${tests.length > 0 ? tests.join(" OR ") : "1 = 0"})`;
}

/** A truth value is written true, t or 1 by one database or another. */
function textsOf(wanted: string | number | boolean, column: Column): string[] {
  if (typeof wanted !== "boolean") return [String(wanted).trim().toLowerCase()];
  const spelled = wanted ? ["true", "t", "1"] : ["false", "f", "0"];
  return column.kind === "text" ? [...spelled, wanted ? "y" : "n"] : spelled;
}

/** How long an event lasted, where the source gives only its two ends; see prepare-rows.ts. */
function withDuration(fields: CompiledField[], dialect: Dialect): CompiledField[] {
  const by = (name: Field["name"]) => fields.find(({ field }) => field.name === name);
  const [from, to, lasting] = [by("started_at"), by("ended_at"), by("duration_minutes")];
  if (!from || !to || !lasting) return fields;
  const [start, end, given] = [from.expression, to.expression, lasting.expression];
  const known = (bind: Bind) =>
    start && end && given
      ? `COALESCE(${given(bind)}, CASE WHEN ${end(bind)} >= ${start(bind)} THEN ${dialect.minutesBetween(start(bind), end(bind))} END)`
      : "";
  const mapped = from.columns.length > 0 && to.columns.length > 0;
  if (!mapped) return fields;
  // Where an end is only known after reading, so is the duration: the row gets it when it is read.
  const expression = start && end && given ? known : null;
  return fields.map((one) => (one === lasting ? { ...one, expression } : one));
}
