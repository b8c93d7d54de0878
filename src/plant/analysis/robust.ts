import { mean, median } from "./mean.ts";

/** Makes the median absolute deviation of a normal distribution its sigma: 1 / Φ⁻¹(3/4). */
const madToSigma = 1.4826;
/** The same for the mean absolute deviation: √(π/2). */
const meanDeviationToSigma = Math.sqrt(Math.PI / 2);
/** Slopes between all pairs grow with the square; beyond this many points they are thinned evenly. */
const mostPoints = 300;

/**
 * Median and robust sigma (1.4826·MAD). Where over half of the values are alike the MAD is 0 and the mean absolute
 * deviation stands in; sigma is 0 only where all are alike. Null of nothing. Source: P. J. Rousseeuw and C. Croux, 1993.
 */
export function robustCenter(values: number[]): { center: number; sigma: number } | null {
  const center = median(values);
  if (center === null) return null;
  const deviations = values.map((value) => Math.abs(value - center));
  const mad = median(deviations) ?? 0;
  if (mad > 0) return { center, sigma: mad * madToSigma };
  return { center, sigma: mean(deviations) * meanDeviationToSigma };
}

/** Theil–Sen slope: the median of the slopes between all pairs (P. K. Sen, 1968). Null where no two instants differ. */
export function robustSlope(points: { x: number; y: number }[]): number | null {
  const every = Math.max(1, Math.ceil(points.length / mostPoints));
  const kept = points.filter((_, index) => index % every === 0);
  const slopes: number[] = [];
  for (const [index, a] of kept.entries())
    for (const b of kept.slice(index + 1)) if (a.x !== b.x) slopes.push((b.y - a.y) / (b.x - a.x));
  return median(slopes);
}
