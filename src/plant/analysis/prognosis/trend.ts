import { normalQuantile, normalTwoSided } from "../distributions/distributions.ts";
import { median } from "../mean.ts";
import { robustCenter } from "../robust.ts";

export type XY = { x: number; y: number };
export type RobustTrend = {
  /** Theil–Sen slope per unit of x, and its interval. */
  slope: number;
  low: number;
  high: number;
  /** Where the line passes: the medians of x and y − slope·x. */
  intercept: number;
  /** Mann–Kendall: S, its corrected standard deviation, and the two-sided probability without a trend. */
  s: number;
  sd: number;
  p: number;
  /** Likeness of neighbouring residuals, 0 to 1, by which the variance was widened. */
  rho: number;
  /** Robust sigma of the residuals. */
  scatter: number;
};

/**
 * Theil–Sen slope with Sen's interval (P. K. Sen, JASA 1968) and the Mann–Kendall test with ties (Kendall, 1975). The
 * variance of S is widened by (1+ρ)/(1−ρ) where residuals of neighbours are alike, as Yue and Wang (2004) do, because
 * autocorrelated readings feign a trend. Slopes of all pairs: give a few hundred points at most. Null below four points or
 * where no two x differ.
 */
export function robustTrend(points: readonly XY[], confidence = 0.95): RobustTrend | null {
  const clean = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)).toSorted((a, b) => a.x - b.x);
  const slopes: number[] = [];
  let s = 0;
  for (const [index, a] of clean.entries())
    for (const b of clean.slice(index + 1)) {
      if (a.x === b.x) continue;
      s += Math.sign(b.y - a.y);
      slopes.push((b.y - a.y) / (b.x - a.x));
    }
  if (clean.length < 4 || slopes.length === 0) return null;
  slopes.sort((a, b) => a - b);
  const slope = median(slopes) ?? 0;
  const residuals = clean.map(({ x, y }) => y - slope * x);
  const rho = neighbourLikeness(residuals);
  const sd = Math.sqrt(varianceOfS(clean) * ((1 + rho) / (1 - rho)));
  const reach = normalQuantile((1 + confidence) / 2) * sd;
  const at = (rank: number): number => slopes[Math.min(slopes.length - 1, Math.max(0, rank))] ?? slope;
  return {
    slope,
    low: at(Math.round((slopes.length - reach) / 2) - 1),
    high: at(Math.round((slopes.length + reach) / 2)),
    intercept: median(residuals) ?? 0,
    s,
    sd,
    p: sd === 0 ? 1 : normalTwoSided((s - Math.sign(s)) / sd),
    rho,
    scatter: robustCenter(residuals)?.sigma ?? 0,
  };
}

/** Kendall's variance of S without a trend, for ties in y. */
function varianceOfS(points: readonly XY[]): number {
  const n = points.length;
  const ties = new Map<number, number>();
  for (const { y } of points) ties.set(y, (ties.get(y) ?? 0) + 1);
  const term = (t: number): number => t * (t - 1) * (2 * t + 5);
  return (term(n) - [...ties.values()].reduce((sum, t) => sum + term(t), 0)) / 18;
}

/** What neighbourLikeness is cut off at: signals as alike as this may be mere walks. */
export const mostAlike = 0.9;

/** Rank correlation of neighbours: wild values count no more than others. Small ones are chance. */
function neighbourLikeness(residuals: number[]): number {
  const n = residuals.length;
  const order = residuals.map((_, index) => index).sort((a, b) => (residuals[a] ?? 0) - (residuals[b] ?? 0));
  const ranks = residuals.map(() => 0);
  for (const [rank, index] of order.entries()) ranks[index] = rank - (n - 1) / 2;
  const power = ranks.reduce((sum, rank) => sum + rank * rank, 0);
  const along = ranks.slice(1).reduce((sum, rank, index) => sum + rank * (ranks[index] ?? 0), 0);
  const rho = power === 0 ? 0 : along / power;
  return rho < 1.645 / Math.sqrt(n) ? 0 : Math.min(mostAlike, rho);
}
