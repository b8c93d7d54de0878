import { SunbaeError } from "../../../core/errors.ts";
import { mean } from "../mean.ts";
import { chartWarnings, type ChartOptions, type ControlChart, type Violation } from "./control-chart.ts";
import { processOf } from "./ewma-chart.ts";

/**
 * Two-sided tabular CUSUM in standard errors, z(i) = (x̄(i) − centre)/(σ/√n(i)): C⁺(i) = max(0, C⁺(i−1) + z(i) − k),
 * C⁻(i) = min(0, C⁻(i−1) + z(i) + k); a signal where one passes h. Both start at ±headStart. k is half the shift to be
 * found, h the decision interval; times σ/√n both are in the values' own unit. Phase II goes on where phase I ended.
 * Source: Montgomery 9.1; NIST e-Handbook 6.3.2.3; head start: Lucas & Crosier, Technometrics 24 (1982).
 * Throws `invalid_input` unless k ≥ 0, h > 0 and 0 ≤ headStart < h.
 */
export function cusumChart(
  groups: number[][],
  options: ChartOptions & { k: number; h: number; headStart: number },
): ControlChart {
  const { use, k, h, headStart } = options;
  if (!(k >= 0 && h > 0 && headStart >= 0 && headStart < h))
    throw new SunbaeError("invalid_input", "A CUSUM needs k of 0 or more, h above 0 and a head start below h.", {
      fix: "Take k 0.5, h 5 and no head start.",
    });
  const { center, sigma } = processOf(groups, options);
  const sums = { upper: [] as (number | null)[], lower: [] as (number | null)[] };
  let [upper, lower] = [headStart, -headStart];
  for (const [index, group] of groups.entries()) {
    const passed = use[index] === "left_out";
    const z = sigma > 0 ? (mean(group) - center) / (sigma / Math.sqrt(group.length)) : 0;
    if (!passed) {
      upper = Math.max(0, upper + z - k);
      lower = Math.min(0, lower + z + k);
    }
    sums.upper.push(passed ? null : upper);
    sums.lower.push(passed ? null : lower);
  }
  const past = (all: (number | null)[]) => all.flatMap((sum, at) => (sum !== null && Math.abs(sum) > h ? [at] : []));
  const [above, below] = [past(sums.upper), past(sums.lower)];
  const violations: Violation[] = [
    ...(above.length > 0 ? [{ rule: "cusum_upper" as const, indexes: above }] : []),
    ...(below.length > 0 ? [{ rule: "cusum_lower" as const, indexes: below }] : []),
  ];
  const each = <T>(value: T): T[] => groups.map(() => value);
  return {
    kind: "cusum",
    use,
    sizes: groups.map((group) => group.length),
    center,
    sigma: each(sigma),
    main: {
      name: "cusum",
      points: sums.upper,
      lower: sums.lower,
      center: each(0),
      lcl: each(-h),
      ucl: each(h),
      standardErrors: each(1),
      beyond: [...new Set([...above, ...below])].toSorted((a, b) => a - b),
    },
    spread: null,
    violations,
    inControl: violations.length === 0,
    warnings: chartWarnings(use, each(sigma)),
  };
}
