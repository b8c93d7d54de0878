import { isNumeric } from "../check-query.ts";
import type { CheckedCondition } from "../check-query.ts";
import { offsetsOf } from "./zone-offsets.ts";
import type { CompiledField } from "./compile-field.ts";
import type { Bind, Dialect } from "./dialects/dialect.ts";

const comparison = { gte: ">=", gt: ">", lte: "<=", lt: "<" };

/** A condition on a field that has an expression; with null as in records.ts. */
export function compileCondition(
  condition: CheckedCondition,
  field: CompiledField,
  bind: Bind,
  dialect: Dialect,
): string {
  const sql = (field.expression as (bind: Bind) => string)(bind);
  switch (condition.op) {
    case "eq":
      return equal([condition.value], sql, field, bind, dialect);
    case "ne":
      return `(${sql} IS NULL OR NOT ${among([condition.value], sql, field, bind, dialect)})`;
    case "in":
      return condition.value.length > 0 ? equal(condition.value, sql, field, bind, dialect) : "1 = 0";
    case "not_in":
      if (condition.value.length === 0) return "1 = 1";
      return `(${sql} IS NULL OR NOT ${among(condition.value, sql, field, bind, dialect)})`;
    case "contains": {
      if (condition.value === "") return `${sql} IS NOT NULL`;
      const text = dialect.lower(sql);
      return `(${forms(condition.value, dialect)
        .map((form) => dialect.holds(text, dialect.lower(dialect.boundText(bind(form)))))
        .join(" OR ")})`;
    }
    case "is_null":
      return `${sql} IS NULL`;
    case "not_null":
      return `${sql} IS NOT NULL`;
    default: {
      const { op, value } = condition;
      if (!(value instanceof Date)) return `${sql} ${comparison[op]} ${dialect.boundNumber(bind(value))}`;
      const exact = `${sql} ${comparison[op]} ${dialect.boundTime(bind(value.toISOString().replace("Z", dialect.name === "postgres" ? "Z" : "")))}`;
      return near(op, value, field, bind) + exact;
    }
  }
}

/** The text as it is composed, and as it is decomposed where that differs: a source may hold either. */
function forms(text: string, { decomposed }: Dialect): string[] {
  const composed = text.normalize("NFC");
  return decomposed ? [...new Set([composed, text.normalize("NFD")])] : [composed];
}

function among(
  values: (string | number | boolean)[],
  sql: string,
  { field }: CompiledField,
  bind: Bind,
  dialect: Dialect,
): string {
  if (field.type === "boolean")
    return `(${values.map((value) => `${sql} = ${dialect.constant(value === true)}`).join(" OR ")})`;
  const places = isNumeric(field.type)
    ? values.map((value) => dialect.boundNumber(bind(value)))
    : values.flatMap((value) => forms(String(value), dialect).map((form) => dialect.boundText(bind(form))));
  return `(${sql} IN (${places.join(", ")}))`;
}

/** A stored column may have an index that its expression hasn't: it narrows, the expression decides. */
function equal(
  values: (string | number | boolean)[],
  sql: string,
  field: CompiledField,
  bind: Bind,
  dialect: Dialect,
): string {
  const exact = among(values, sql, field, bind, dialect);
  const { narrow } = field;
  const texts = values.flatMap((value) => (typeof value === "string" ? forms(value, dialect) : []));
  if (!narrow || texts.length === 0) return exact;
  if (narrow.kind === "integer") {
    const whole = texts.every((text) => /^-?\d{1,15}$/.test(text));
    if (!whole) return exact;
    // Digits only, so a number of ours: a bound value would be compared as text by one database and not by another.
    return `(${narrow.sql} IN (${texts.map((text) => String(Number(text))).join(", ")}) AND ${exact})`;
  }
  if (narrow.kind !== "text") return exact;
  const places = texts.map((text) => dialect.beside(bind(text), narrow.collation));
  return `(${narrow.sql} IN (${places.join(", ")}) AND ${exact})`;
}

const dayMs = 86_400_000;

/** Wall-clock bounds that surely hold, so that an index on a time without zone is used; ends with AND. */
function near(op: keyof typeof comparison, value: Date, { narrow }: CompiledField, bind: Bind): string {
  if (!narrow || (narrow.kind !== "local" && narrow.kind !== "day")) return "";
  const offset = offsetsOf(narrow.timeZone).findLast(({ fromMs }) => fromMs <= value.getTime())?.minutes ?? 0;
  const later = op === "lt" || op === "lte" ? dayMs : -dayMs;
  const bound = value.getTime() + offset * 60_000 + later;
  if (Math.abs(bound) > 8e15) return "";
  const wall = new Date(bound).toISOString();
  if (!/^[0-9]{4}-/.test(wall) || wall < "1753") return "";
  return `${narrow.sql} ${op === "lt" || op === "lte" ? "<=" : ">="} ${bind(wall.slice(0, 10))} AND `;
}
