import { SunbaeError } from "../../../core/errors.ts";
import { mean } from "../mean.ts";
import {
  chartWarnings,
  pick,
  plotWithin,
  requirePoints,
  type ChartOptions,
  type ControlChart,
} from "./control-chart.ts";
import { estimateSigma, grandMean } from "./estimate-process.ts";

/** Centre and sigma of phase I, of subgroups or single values; sigma by ranges unless told. */
export function processOf(groups: number[][], options: ChartOptions): { center: number; sigma: number } {
  requirePoints(groups.flat(), options.use, typeof options.sigma === "number" && options.center !== undefined ? 1 : 2);
  const base = pick(groups, options.use, (one) => one === "limits");
  const largest = Math.max(...base.map((group) => group.length));
  const method = options.sigma ?? (largest === 1 ? "moving_range" : largest > 10 ? "s" : "range");
  const sigma = typeof method === "number" ? method : estimateSigma(base, method, options.constants);
  return { center: options.center ?? grandMean(base), sigma };
}

/**
 * Exponentially weighted moving average of means or single values: z(i) = λ·x̄(i) + (1−λ)·z(i−1), z(0) = centre;
 * limits centre ± width·s(i), s(i)² = λ²σ²/n(i) + (1−λ)²·s(i−1)², which for subgroups of one size is
 * σ²/n · λ/(2−λ) · (1 − (1−λ)^2i). `steady`: its limit σ²/n(i) · λ/(2−λ) from the first point on, as in the NIST
 * e-Handbook 6.3.2.4. Phase II goes on where phase I ended. Source: Montgomery 9.2; Lucas & Saccucci, Technometrics 32
 * (1990). Throws `invalid_input` unless 0 < λ ≤ 1.
 */
export function ewmaChart(
  groups: number[][],
  options: ChartOptions & { lambda: number; steady?: boolean },
): ControlChart {
  const { use, width, lambda, steady = false } = options;
  if (!(lambda > 0 && lambda <= 1))
    throw new SunbaeError("invalid_input", "Lambda of an EWMA chart is above 0 and at most 1.", { fix: "Take 0.2." });
  const { center, sigma } = processOf(groups, options);
  let [level, variance] = [center, 0];
  const points: (number | null)[] = [];
  const standardErrors = groups.map((group, index) => {
    const passed = use[index] === "left_out";
    if (!passed) {
      level = lambda * mean(group) + (1 - lambda) * level;
      variance = (lambda ** 2 * sigma ** 2) / group.length + (1 - lambda) ** 2 * variance;
    }
    points.push(passed ? null : level);
    return steady ? Math.sqrt((sigma ** 2 / group.length) * (lambda / (2 - lambda))) : Math.sqrt(variance);
  });
  const main = plotWithin("ewma", points, { center: groups.map(() => center), standardErrors, width, use });
  return {
    kind: "ewma",
    use,
    sizes: groups.map((group) => group.length),
    center,
    sigma: groups.map(() => sigma),
    main,
    spread: null,
    violations: main.beyond.length > 0 ? [{ rule: "ewma_limits", indexes: main.beyond }] : [],
    inControl: main.beyond.length === 0,
    warnings: chartWarnings(use, standardErrors),
  };
}
