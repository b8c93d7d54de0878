import { SunbaeError } from "../../core/errors.ts";
import type { Row, Value } from "../records.ts";
import type { Reading, WindowPoint, WindowSummary } from "../sensor-store.ts";

// What a source answers is looked at before it is believed: no NaN, no infinite number, no date that is none.

const isDate = (at: unknown): at is Date => at instanceof Date && Number.isFinite(at.getTime());
const finite = (value: number | null): number | null => (Number.isFinite(value) ? value : null);

function listOf<Item>(answer: Item[]): Item[] {
  if (Array.isArray(answer)) return answer;
  throw new SunbaeError("internal", "A source answered with something that is no list.");
}

export function saneReadings(answer: Reading[]): Reading[] {
  return listOf(answer).filter((one) => isDate(one.at) && Number.isFinite(one.value));
}

export function sanePoints(answer: WindowPoint[]): WindowPoint[] {
  return listOf(answer).filter((one) => isDate(one.at) && [one.min, one.max, one.mean].every(Number.isFinite));
}

export function saneSummary(one: WindowSummary): WindowSummary {
  return {
    ...one,
    count: Number.isFinite(one.count) ? one.count : 0,
    first: isDate(one.first) ? one.first : null,
    last: isDate(one.last) ? one.last : null,
    min: finite(one.min),
    max: finite(one.max),
    mean: finite(one.mean),
    standardDeviation: finite(one.standardDeviation),
    p05: finite(one.p05),
    median: finite(one.median),
    p95: finite(one.p95),
  };
}

export function saneCoverage<Cover extends { from: Date; to: Date; count: number }>(answer: Cover[]): Cover[] {
  return listOf(answer).filter((one) => isDate(one.from) && isDate(one.to) && Number.isFinite(one.count));
}

const saneValue = (value: Value): Value => {
  if (typeof value === "number") return finite(value);
  return value instanceof Date && !isDate(value) ? null : value;
};

export function saneRows(rows: Row[]): Row[] {
  return listOf(rows).map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, saneValue(value)])),
  );
}

/** A number of rows; throws where it is none. */
export function saneTotal(total: number): number {
  if (Number.isFinite(total) && total >= 0) return total;
  throw new SunbaeError("internal", "A source counted to something that is no number.");
}
