import { normalCdf } from "../distributions/distributions.ts";
import { mean, standardDeviation } from "../mean.ts";

export type NormalityTest = {
  n: number;
  /** A², and A² corrected for the size of the sample. */
  a2: number;
  a2Corrected: number;
  p: number;
};

/**
 * Anderson–Darling test that values come from a normal distribution of unknown mean and sigma:
 * A² = −n − Σ(2i−1)/n · (ln Φ(z(i)) + ln(1 − Φ(z(n+1−i)))), corrected by 1 + 0.75/n + 2.25/n². Source: D'Agostino &
 * Stephens, Goodness-of-Fit Techniques (1986), table 4.9. Null below 8 values, where the table ends, and without spread.
 */
export function andersonDarling(values: number[]): NormalityTest | null {
  const n = values.length;
  const spread = standardDeviation(values);
  if (n < 8 || spread === null || !(spread > 0)) return null;
  const center = mean(values);
  const z = values.map((value) => (value - center) / spread).toSorted((a, b) => a - b);
  const log = (distance: number) => Math.log(Math.max(normalCdf(distance), Number.MIN_VALUE));
  const sum = z.reduce((total, one, index) => total + (2 * index + 1) * (log(one) + log(-(z[n - 1 - index] ?? 0))), 0);
  const a2 = -n - sum / n;
  const a2Corrected = a2 * (1 + 0.75 / n + 2.25 / n ** 2);
  return { n, a2, a2Corrected, p: probability(a2Corrected) };
}

function probability(a: number): number {
  if (a < 0.2) return 1 - Math.exp(-13.436 + 101.14 * a - 223.73 * a ** 2);
  if (a < 0.34) return 1 - Math.exp(-8.318 + 42.796 * a - 59.938 * a ** 2);
  if (a < 0.6) return Math.exp(0.9177 - 4.279 * a - 1.38 * a ** 2);
  // The parabola turns upwards beyond 10: it is nothing by then.
  return a < 10 ? Math.exp(1.2937 - 5.709 * a + 0.0186 * a ** 2) : 0;
}
