import { SunbaeError, type ErrorDetail } from "../../core/errors.ts";
import type { Field, RecordSetName, Row, Value } from "../records.ts";
import { recordSetOf } from "./catalogue.ts";
import { isNumeric, isTextual } from "./check-query.ts";

const text = (value: string) => value.normalize("NFC").replaceAll("\0", "");
const firstYear = Date.parse("0001-01-01T00:00:00Z");
const lastYear = Date.parse("9999-12-31T23:59:59.999Z");

/** A value as it is kept, blank text as null; undefined where it doesn't fit the field. */
function prepareValue(field: Field, value: Value | undefined): Value | undefined {
  if (value === null || value === undefined) return null;
  if (isTextual(field.type)) {
    if (typeof value === "string") return text(value) || null;
    return typeof value === "number" && Number.isFinite(value) ? String(value) : undefined;
  }
  if (isNumeric(field.type)) return typeof value === "number" && Number.isFinite(value) ? value : undefined;
  if (field.type === "boolean") return typeof value === "boolean" ? value : undefined;
  if (field.type === "list") return Array.isArray(value) ? value.map(text).filter((item) => item !== "") : undefined;
  const time = value instanceof Date ? value.getTime() : Number.NaN;
  return time >= firstYear && time <= lastYear ? (value as Date) : undefined;
}

/** How long an event or a stop lasted, where the source gives only its two ends. */
function addDuration(row: Row): void {
  const { started_at: start, ended_at: end } = row;
  if (row["duration_minutes"] === null && start instanceof Date && end instanceof Date && end >= start)
    row["duration_minutes"] = (end.getTime() - start.getTime()) / 60_000;
}

/**
 * Rows as they are kept: every field of the catalogue, the missing ones null; of a repeated id the last row.
 * Throws `invalid_input` listing what doesn't fit, before anything is written.
 */
export function prepareRows(records: RecordSetName, rows: Row[]): Row[] {
  const { fields } = recordSetOf(records);
  const known = new Set(fields.map((field) => field.name)).add("source");
  const lasting = known.has("started_at") && known.has("ended_at") && known.has("duration_minutes");
  const byId = new Map<string, Row>();
  const details: ErrorDetail[] = [];
  rows.forEach((row, index) => {
    const path = `rows[${index}]`;
    for (const name of Object.keys(row))
      if (!known.has(name)) details.push({ path, message: `there is no field "${name}"` });
    const kept: Row = {};
    for (const field of fields) {
      const value = prepareValue(field, row[field.name]);
      if (value === undefined)
        details.push({ path, message: `${field.name} is no ${field.type}: ${JSON.stringify(row[field.name])}` });
      kept[field.name] = value ?? null;
    }
    if (typeof kept["id"] !== "string") details.push({ path, message: "it has no id" });
    else byId.set(kept["id"], kept);
    if (lasting) addDuration(kept);
  });
  if (details.length > 0)
    throw new SunbaeError(
      "invalid_input",
      `${records}: ${details[0]?.path} can't be written: ${details[0]?.message}.`,
      {
        fix: "Mend the rows; nothing was written.",
        details: details.slice(0, 50),
      },
    );
  return [...byId.values()];
}
