import type { AttributeSample } from "../../plant/analysis/spc/attribute-chart.ts";
import type { Row } from "../../plant/records.ts";

// From inspection rows of one characteristic to the points of a chart: subgroups, single values, or counted samples.

type Named = { name: string; at: Date | null; lot: string | null; rows: Row[] };
export type MeasuredPoint = Named & { values: number[] };
export type CountedPoint = Named & { sample: AttributeSample };
export type Points<Point> = {
  points: Point[];
  /** Values left out because they stand alone where the others are in subgroups. */
  leftOut: number;
};

/** Subgroups where most have two values and more; else each value by itself. */
export function measuredPoints(rows: Row[], singly: boolean): Points<MeasuredPoint> {
  const sorted = rows.filter((row) => typeof row["value"] === "number").toSorted(inOrder);
  const groups = grouped(sorted, (row) => (text(row, "subgroup") ? key(row, "lot_id", "subgroup") : null));
  const many = groups?.filter((group) => group.length > 1) ?? [];
  if (singly || !groups || many.length < 2 || many.length < groups.length / 2) {
    const unique = new Set(sorted.map((row) => text(row, "subgroup"))).size === sorted.length;
    return { points: byLot(sorted.map((row) => measured([row], unique))), leftOut: 0 };
  }
  return { points: many.map((group) => measured(group, true)), leftOut: groups.length - many.length };
}

/** One point a sample: rows that count several kinds of defect in the same sample are added up. */
export function countedPoints(rows: Row[]): Points<CountedPoint> {
  const sorted = rows.filter((row) => typeof row["defects"] === "number").toSorted(inOrder);
  const groups = grouped(sorted, sampleKey) ?? [];
  return { points: byLot(groups.map(countedPoint)), leftOut: 0 };
}

/** Points without a subgroup are known by their lot where each has its own, else by their record. */
function byLot<Point extends Named>(points: Point[]): Point[] {
  const lots = new Set(points.map((point) => point.lot));
  const each = lots.size === points.length && !lots.has(null) && points.every(({ rows }) => !text(rows[0], "subgroup"));
  return each ? points.map((point) => ({ ...point, name: point.lot ?? point.name })) : points;
}

function countedPoint(group: Row[]): CountedPoint {
  const sizes = group.map((row) => row["sample_size"]).filter((size) => typeof size === "number");
  const byKind = group.length > 1 && group.every((row) => text(row, "defect_code") ?? text(row, "defect"));
  const size = byKind ? Math.max(...sizes) : sizes.reduce((sum, one) => sum + one, 0);
  const count = group.reduce((sum, row) => sum + (row["defects"] as number), 0);
  return { ...named(group, text(group[0], "subgroup")), sample: { count, size: sizes.length > 0 ? size : 1 } };
}

function sampleKey(row: Row): string {
  if (text(row, "subgroup")) return key(row, "lot_id", "subgroup");
  const at = row["inspected_at"] instanceof Date ? row["inspected_at"].getTime() : null;
  return at !== null && text(row, "lot_id") ? `${key(row, "lot_id")}|${at}` : `#${String(row["id"])}`;
}

function measured(rows: Row[], bySubgroup: boolean): MeasuredPoint {
  const name = bySubgroup ? text(rows[0], "subgroup") : null;
  return { ...named(rows, name), values: rows.map((row) => row["value"] as number) };
}

function named(rows: Row[], name: string | null): Named {
  const [first] = rows;
  const at = first?.["inspected_at"];
  return {
    name: name ?? String(first?.["id"] ?? ""),
    at: at instanceof Date ? at : null,
    lot: text(first, "lot_id"),
    rows,
  };
}

/** Rows by key, in the order of each key's first row; null where a row has no key. */
function grouped(rows: Row[], keyOf: (row: Row) => string | null): Row[][] | null {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const id = keyOf(row);
    if (id === null) return null;
    const group = groups.get(id);
    if (group) group.push(row);
    else groups.set(id, [row]);
  }
  return [...groups.values()];
}

function key(row: Row, ...fields: string[]): string {
  return fields.map((field) => text(row, field) ?? "").join("|");
}

function text(row: Row | undefined, field: string): string | null {
  const value = row?.[field];
  return typeof value === "string" && value !== "" ? value : null;
}

/** By time; what has none, or the same, by subgroup and number as people count. */
function inOrder(a: Row, b: Row): number {
  const time = (row: Row): number => (row["inspected_at"] instanceof Date ? row["inspected_at"].getTime() : 0);
  const natural = (field: string): number =>
    String(a[field] ?? "").localeCompare(String(b[field] ?? ""), "en", { numeric: true });
  return time(a) - time(b) || natural("subgroup") || natural("id");
}
