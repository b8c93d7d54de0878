import { SunbaeError } from "../../core/errors.ts";
import type { AggregateQuery, Condition, Field, FieldType, Grouping, ListQuery, RecordSetName } from "../records.ts";
import { fieldOf, recordSetOf } from "./catalogue.ts";

// What every MES store checks before it answers: fields exist, operators and values fit them, the zone is known.
// A checked query holds the catalogue's own fields, so that no caller's string reaches a statement.

export type CheckedCondition = { field: Field } & (
  | { op: "eq" | "ne"; value: string | number | boolean }
  | { op: "in" | "not_in"; value: (string | number)[] }
  | { op: "contains"; value: string }
  | { op: "gte" | "gt" | "lte" | "lt"; value: number | Date }
  | { op: "is_null" | "not_null" }
);
export type CheckedGrouping = { field: Field; bucket: Grouping["bucket"] };

/** Text in the sense of a query: free or short text, codes, ids, names of machines and people. */
export function isTextual(type: FieldType): boolean {
  return !isNumeric(type) && type !== "boolean" && type !== "time" && type !== "list";
}

export function isNumeric(type: FieldType): boolean {
  return type === "number" || type === "minutes";
}

function refuse(message: string, fix: string): never {
  throw new SunbaeError("invalid_input", message, { fix });
}

/** Throws `invalid_input` for anything but an IANA name; "+09:00" would mean the opposite to Postgres. */
export function checkTimeZone(timeZone: string): string {
  try {
    if (!/^[a-z]/i.test(timeZone)) throw new RangeError(timeZone);
    return Intl.DateTimeFormat("en", { timeZone }) && timeZone;
  } catch {
    return refuse(`There is no time zone "${timeZone}".`, 'Use an IANA name such as "Asia/Seoul".');
  }
}

/** Text as rows keep it (see prepare-rows.ts): Postgres refuses a NUL, and no text of a row has half a character. */
const textOf = (value: string | number) => String(value).toWellFormed().normalize("NFC").replaceAll("\0", "");

function checkScalar(field: Field, value: string | number | boolean): string | number | boolean {
  if (isTextual(field.type) && typeof value !== "boolean") return textOf(value);
  if (isNumeric(field.type) && typeof value === "number" && Number.isFinite(value)) return value;
  if (field.type === "boolean" && typeof value === "boolean") return value;
  return refuse(
    `${field.name} (${field.type}) can't be compared with ${JSON.stringify(value)}.`,
    field.type === "list"
      ? 'Use "contains" for a list.'
      : field.type === "time"
        ? 'Use "gte" and "lt" with dates.'
        : `Give a ${field.type}.`,
  );
}

function checkCondition(records: RecordSetName, condition: Condition): CheckedCondition {
  const field = fieldOf(records, condition.field);
  const { op } = condition;
  switch (op) {
    case "is_null":
    case "not_null":
      return { field, op };
    case "eq":
    case "ne":
      return { field, op, value: checkScalar(field, condition.value) };
    case "in":
    case "not_in":
      return { field, op, value: condition.value.map((value) => checkScalar(field, value) as string | number) };
    case "contains":
      if (!isTextual(field.type) && field.type !== "list")
        refuse(`${field.name} (${field.type}) holds no text to look into.`, 'Use "eq", "gte" or "lt".');
      return { field, op, value: textOf(condition.value) };
    case "gte":
    case "gt":
    case "lte":
    case "lt": {
      const { value } = condition;
      const fits = field.type === "time" ? value instanceof Date : isNumeric(field.type) && typeof value === "number";
      if (!fits || !Number.isFinite(Number(value)))
        refuse(
          `${field.name} (${field.type}) can't be compared with ${String(value)}.`,
          "Give a date for a time field, a number for a number.",
        );
      return { field, op, value };
    }
    default:
      return refuse(
        `There is no operator "${String(op)}".`,
        "Use eq, ne, in, not_in, contains, gte, gt, lte, lt, is_null or not_null.",
      );
  }
}

export function checkWhere(records: RecordSetName, where: Condition[]): CheckedCondition[] {
  recordSetOf(records);
  return where.map((condition) => checkCondition(records, condition));
}

const buckets = ["hour", "day", "week", "month", "quarter", "year", "weekday", "hour_of_day"];

export function checkGrouping(records: RecordSetName, grouping: Grouping): CheckedGrouping {
  const field = fieldOf(records, grouping.field);
  const { bucket } = grouping;
  if (bucket !== undefined && !buckets.includes(bucket))
    refuse(`There is no bucket "${String(bucket)}".`, `Use one of: ${buckets.join(", ")}.`);
  if (bucket !== undefined && field.type !== "time")
    refuse(`${field.name} (${field.type}) has no ${bucket}.`, "Only time fields have buckets.");
  return { field, bucket };
}

/** The measure's field and bucket; null for a plain count. */
export function checkMeasure({ records, measure }: AggregateQuery): CheckedGrouping | null {
  if (measure.kind === "count") return null;
  if (measure.kind === "distinct") {
    const checked = checkGrouping(records, measure);
    if (checked.field.type === "list") refuse(`${measure.field} is a list.`, "Group by it to count its elements.");
    return checked;
  }
  const field = fieldOf(records, measure.field);
  const timely = field.type === "time" && (measure.kind === "min" || measure.kind === "max");
  if (!isNumeric(field.type) && !timely)
    refuse(`There is no ${measure.kind} of ${field.name} (${field.type}).`, "Use a number field, or count.");
  return { field, bucket: undefined };
}

function wholeNumber(name: string, value: number | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  if (!Number.isSafeInteger(value) || value < 0) refuse(`The ${name} ${value} is no whole number.`, "Give 0 or more.");
  return value;
}

export function checkPage(page: { limit?: number; offset?: number }): { limit: number | null; offset: number } {
  return {
    limit: page.limit === undefined ? null : wholeNumber("limit", page.limit, 0),
    offset: wholeNumber("offset", page.offset, 0),
  };
}

/** The asked order, or newest first where rows have a time; ties are always broken by id. */
export function checkOrder(query: ListQuery): { field: Field; direction: "asc" | "desc" }[] {
  const { timeField } = recordSetOf(query.records);
  const asked = query.orderBy ?? (timeField ? [{ field: timeField, direction: "desc" as const }] : []);
  return asked.map(({ field: name, direction }) => {
    const field = fieldOf(query.records, name);
    if (field.type === "list") refuse(`${name} is a list and has no order.`, "Order by another field.");
    return { field, direction: direction === "desc" ? "desc" : "asc" };
  });
}
