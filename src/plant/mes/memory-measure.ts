import type { Group, Measure, Row, Value } from "../records.ts";
import type { CheckedGrouping } from "./check-query.ts";

type Key = Group["key"][number];

/** Ascending or descending, nulls last either way; text by code unit, false before true. */
export function compareValues(a: Value, b: Value, direction: "asc" | "desc"): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const ascending = a < b ? -1 : Number(a > b);
  return direction === "asc" ? ascending : -ascending;
}

export function compareKeys(a: Key[], b: Key[]): number {
  for (const [index, key] of a.entries()) {
    const compared = compareValues(key, b[index] ?? null, "asc");
    if (compared !== 0) return compared;
  }
  return 0;
}

/** The measure over rows; null where no row has a value, but counts are 0. */
export function measureRows(
  rows: Row[],
  kind: Measure["kind"],
  of: CheckedGrouping | null,
  keyOf: (row: Row, of: CheckedGrouping) => Key,
): number | null {
  if (!of) return rows.length;
  const present = rows.filter((row) => row[of.field.name] !== null);
  if (kind === "distinct") return new Set(present.map((row) => keyOf(row, of))).size;
  if (present.length === 0) return null;
  const values = present.map((row) => Number(row[of.field.name]));
  const sum = values.reduce((total, value) => total + value, 0);
  if (kind === "sum") return sum;
  if (kind === "avg") return sum / values.length;
  return values.reduce((a, b) => (kind === "min" ? Math.min(a, b) : Math.max(a, b)));
}
