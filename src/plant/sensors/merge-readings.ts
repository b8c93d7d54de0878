import { SunbaeError } from "../../core/errors.ts";
import type { Quality } from "../sensor-store.ts";
import { good, type Readings } from "./reading-codec.ts";

export const readingsPerBlock = 2_048;
export const noReadings: Readings = { times: new Float64Array(0), values: new Float64Array(0) };

/** In the year 37,000; up to there a double has room for quarters of milliseconds, which a tail's times need. */
const lastInstant = 2 ** 50;
export const qualityNames: readonly Quality[] = ["good", "uncertain", "bad"];

/** Readings in order, one an instant (the later one given wins), whole milliseconds, finite values only. */
export function normalizeReadings(tagId: string, times: number[], values: number[], qualities?: Quality[]): Readings {
  const counts = { values: values.length, qualities: qualities?.length ?? times.length };
  for (const [what, count] of Object.entries(counts))
    if (count !== times.length)
      throw new SunbaeError("invalid_input", `${tagId}: ${times.length} times but ${count} ${what}.`, {
        fix: "Give one of each for each time.",
      });
  const doubted = qualities?.some((quality) => quality !== "good");
  const kept: number[] = [];
  let ascending = true;
  let before = -Infinity;
  times.forEach((time, index) => {
    if (!(Math.abs(time) <= lastInstant))
      throw new SunbaeError("invalid_input", `${tagId}: ${time} is no time.`, { fix: "Give epoch milliseconds." });
    if (!Number.isFinite(values[index])) return;
    const instant = Math.round(time);
    ascending &&= instant > before;
    before = instant;
    kept.push(index);
  });
  // A stable sort, so that of one instant's readings the last given stays last.
  if (!ascending) kept.sort((a, b) => Math.round(times[a] ?? 0) - Math.round(times[b] ?? 0));
  const sorted = emptyReadings(kept.length, doubted);
  let count = 0;
  for (const index of kept) {
    const instant = Math.round(times[index] ?? 0);
    if (count > 0 && sorted.times[count - 1] === instant) count--;
    sorted.times[count] = instant;
    if (sorted.qualities) sorted.qualities[count] = qualityNames.indexOf(qualities?.[index] ?? "good");
    // Adding 0 turns −0 into 0: the packed form has no sign of zero.
    sorted.values[count++] = (values[index] ?? 0) + 0;
  }
  return sliceReadings(sorted, 0, count);
}

function emptyReadings(count: number, doubted: boolean | undefined): Readings {
  const qualities = doubted ? new Uint8Array(count) : undefined;
  return { times: new Float64Array(count), values: new Float64Array(count), qualities };
}

export function sliceReadings({ times, values, qualities }: Readings, start: number, end: number): Readings {
  return {
    times: times.subarray(start, end),
    values: values.subarray(start, end),
    qualities: qualities?.subarray(start, end),
  };
}

/** Index of the first reading at or after the instant. */
export function indexAt(times: Float64Array, instant: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Both in order; at the same instant the newer one's value and quality. */
export function mergeReadings(older: Readings, newer: Readings): Readings {
  if (older.times.length === 0) return newer;
  if (newer.times.length === 0) return older;
  const merged = emptyReadings(older.times.length + newer.times.length, Boolean(older.qualities ?? newer.qualities));
  let [a, b, count] = [0, 0, 0];
  while (a < older.times.length || b < newer.times.length) {
    const left = older.times[a] ?? Infinity;
    const right = newer.times[b] ?? Infinity;
    merged.times[count] = Math.min(left, right);
    if (merged.qualities)
      merged.qualities[count] = (right <= left ? newer.qualities?.[b] : older.qualities?.[a]) ?? good;
    merged.values[count++] = (right <= left ? newer.values[b] : older.values[a]) ?? 0;
    if (left <= right) a++;
    if (right <= left) b++;
  }
  return sliceReadings(merged, 0, count);
}

/** Readings one after another; each part begins after the one before it ends. */
export function concatReadings(parts: Readings[]): Readings {
  if (parts.length < 2) return parts[0] ?? noReadings;
  const length = parts.reduce((sum, part) => sum + part.times.length, 0);
  const whole = emptyReadings(
    length,
    parts.some((part) => part.qualities),
  );
  let at = 0;
  for (const { times, values, qualities } of parts) {
    whole.times.set(times, at);
    whole.values.set(values, at);
    if (qualities) whole.qualities?.set(qualities, at);
    at += times.length;
  }
  return whole;
}

/**
 * Cuts readings into blocks: full ones where the last is going to be filled by what comes, else even ones, so that
 * late readings don't leave crumbs behind.
 */
export function splitIntoBlocks(readings: Readings, atEnd: boolean): Readings[] {
  const { length } = readings.times;
  const size = atEnd ? readingsPerBlock : Math.ceil(length / Math.ceil(length / readingsPerBlock));
  const blocks: Readings[] = [];
  for (let start = 0; start < length; start += size)
    blocks.push(sliceReadings(readings, start, Math.min(start + size, length)));
  return blocks;
}

/**
 * The tail's form: 16 bytes a reading, time and value, so that SQL can append to it. An uncertain reading's time is a
 * quarter, a bad one's half a millisecond later.
 */
export function encodeTail({ times, values, qualities }: Readings): Buffer {
  const pairs = new Float64Array(times.length * 2);
  for (let index = 0; index < times.length; index++) {
    pairs[index * 2] = (times[index] ?? 0) + (qualities?.[index] ?? good) / 4;
    pairs[index * 2 + 1] = values[index] ?? 0;
  }
  return Buffer.from(pairs.buffer);
}

export function decodeTail(bytes: Buffer): Readings {
  const pairs = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const count = pairs.length / 2;
  const doubted = pairs.some((half, index) => index % 2 === 0 && !Number.isInteger(half));
  const readings = emptyReadings(count, doubted);
  for (let index = 0; index < count; index++) {
    const time = pairs[index * 2] ?? 0;
    readings.times[index] = Math.floor(time);
    readings.values[index] = pairs[index * 2 + 1] ?? 0;
    if (readings.qualities) readings.qualities[index] = (time - Math.floor(time)) * 4;
  }
  return readings;
}
