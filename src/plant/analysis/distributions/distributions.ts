import { betaI, gammaP } from "./special.ts";

// Distribution functions and quantiles that the analyses need. Probabilities are in (0, 1); a quantile outside of it,
// or of impossible degrees of freedom, is NaN.

/** P(Z ≤ z) of the standard normal distribution. */
export function normalCdf(z: number): number {
  const tail = 0.5 * (1 - gammaP(0.5, (z * z) / 2));
  return z < 0 ? tail : 1 - tail;
}

/** The two-sided probability of a |Z| as large, without loss for large ones. */
export function normalTwoSided(z: number): number {
  const x = Math.abs(z);
  if (x < 5) return 2 * (1 - normalCdf(x));
  // Asymptotic tail (Abramowitz and Stegun 26.2.12), relative error under 1e-3 here.
  const x2 = x * x;
  return ((2 * Math.exp(-x2 / 2)) / (x * Math.sqrt(2 * Math.PI))) * (1 - 1 / x2 + 3 / (x2 * x2));
}

export function normalQuantile(p: number): number {
  return quantile((z) => normalCdf(z), p, -40, 40);
}

export function chiSquareCdf(x: number, degrees: number): number {
  return gammaP(degrees / 2, x / 2);
}

export function chiSquareQuantile(p: number, degrees: number): number {
  if (!(degrees > 0)) return NaN;
  return quantile((x) => chiSquareCdf(x, degrees), p, 0, degrees + 40 * Math.sqrt(2 * degrees) + 100);
}

export function fCdf(x: number, numerator: number, denominator: number): number {
  return betaI(numerator / 2, denominator / 2, (numerator * x) / (numerator * x + denominator));
}

export function fQuantile(p: number, numerator: number, denominator: number): number {
  if (!(numerator > 0 && denominator > 0)) return NaN;
  let high = 10;
  while (fCdf(high, numerator, denominator) < p && high < 1e300) high *= 10;
  return quantile((x) => fCdf(x, numerator, denominator), p, 0, high);
}

export function tQuantile(p: number, degrees: number): number {
  if (p === 0.5) return 0;
  const square = fQuantile(Math.abs(2 * p - 1), 1, degrees);
  return p < 0.5 ? -Math.sqrt(square) : Math.sqrt(square);
}

/** P(N ≥ k) of a binomial distribution, by the beta function. */
export function binomialAtLeast(k: number, n: number, share: number): number {
  if (k <= 0) return 1;
  return k > n ? 0 : betaI(k, n - k + 1, share);
}

/** Bisection: sure for every monotone function; 200 halvings reach the last bit. */
function quantile(cdf: (x: number) => number, p: number, low: number, high: number): number {
  if (!(p > 0 && p < 1)) return NaN;
  let [a, b] = [low, high];
  for (let step = 0; step < 200; step++) {
    const middle = (a + b) / 2;
    if (middle === a || middle === b) break;
    if (cdf(middle) < p) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}
