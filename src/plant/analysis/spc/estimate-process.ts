import { SunbaeError } from "../../../core/errors.ts";
import { mean, standardDeviation } from "../mean.ts";
import type { SigmaMethod } from "./control-chart.ts";
import { c4, rangeConstants, type ConstantsPrecision } from "./unbiasing-constants.ts";

export function rangeOf(values: number[]): number {
  return Math.max(...values) - Math.min(...values);
}

/** |x(i) − x(i−1)|: one fewer than there are values. */
export function movingRanges(values: number[]): number[] {
  return values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? 0)));
}

/** Mean of all values: Σ n·x̄ / Σ n. */
export function grandMean(groups: number[][]): number {
  return mean(groups.flat());
}

/**
 * Sigma of single values from subgroups (of one value each for `moving_range`), unequal sizes allowed:
 * range Σ(R/d2(n))/k, s Σ(s/c4(n))/k, pooled √(Σ(n−1)s²/Σ(n−1)) / c4(Σ(n−1)+1), moving_range mean MR/d2(2),
 * sd s of all values / c4(N). Source: Burr, Quality Progress 1969; Montgomery 6.3, 6.4; ASTM E2587; the same as qcc's
 * UWAVE-R, UWAVE-SD, RMSDF, MR and SD. Throws `invalid_input` where the values can't give it.
 */
export function estimateSigma(groups: number[][], method: SigmaMethod, constants: ConstantsPrecision): number {
  const within = method === "range" || method === "s" || method === "pooled";
  if (within && groups.some((group) => group.length < 2))
    throw new SunbaeError("invalid_input", `Sigma by ${method} needs subgroups of two values and more.`, {
      fix: "Use moving_range or sd for single values.",
    });
  if (method === "moving_range" && groups.some((group) => group.length !== 1))
    throw new SunbaeError("invalid_input", "Moving ranges are of single values.", {
      fix: "Use range, s or pooled for subgroups.",
    });
  const deviations = groups.map((group) => standardDeviation(group) ?? 0);
  const all = groups.flat();
  switch (method) {
    case "range":
      return mean(groups.map((group) => rangeOf(group) / rangeConstants(group.length, constants).d2));
    case "s":
      return mean(groups.map((group, index) => (deviations[index] ?? 0) / c4(group.length)));
    case "pooled": {
      const degrees = all.length - groups.length;
      const squares = groups.reduce((sum, group, i) => sum + (group.length - 1) * (deviations[i] ?? 0) ** 2, 0);
      return Math.sqrt(squares / degrees) / c4(degrees + 1);
    }
    case "moving_range":
      return mean(movingRanges(all)) / rangeConstants(2, constants).d2;
    case "sd":
      return (standardDeviation(all) ?? 0) / c4(all.length);
  }
}
