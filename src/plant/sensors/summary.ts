/** Count, extremes, mean and m2, the sum of squared deviations from the mean. */
export type Summary = { count: number; min: number; max: number; mean: number; m2: number };

export const emptySummary: Summary = { count: 0, min: Infinity, max: -Infinity, mean: 0, m2: 0 };

/** Two passes over values[start, end): exact where one pass with squares would cancel. */
export function summarizeValues(values: Float64Array, start = 0, end = values.length): Summary {
  const count = end - start;
  if (count <= 0) return emptySummary;
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  for (let index = start; index < end; index++) {
    const value = values[index] ?? 0;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const mean = sum / count;
  let m2 = 0;
  for (let index = start; index < end; index++) m2 += ((values[index] ?? 0) - mean) ** 2;
  return { count, min, max, mean, m2 };
}

/** Both together. Source: Chan, Golub, LeVeque, "Updating formulae and a pairwise algorithm" (1979), eq. 2.1. */
export function combineSummaries(a: Summary, b: Summary): Summary {
  if (a.count === 0) return b;
  if (b.count === 0) return a;
  const count = a.count + b.count;
  const delta = b.mean - a.mean;
  return {
    count,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
    mean: a.mean + (delta * b.count) / count,
    m2: a.m2 + b.m2 + (delta * delta * a.count * b.count) / count,
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
