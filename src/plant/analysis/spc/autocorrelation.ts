import { mean } from "../mean.ts";

/**
 * Correlation of each point with the one before: r1 = Σ(x(i)−x̄)(x(i+1)−x̄) / Σ(x(i)−x̄)², and the bound 1.96/√n that
 * 95 of 100 independent series stay within. Source: Box & Jenkins; NIST e-Handbook 1.3.5.12. Limits by moving ranges
 * are too narrow where r1 is positive. Null below 8 points or without spread.
 */
export function autocorrelation(points: number[]): { r1: number; bound: number } | null {
  const center = mean(points);
  const deviations = points.map((point) => point - center);
  const square = deviations.reduce((sum, one) => sum + one ** 2, 0);
  if (points.length < 8 || !(square > 0)) return null;
  const products = deviations.slice(1).reduce((sum, one, index) => sum + one * (deviations[index] ?? 0), 0);
  return { r1: products / square, bound: 1.96 / Math.sqrt(points.length) };
}
