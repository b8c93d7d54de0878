import { tQuantile } from "../distributions/distributions.ts";
import { mean } from "../mean.ts";

export type EnergyPoint = { parts: number; kWh: number };
export type EnergyBaseline = {
  /** Base load per period (kWh without any part) with its interval. */
  base: number;
  baseLow: number;
  baseHigh: number;
  /** kWh per further part, with its interval. */
  perPart: number;
  perPartLow: number;
  perPartHigh: number;
  r2: number;
  n: number;
  /** Standard deviation of the residuals (n − 2), kWh; and by the mean, as CV(RMSE). */
  scatter: number;
  cv: number;
  /** False where the parts don't explain the energy: the slope's interval holds 0. */
  significant: boolean;
  /** Lowest and highest number of parts that it was made from. */
  range: [number, number];
  meanParts: number;
  spread: number;
};

const fewestPoints = 8;

/**
 * Energy = base + perPart · parts by least squares, with t intervals. Null below 8 points or where all have the same
 * number of parts. Source: ISO 50006 (energy baselines by regression); N. R. Draper and H. Smith, "Applied Regression
 * Analysis", 1.4.
 */
export function fitEnergyBaseline(points: readonly EnergyPoint[], confidence = 0.95): EnergyBaseline | null {
  const clean = points.filter(({ parts, kWh }) => Number.isFinite(parts) && Number.isFinite(kWh));
  const n = clean.length;
  if (n < fewestPoints) return null;
  const [mx, my] = [mean(clean.map(({ parts }) => parts)), mean(clean.map(({ kWh }) => kWh))];
  const sxx = clean.reduce((sum, { parts }) => sum + (parts - mx) ** 2, 0);
  const sxy = clean.reduce((sum, { parts, kWh }) => sum + (parts - mx) * (kWh - my), 0);
  const syy = clean.reduce((sum, { kWh }) => sum + (kWh - my) ** 2, 0);
  if (!(sxx > 0)) return null;
  const perPart = sxy / sxx;
  const base = my - perPart * mx;
  const residual = Math.max(0, syy - perPart * sxy);
  const scatter = Math.sqrt(residual / (n - 2));
  const t = tQuantile((1 + confidence) / 2, n - 2);
  const slopeReach = (t * scatter) / Math.sqrt(sxx);
  const baseReach = t * scatter * Math.sqrt(1 / n + mx ** 2 / sxx);
  const counts = clean.map(({ parts }) => parts);
  return {
    base,
    baseLow: base - baseReach,
    baseHigh: base + baseReach,
    perPart,
    perPartLow: perPart - slopeReach,
    perPartHigh: perPart + slopeReach,
    r2: syy > 0 ? 1 - residual / syy : 1,
    n,
    scatter,
    cv: my === 0 ? NaN : scatter / my,
    significant: perPart - slopeReach > 0 || perPart + slopeReach < 0,
    range: [counts.reduce((a, b) => Math.min(a, b), Infinity), counts.reduce((a, b) => Math.max(a, b), -Infinity)],
    meanParts: mx,
    spread: sxx,
  };
}

/** What the baseline expects of so many parts, with the interval for one new period. */
export function expectEnergy(
  { base, perPart, scatter, n, meanParts, spread }: EnergyBaseline,
  parts: number,
  confidence = 0.95,
): { kWh: number; low: number; high: number } {
  const kWh = base + perPart * parts;
  const reach =
    tQuantile((1 + confidence) / 2, n - 2) * scatter * Math.sqrt(1 + 1 / n + (parts - meanParts) ** 2 / spread);
  return { kWh, low: kWh - reach, high: kWh + reach };
}
