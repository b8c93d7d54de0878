import type { Group, Row } from "../../records.ts";
import { isNumeric, type CheckedGrouping } from "../check-query.ts";
import { addDuration, tidyValue } from "../mapping/tidy-value.ts";
import type { CompiledField } from "./compile-field.ts";
import { rawColumns } from "./compile-mapped-query.ts";
import type { Plan } from "./plan-records.ts";

/** A time without zone is one of UTC here: expressions are made so. */
function asInstant(value: unknown): unknown {
  return typeof value === "string" ? new Date(`${value.replace(" ", "T")}Z`) : value;
}

/** A row of a statement with these fields, as a record; fields that weren't read are null. */
export function readRow(plan: Plan, fields: CompiledField[], row: Record<string, unknown>, source: string): Row {
  const raw = new Map(rawColumns(fields).map(({ name }, index) => [name, row[`r${index}`]]));
  const record: Row = { source };
  for (const [index, one] of plan.fields.entries()) {
    const { field } = one;
    if (!fields.includes(one)) record[field.name] = null;
    else if (!one.expression) record[field.name] = one.read?.((name) => raw.get(name)) ?? null;
    else {
      const value = row[`c${index}`];
      record[field.name] = tidyValue(field, field.type === "time" ? asInstant(value) : value);
    }
  }
  addDuration(record);
  return record;
}

/** A group's key as the port gives it. */
export function readKey({ field, bucket }: CheckedGrouping, value: unknown): Group["key"][number] {
  if (value === null || value === undefined) return null;
  if (bucket === "weekday" || bucket === "hour_of_day") return Number(value);
  if (bucket === undefined && isNumeric(field.type)) return Number(value);
  if (bucket === undefined && field.type === "boolean") return value === true || Number(value) === 1;
  return String(value).normalize("NFC");
}
