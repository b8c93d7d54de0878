import { intersectIntervals, mergeIntervals, minutesOf, type Interval } from "./intervals.ts";

/** One bucket of a tag's readings: [from, to), with its extremes and mean. */
export type MeterBucket = Interval & { min: number; max: number; mean: number };
/** Energy used in a stretch of time, and how much of it the meter told about. */
export type EnergyStretch = Interval & { kWh: number };

const hourMs = 3_600_000;

/**
 * A counter's buckets (ascending, gaps allowed) as energy since the bucket before. What was counted in a gap is spread
 * over the gap. A counter that falls by more than half was reset and counts on from 0; a smaller fall that lasts is
 * another meter, one that doesn't is a stray reading. `resets` tells how often it was reset or changed.
 */
export function energyOfCounter(
  buckets: readonly MeterBucket[],
  factor = 1,
): { stretches: EnergyStretch[]; resets: number } {
  const [first] = buckets;
  if (!first) return { stretches: [], resets: 0 };
  const stretches: EnergyStretch[] = [{ from: first.from, to: first.to, kWh: (first.max - first.min) * factor }];
  let [end, reached, most, resets] = [first.max, first.to, first.max - first.min, 0];
  for (const [index, bucket] of buckets.entries()) {
    if (index === 0) continue;
    const step = stepOf(bucket, buckets[index + 1], end, most);
    stretches.push({ from: reached, to: bucket.to, kWh: step.used * factor });
    if (step.reset) resets++;
    else most = Math.max(most, step.used);
    [end, reached] = [step.end, bucket.to];
  }
  return { stretches, resets };
}

/** What one bucket adds, and where the counter stands at its end. `most`: the most that a bucket has added so far. */
function stepOf(
  { min, max }: MeterBucket,
  next: MeterBucket | undefined,
  end: number,
  most: number,
): { used: number; end: number; reset: boolean } {
  const tolerance = Math.max(1e-6, Math.abs(end) * 1e-6);
  if (min >= end - tolerance) return { used: Math.max(0, max - end), end: Math.max(end, max), reset: false };
  const stays = max < end - tolerance && (next === undefined || next.max < end - tolerance);
  if (min > end / 2 && !stays) return { used: Math.max(0, max - end), end: Math.max(end, max), reset: false };
  if (max < end - tolerance) {
    // Reset before the bucket: counted from 0, unless it stands too high for that, being another meter.
    const fromZero = min <= end / 2 && min <= 2 * most;
    return { used: fromZero ? max : max - min, end: max, reset: true };
  }
  const after = next !== undefined && next.min < end ? next.min : min;
  return { used: Math.max(0, max - end) + after, end: after, reset: true };
}

/** A power meter's buckets as energy: mean power times its time; gaps stay gaps. `factor` makes kW of its unit. */
export function energyOfPower(buckets: readonly MeterBucket[], factor = 1): EnergyStretch[] {
  return buckets.map(({ from, to, mean }) => ({ from, to, kWh: ((mean * (to - from)) / hourMs) * factor }));
}

/** The energy within [from, to), stretches shared by time, and the share of it that was metered (0 to 1). */
export function energyWithin(stretches: readonly EnergyStretch[], span: Interval): { kWh: number; covered: number } {
  let kWh = 0;
  const within = stretches.filter(({ from, to }) => to > span.from && from < span.to);
  for (const one of within) {
    const share = (Math.min(one.to, span.to) - Math.max(one.from, span.from)) / (one.to - one.from);
    kWh += one.kWh * share;
  }
  const covered = minutesOf(intersectIntervals(mergeIntervals(within), [span])) / minutesOf([span]);
  return { kWh, covered };
}

/** What a tag meters, by its unit: a counter of energy or a power, with the factor to kWh or kW; null where neither. */
export function meterOf(unit: string | null): { kind: "counter" | "power"; factor: number } | null {
  const plain = (unit ?? "")
    .replaceAll(/[\s·.]/g, "")
    .replace("㎾", "kW")
    .replace("㎿", "MW");
  const factors: [RegExp, "counter" | "power", number][] = [
    [/^wh$/i, "counter", 0.001],
    [/^kwh$|^㎾h$/i, "counter", 1],
    [/^M[wW][hH]$/, "counter", 1000],
    [/^M[jJ]$/, "counter", 1 / 3.6],
    [/^gj$/i, "counter", 1000 / 3.6],
    [/^w$/i, "power", 0.001],
    [/^kw$/i, "power", 1],
    [/^M[wW]$/, "power", 1000],
    [/^mW$/, "power", 1e-6],
  ];
  const found = factors.find(([pattern]) => pattern.test(plain));
  return found ? { kind: found[1], factor: found[2] } : null;
}
