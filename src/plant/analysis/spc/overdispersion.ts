import { chiSquareCdf } from "../distributions/distributions.ts";
import type { AttributeKind, AttributeSample } from "./attribute-chart.ts";

/**
 * Whether counts vary more than the binomial (p, np) or Poisson (c, u) distribution lets them: with equal sizes
 * D = (k−1)·s²/σ², σ² = n̄·p̄(1−p̄) or c̄; with unequal ones the sum of squared standardised deviations; chi-square with
 * k−1 degrees. Limits are then too narrow. Source: Wetherill & Brown, Statistical Process Control (1991), 212; as in
 * qcc. `p` is the chance of so much or more. Null below 8 samples or without counts.
 */
export function overdispersion(
  samples: AttributeSample[],
  kind: AttributeKind,
): { ratio: number; statistic: number; p: number } | null {
  const counts = samples.reduce((sum, { count }) => sum + count, 0);
  const sizes = samples.reduce((sum, { size }) => sum + size, 0);
  const rate = counts / sizes;
  const share = kind === "p" || kind === "np";
  const variance = (size: number) => size * rate * (share ? 1 - rate : 1);
  if (samples.length < 8 || !(rate > 0) || (share && rate >= 1)) return null;
  const statistic = samples.reduce((sum, { count, size }) => sum + (count - size * rate) ** 2 / variance(size), 0);
  const degrees = samples.length - 1;
  return { ratio: statistic / degrees, statistic, p: 1 - chiSquareCdf(statistic, degrees) };
}
