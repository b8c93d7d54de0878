import { combineSummaries, summarizeUsable, usableReadings, type Summary } from "./summary.ts";
import { sliceReadings } from "./merge-readings.ts";
import type { Readings } from "./reading-codec.ts";

// Roll-up: the summaries of up to 168 hours of a tag, packed: format (1) and number of hours as u32, then of all hours
// min, max, mean and m2 as f64, count, uncertain and bad as u32, and last the hour within the part as u16.
// Little-endian, as all the platforms are that we run on.

export const hourMs = 3_600_000;
const hoursPerPart = 168;
const bytesPerHour = 4 * 8 + 3 * 4 + 2;
const figures = ["min", "max", "mean", "m2"] as const;
const counts = ["count", "uncertain", "bad"] as const;

/** `hour` counts the hours since 1970. */
export type Hours = Map<number, Summary>;

export const hourOf = (time: number): number => Math.floor(time / hourMs);
export const partOf = (hour: number): number => Math.floor(hour / hoursPerPart);

/** Of hours in both, both together. */
export function combineHours(a: Hours, b: Hours): Hours {
  const combined = new Map(a);
  for (const [hour, summary] of b) {
    const before = combined.get(hour);
    combined.set(hour, before ? combineSummaries(before, summary) : summary);
  }
  return combined;
}

export function summarizeHours(readings: Readings): Hours {
  const hours: Hours = new Map();
  const { times } = readings;
  for (let start = 0; start < times.length;) {
    const hour = hourOf(times[start] ?? 0);
    let end = start + 1;
    while (end < times.length && hourOf(times[end] ?? 0) === hour) end++;
    hours.set(hour, summarizeUsable(usableReadings(sliceReadings(readings, start, end))));
    start = end;
  }
  return hours;
}

/** Packs hours that are all of one part. */
export function encodeHours(hours: Hours): Buffer {
  const entries = [...hours].sort(([a], [b]) => a - b);
  const bytes = Buffer.alloc(8 + entries.length * bytesPerHour);
  bytes.writeUInt32LE(1, 0);
  bytes.writeUInt32LE(entries.length, 4);
  let at = 8;
  for (const name of figures)
    for (const [, summary] of entries) at = bytes.writeDoubleLE(summary.count > 0 ? summary[name] : 0, at);
  for (const name of counts) for (const [, summary] of entries) at = bytes.writeUInt32LE(summary[name], at);
  for (const [hour] of entries) at = bytes.writeUInt16LE(hour - partOf(hour) * hoursPerPart, at);
  return bytes;
}

export function decodeHours(part: number, bytes: Buffer): Hours {
  if (bytes.readUInt32LE(0) !== 1) throw new Error(`A roll-up has the unknown format ${bytes.readUInt32LE(0)}.`);
  const length = bytes.readUInt32LE(4);
  const hours: Hours = new Map();
  for (let index = 0; index < length; index++) {
    const figure = (name: (typeof figures)[number]) =>
      bytes.readDoubleLE(8 + (figures.indexOf(name) * length + index) * 8);
    const count = (name: (typeof counts)[number]) =>
      bytes.readUInt32LE(8 + length * 32 + (counts.indexOf(name) * length + index) * 4);
    const hour = part * hoursPerPart + bytes.readUInt16LE(8 + length * 44 + index * 2);
    const doubted = { uncertain: count("uncertain"), bad: count("bad") };
    hours.set(hour, {
      min: figure("min"),
      max: figure("max"),
      mean: figure("mean"),
      m2: figure("m2"),
      count: count("count"),
      ...doubted,
    });
  }
  return hours;
}
