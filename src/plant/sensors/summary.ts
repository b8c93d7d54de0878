import { bad, uncertain, type Readings } from "./reading-codec.ts";

/**
 * Count, extremes, mean and m2, the sum of squared deviations from the mean, of good and uncertain readings; how many
 * of those are uncertain; how many bad ones there are besides.
 */
export type Summary = {
  count: number;
  min: number;
  max: number;
  mean: number;
  m2: number;
  uncertain: number;
  bad: number;
};

export const emptySummary: Summary = {
  count: 0,
  min: Infinity,
  max: -Infinity,
  mean: 0,
  m2: 0,
  uncertain: 0,
  bad: 0,
};

/** Readings without the bad ones, and how many were doubtful. */
export function usableReadings(readings: Readings): Readings & { uncertain: number; bad: number } {
  const { times, values, qualities } = readings;
  if (!qualities) return { ...readings, uncertain: 0, bad: 0 };
  const usable = new Float64Array(times.length);
  const usableTimes = new Float64Array(times.length);
  const kept = new Uint8Array(times.length);
  let [count, doubtful] = [0, 0];
  for (let index = 0; index < times.length; index++) {
    const quality = qualities[index] ?? 0;
    if (quality === bad) continue;
    if (quality === uncertain) doubtful++;
    usableTimes[count] = times[index] ?? 0;
    kept[count] = quality;
    usable[count++] = values[index] ?? 0;
  }
  return {
    times: usableTimes.subarray(0, count),
    values: usable.subarray(0, count),
    qualities: kept.subarray(0, count),
    uncertain: doubtful,
    bad: times.length - count,
  };
}

/** Of readings as `usableReadings` gives them. */
export function summarizeUsable({ values, ...doubted }: ReturnType<typeof usableReadings>): Summary {
  return { ...summarizeValues(values), uncertain: doubted.uncertain, bad: doubted.bad };
}

/** Two passes: exact where one pass with squares would cancel. */
function summarizeValues(values: Float64Array): Summary {
  const count = values.length;
  if (count === 0) return emptySummary;
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  for (let index = 0; index < count; index++) {
    const value = values[index] ?? 0;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const mean = sum / count;
  let m2 = 0;
  for (let index = 0; index < count; index++) m2 += ((values[index] ?? 0) - mean) ** 2;
  return { count, min, max, mean, m2, uncertain: 0, bad: 0 };
}

/** Both together. Source: Chan, Golub, LeVeque, "Updating formulae and a pairwise algorithm" (1979), eq. 2.1. */
export function combineSummaries(a: Summary, b: Summary): Summary {
  const doubted = { uncertain: a.uncertain + b.uncertain, bad: a.bad + b.bad };
  if (a.count === 0) return { ...b, ...doubted };
  if (b.count === 0) return { ...a, ...doubted };
  const count = a.count + b.count;
  const delta = b.mean - a.mean;
  return {
    count,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
    mean: a.mean + (delta * b.count) / count,
    m2: a.m2 + b.m2 + (delta * delta * a.count * b.count) / count,
    ...doubted,
  };
}

/**
 * Quantiles of values by linear interpolation between order statistics (Hyndman and Fan's type 7, R's default).
 * Sorts `values` in place; null where there are none.
 */
export function quantiles(values: Float64Array, probabilities: number[]): (number | null)[] {
  values.sort();
  return probabilities.map((probability) => {
    const place = (values.length - 1) * probability;
    const low = values[Math.floor(place)];
    const high = values[Math.ceil(place)];
    return low === undefined || high === undefined ? null : low + (high - low) * (place - Math.floor(place));
  });
}
