import type pg from "pg";
import type { UpsertCounts } from "../plant-writer.ts";
import type { Field, RecordSetName, Row, Value } from "../records.ts";
import { catalogue } from "./catalogue.ts";
import { columnOf } from "./compile-query.ts";
import { prepareRows } from "./prepare-rows.ts";

const rowsPerStatement = 5_000;

const arrayType: Partial<Record<Field["type"], string>> = {
  number: "float8[]",
  minutes: "float8[]",
  boolean: "boolean[]",
  time: "timestamptz[]",
};

/** unnest flattens nested arrays, so a list travels as the text of a Postgres array. */
function arrayLiteral(items: string[]): string {
  return `{${items.map((item) => `"${item.replace(/[\\"]/g, "\\$&")}"`).join(",")}}`;
}

function asParameter(value: Value | undefined): unknown {
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? arrayLiteral(value) : (value ?? null);
}

function upsertStatement(records: RecordSetName, fields: Field[]): string {
  const columns = fields.map(columnOf);
  const others = columns.filter((column) => column !== `"id"`);
  const arrays = fields.map((field, index) => `$${index + 2}::${arrayType[field.type] ?? "text[]"}`);
  const selected = fields.map((field) => `u.${columnOf(field)}${field.type === "list" ? "::text[]" : ""}`);
  return `WITH written AS (
      INSERT INTO "${records}" AS t ("source", ${columns.join(", ")})
      SELECT $1::text, ${selected.join(", ")} FROM unnest(${arrays.join(", ")}) AS u(${columns.join(", ")})
      ON CONFLICT ("source", "id") DO UPDATE SET ${others.map((column) => `${column} = excluded.${column}`).join(", ")}
      WHERE (${others.map((column) => `t.${column}`).join(", ")}) IS DISTINCT FROM (${others.map((column) => `excluded.${column}`).join(", ")})
      RETURNING (xmax = 0) AS inserted)
    SELECT count(*) FILTER (WHERE inserted)::int AS inserted, count(*) FILTER (WHERE NOT inserted)::int AS updated FROM written`;
}

/**
 * Writes rows by (source, id) in statements of 5,000, each whole by itself: what failed may be written again.
 * Rows that are already so are not touched. Throws `invalid_input` before writing where a row doesn't fit.
 */
export async function upsertRows(
  pool: pg.Pool,
  records: RecordSetName,
  source: string,
  rows: Row[],
): Promise<UpsertCounts> {
  // In one order everywhere, so that two writers of the same rows can't wait for each other.
  const prepared = prepareRows(records, rows).sort((a, b) => (String(a["id"]) < String(b["id"]) ? -1 : 1));
  const { fields } = catalogue[records];
  const text = upsertStatement(records, fields);
  const counts: UpsertCounts = { inserted: 0, updated: 0, unchanged: 0 };
  for (let start = 0; start < prepared.length; start += rowsPerStatement) {
    const part = prepared.slice(start, start + rowsPerStatement);
    const arrays = fields.map((field) => part.map((row) => asParameter(row[field.name])));
    const { rows: answer } = await pool.query<{ inserted: number; updated: number }>(text, [source, ...arrays]);
    const { inserted = 0, updated = 0 } = answer[0] ?? {};
    counts.inserted += inserted;
    counts.updated += updated;
    counts.unchanged += part.length - inserted - updated;
  }
  return counts;
}
