import { normalCdf } from "../distributions/distributions.ts";
import { logGamma } from "../distributions/special.ts";

// Constants that turn ranges and standard deviations of n normal values into sigma: d2 and d3 are mean and standard
// deviation of the range of n values with sigma 1, c4 is the mean of their standard deviation.
// Sources: H. Harter, "Tables of range and studentized range", Ann. Math. Statist. 31 (1960); ASTM E2587; AIAG SPC 2nd
// ed., appendix E; Montgomery, Introduction to Statistical Quality Control, appendix VI.

/**
 * table: d2 with the three decimals of the published tables, by which AIAG, Montgomery, NIST and qcc compute (1.128 for
 * two values, which moves limits by 3 parts in 10,000). exact: all the digits.
 */
export type ConstantsPrecision = "table" | "exact";

const step = 0.025;
/** The trapezoidal rule is done with a coarser step: its error falls off exponentially. */
const stride = 8;
const reach = 9;
const widest = 16;
const known = new Map<number, { d2: number; d3: number }>();

/**
 * d2 and d3 of n ≥ 2 values, to nine digits. P(R ≤ r) = n ∫ φ(x) (Φ(x+r) − Φ(x))^(n−1) dx by the trapezoidal rule (exact
 * for so smooth an integrand), E R = ∫ P(R > r) dr and E R² = 2 ∫ r P(R > r) dr by Simpson's.
 */
export function rangeMoments(n: number): { d2: number; d3: number } {
  const before = known.get(n);
  if (before) return before;
  const cells = Math.round((2 * reach) / step);
  const spans = Math.round(widest / step);
  const at = (index: number) => -reach + index * step;
  const cdf = Array.from({ length: cells + spans + 1 }, (_, index) => normalCdf(at(index)));
  const density = Array.from({ length: cells + 1 }, (_, index) => Math.exp(-(at(index) ** 2) / 2));
  const scale = (n * step * stride) / Math.sqrt(2 * Math.PI);
  let [first, second] = [0, 0];
  for (let span = 0; span <= spans; span++) {
    let below = 0;
    for (let index = 0; index <= cells; index += stride)
      below += (density[index] ?? 0) * ((cdf[index + span] ?? 1) - (cdf[index] ?? 0)) ** (n - 1);
    const weight = span === 0 || span === spans ? 1 : span % 2 === 1 ? 4 : 2;
    const beyond = weight * (1 - below * scale);
    first += beyond;
    second += beyond * span * step;
  }
  const d2 = (first * step) / 3;
  const d3 = Math.sqrt((2 * second * step) / 3 - d2 * d2);
  const found = { d2, d3 };
  known.set(n, found);
  return found;
}

/** d2 as a chart uses it; d3 always exact. */
export function rangeConstants(n: number, precision: ConstantsPrecision = "table"): { d2: number; d3: number } {
  const { d2, d3 } = rangeMoments(n);
  return { d2: precision === "table" ? Math.round(d2 * 1000) / 1000 : d2, d3 };
}

/** c4 = √(2/(n−1)) · Γ(n/2) / Γ((n−1)/2), n ≥ 2; n need not be small. */
export function c4(n: number): number {
  return Math.sqrt(2 / (n - 1)) * Math.exp(logGamma(n / 2) - logGamma((n - 1) / 2));
}
