import { SunbaeError } from "../../core/errors.ts";
import type { WindowPoint } from "../sensor-store.ts";
import { indexAt, sliceReadings } from "./merge-readings.ts";
import { bad, good, uncertain, type Readings } from "./reading-codec.ts";
import type { Summary } from "./summary.ts";
import { doubtedOf } from "./window-summary.ts";

/** More points than this no page can draw; a query for more gets as many. */
const mostPoints = 50_000;

export type Span = { from: number; to: number };

/** The span in epoch milliseconds; throws `invalid_input` where a date is none. */
export function checkSpan({ from, to }: { from: Date; to: Date }): Span {
  const span = { from: from.getTime(), to: to.getTime() };
  if (Number.isFinite(span.from) && Number.isFinite(span.to)) return span;
  throw new SunbaeError("invalid_input", "The window's start or end is no date.", { fix: "Give two valid dates." });
}

/** Readings of [from, to). */
export function clipReadings(readings: Readings, { from, to }: Span): Readings {
  return sliceReadings(readings, indexAt(readings.times, from), indexAt(readings.times, to));
}

/** At most `maxPoints` buckets of equal width in whole milliseconds; throws `invalid_input` where that is no number. */
export function bucketsOf(span: Span, maxPoints: number): { width: number; length: number } {
  if (!(maxPoints >= 1))
    throw new SunbaeError("invalid_input", `${maxPoints} is no number of points.`, { fix: "Give 1 or more." });
  const most = Math.min(Math.floor(maxPoints), mostPoints);
  const width = Math.max(1, Math.ceil((span.to - span.from) / most));
  return { width, length: Math.max(0, Math.ceil((span.to - span.from) / width)) };
}

/** Collects readings into buckets, counted from `from`. */
export function createWindowPoints(span: Span, maxPoints: number) {
  const { width, length } = bucketsOf(span, maxPoints);
  const counts = new Float64Array(length);
  const sums = new Float64Array(length);
  const mins = new Float64Array(length).fill(Infinity);
  const maxes = new Float64Array(length).fill(-Infinity);
  const uncertains = new Uint32Array(length);
  const bads = new Uint32Array(length);

  function add(bucket: number, count: number, sum: number, min: number, max: number): void {
    counts[bucket] = (counts[bucket] ?? 0) + count;
    sums[bucket] = (sums[bucket] ?? 0) + sum;
    if (min < (mins[bucket] ?? 0)) mins[bucket] = min;
    if (max > (maxes[bucket] ?? 0)) maxes[bucket] = max;
  }

  return {
    width,
    /** Readings that all lie in the bucket of the instant `at`. */
    addSummary(at: number, summary: Summary): void {
      const bucket = Math.floor((at - span.from) / width);
      uncertains[bucket] = (uncertains[bucket] ?? 0) + summary.uncertain;
      bads[bucket] = (bads[bucket] ?? 0) + summary.bad;
      const { count, mean, min, max } = summary;
      if (count > 0) add(bucket, count, mean * count, min, max);
    },
    addReadings(readings: Readings): void {
      const { times, values, qualities } = clipReadings(readings, span);
      for (let index = 0; index < times.length;) {
        const bucket = Math.floor(((times[index] ?? 0) - span.from) / width);
        const end = span.from + (bucket + 1) * width;
        let [count, sum, min, max] = [0, 0, Infinity, -Infinity];
        for (; index < times.length && (times[index] ?? 0) < end; index++) {
          const quality = qualities?.[index] ?? good;
          if (quality === bad) bads[bucket] = (bads[bucket] ?? 0) + 1;
          if (quality === uncertain) uncertains[bucket] = (uncertains[bucket] ?? 0) + 1;
          if (quality === bad) continue;
          const value = values[index] ?? 0;
          count++;
          sum += value;
          if (value < min) min = value;
          if (value > max) max = value;
        }
        add(bucket, count, sum, min, max);
      }
    },
    points(): WindowPoint[] {
      const points: WindowPoint[] = [];
      for (let bucket = 0; bucket < length; bucket++) {
        const count = counts[bucket] ?? 0;
        if (count === 0) continue;
        const [min, max] = [mins[bucket] ?? 0, maxes[bucket] ?? 0];
        // A sum's rounding must not put the mean outside its own readings.
        const mean = Math.min(Math.max((sums[bucket] ?? 0) / count, min), max);
        const doubted = doubtedOf({ uncertain: uncertains[bucket] ?? 0, bad: bads[bucket] ?? 0 });
        points.push({ at: new Date(span.from + bucket * width), min, max, mean, count, ...doubted });
      }
      return points;
    },
  };
}
