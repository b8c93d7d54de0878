import type { Doubt } from "../../plant/analysis/condition/doubt.ts";
import { sensorDoubts } from "../../plant/analysis/condition/sensor-doubts.ts";
import { median } from "../../plant/analysis/mean.ts";
import type { Reading, Tag, WindowPoint } from "../../plant/sensor-store.ts";

/** A value is never called old before this, however often its tag is measured. */
const patienceMinutes = 15;
/** Clocks of a plant's machines are seldom nearer than this. */
const clockMinutes = 2;

export type Span = { from: Date; to: Date };

/** How often the tag is usually measured, in minutes; null where that can't be told. */
export function usualInterval(
  points: WindowPoint[],
  window: Span,
  buckets: number,
  coverage: { from: Date; to: Date; count: number } | undefined,
): number | null {
  const count = points.reduce((sum, point) => sum + point.count, 0);
  if (count >= 3 && count < 2 * points.length) {
    const gaps = points.slice(1).map((point, index) => +point.at - +(points[index]?.at ?? point.at));
    return (median(gaps) ?? 0) / 60_000;
  }
  // Only the stretches that have readings: a night without any says nothing of the interval.
  if (count >= 3) return (points.length * (+window.to - +window.from)) / buckets / count / 60_000;
  return coverage && coverage.count >= 3 ? (+coverage.to - +coverage.from) / (coverage.count - 1) / 60_000 : null;
}

/** Five of its usual intervals without a new value. */
export function isStale(ageMinutes: number, usualMinutes: number | null): boolean {
  return ageMinutes > Math.max(patienceMinutes, 5 * (usualMinutes ?? 0));
}

export function isFuture(at: Date, now: Date): boolean {
  return +at - +now > clockMinutes * 60_000;
}

/** Why the values may not be true, apart from their age, which is told with the value. */
export function doubtsOf(
  tag: Tag,
  points: WindowPoint[],
  latest: Reading | undefined,
  window: Span,
  now: Date,
): Doubt[] {
  // A window of the past is judged as it was at its end.
  const isPast = window.to < now;
  const shown = points.map((point) => ({ at: point.at, value: point.mean }));
  const all = latest && !isPast ? [...shown, { at: latest.at, value: latest.value }] : shown;
  return sensorDoubts(all, tag, isPast ? window.to : now).filter((doubt) => doubt.kind !== "late");
}
