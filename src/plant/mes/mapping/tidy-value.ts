import type { Field, Row, Value } from "../../records.ts";
import { isNumeric } from "../check-query.ts";

const firstYear = Date.parse("0001-01-01T00:00:00Z");
const lastYear = Date.parse("9999-12-31T23:59:59.999Z");

/** A value of a foreign source as a value of the field; null where it is none, so that odd data never break a turn. */
export function tidyValue(field: Field, value: unknown): Value {
  if (value === null || value === undefined) return null;
  if (isNumeric(field.type)) {
    const number = typeof value === "string" && value.trim() === "" ? Number.NaN : Number(value);
    return Number.isFinite(number) ? number : null;
  }
  if (field.type === "boolean") {
    if (typeof value === "boolean") return value;
    return value === 1 || value === "1" ? true : value === 0 || value === "0" ? false : null;
  }
  if (field.type === "time") {
    const time = value instanceof Date ? value.getTime() : Number.NaN;
    return time >= firstYear && time <= lastYear ? new Date(time) : null;
  }
  if (field.type === "list") {
    const items = Array.isArray(value) ? value.map((item) => textValue(item)).filter((item) => item !== null) : [];
    return items.length > 0 ? items : null;
  }
  return textValue(value);
}

const textValue = (value: unknown): string | null =>
  String(value).toWellFormed().normalize("NFC").replaceAll("\0", "") || null;

/** How long an event lasted, where the source gives only its two ends; see prepare-rows.ts. */
export function addDuration(row: Row): void {
  const { started_at: start, ended_at: end } = row;
  if (row["duration_minutes"] === null && start instanceof Date && end instanceof Date && end >= start)
    row["duration_minutes"] = (end.getTime() - start.getTime()) / 60_000;
}
