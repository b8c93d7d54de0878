import { SunbaeError } from "../../../core/errors.ts";
import { mean, standardDeviation } from "../mean.ts";
import {
  chartWarnings,
  pick,
  plotWithin,
  requirePoints,
  type ChartOptions,
  type ControlChart,
  type Plot,
} from "./control-chart.ts";
import { findViolations } from "./control-rules.ts";
import { estimateSigma, grandMean, movingRanges, rangeOf } from "./estimate-process.ts";
import { c4, rangeConstants } from "./unbiasing-constants.ts";

/**
 * X̄-R and X̄-S charts of subgroups, sizes may differ; "r" and "s" are the spread chart alone. X̄: CL = Σx/Σn, limits
 * CL ± width·σ/√n. R: CL = Σ n·R/Σ n, limits CL ± width·d3(n)·σ; S: CL = Σ n·s/Σ n, limits CL ± width·σ·√(1 − c4(n)²);
 * neither below 0. With subgroups of one size this is A2·R̄, D3·R̄, D4·R̄ and A3·s̄, B3·s̄, B4·s̄. A spread about a given
 * sigma has the centre d2·σ or c4·σ. Source: AIAG SPC 2nd ed., chapter II; Montgomery 6.2, 6.3.
 * Throws `invalid_input` below two subgroups in phase I or two values in a subgroup.
 */
export function subgroupChart(
  groups: number[][],
  kind: "xbar_r" | "xbar_s" | "r" | "s",
  options: ChartOptions,
): ControlChart {
  const { use, width, constants } = options;
  requirePoints(groups.flat(), use, 2);
  if (groups.some((group) => group.length < 2))
    throw new SunbaeError("invalid_input", "An X̄ chart needs subgroups of two values and more.", {
      fix: "Leave single values out, or chart the values singly.",
    });
  const byRange = kind === "xbar_r" || kind === "r";
  const base = pick(groups, use, (one) => one === "limits");
  const method = options.sigma ?? (byRange ? "range" : "s");
  const sigma = typeof method === "number" ? method : estimateSigma(base, method, constants);
  const center = options.center ?? grandMean(base);
  const sizes = groups.map((group) => group.length);
  const means = plotWithin("xbar", groups.map(mean), {
    center: sizes.map(() => center),
    standardErrors: sizes.map((size) => sigma / Math.sqrt(size)),
    width,
    use,
  });
  const spread = spreadPlot(groups, byRange, { sigma, given: typeof method === "number" }, options);
  const alone = kind === "r" || kind === "s";
  const main = alone ? spread : means;
  const violations = findViolations(main, use, width, options.rules);
  return {
    kind,
    use,
    sizes,
    center: alone ? (spread.center[0] ?? center) : center,
    sigma: sizes.map(() => sigma),
    main,
    spread: alone ? null : spread,
    violations,
    inControl: violations.length === 0 && spread.beyond.length === 0,
    warnings: chartWarnings(use, means.standardErrors),
  };
}

function spreadPlot(
  groups: number[][],
  byRange: boolean,
  { sigma, given }: { sigma: number; given: boolean },
  { use, width, constants }: ChartOptions,
): Plot {
  const statistics = groups.map((group) => (byRange ? rangeOf(group) : (standardDeviation(group) ?? 0)));
  const weighted = groups.map((group, index) => group.length * (statistics[index] ?? 0));
  const inLimits = (all: number[]) => pick(all, use, (one) => one === "limits").reduce((sum, one) => sum + one, 0);
  const average = inLimits(weighted) / inLimits(groups.map((group) => group.length));
  const known = (size: number) => (byRange ? rangeConstants(size, constants).d2 : c4(size)) * sigma;
  const error = (size: number) => (byRange ? rangeConstants(size).d3 : Math.sqrt(1 - c4(size) ** 2)) * sigma;
  return plotWithin(
    byRange ? "r" : "s",
    statistics,
    {
      center: groups.map((group) => (given ? known(group.length) : average)),
      standardErrors: groups.map((group) => error(group.length)),
      width,
      use,
    },
    [0, () => Infinity],
  );
}

/**
 * Individuals and moving-range chart of single values. CL = mean, limits CL ± width·σ, σ = MR̄/d2(2) unless told
 * otherwise ("sd": s/c4 of all). MR: CL = MR̄, limits MR̄ ± width·d3(2)·σ(MR), that is 0 and D4·MR̄. The first point
 * has no moving range. Source: AIAG SPC 2nd ed., chapter II, I-MR; NIST e-Handbook 6.3.2.2.
 * Throws `invalid_input` below two values in phase I.
 */
export function individualsChart(values: number[], options: ChartOptions): ControlChart {
  const { use, width, constants } = options;
  requirePoints(values, use, 2);
  const base = pick(values, use, (one) => one === "limits");
  const singles = base.map((value) => [value]);
  const method = options.sigma ?? "moving_range";
  const sigma = typeof method === "number" ? method : estimateSigma(singles, method, constants);
  const center = options.center ?? mean(base);
  const main = plotWithin("individuals", values, {
    center: values.map(() => center),
    standardErrors: values.map(() => sigma),
    width,
    use,
  });
  const { d2, d3 } = rangeConstants(2, constants);
  const meanRange = typeof method === "number" ? d2 * sigma : mean(movingRanges(base));
  const spread = plotWithin(
    "moving_range",
    rangesOverGaps(values, options),
    {
      center: values.map(() => meanRange),
      standardErrors: values.map(() => (d3 * meanRange) / d2),
      width,
      use,
    },
    [0, () => Infinity],
  );
  const violations = findViolations(main, use, width, options.rules);
  return {
    kind: "i_mr",
    use,
    sizes: values.map(() => 1),
    center,
    sigma: values.map(() => sigma),
    main,
    spread,
    violations,
    inControl: violations.length === 0 && spread.beyond.length === 0,
    warnings: chartWarnings(use, main.standardErrors),
  };
}

/** The moving range of each point to the last one that is not left out; null for the first and for left-out ones. */
function rangesOverGaps(values: number[], { use }: ChartOptions): (number | null)[] {
  let before: number | null = null;
  return values.map((value, index) => {
    if (use[index] === "left_out") return null;
    const range = before === null ? null : Math.abs(value - before);
    before = value;
    return range;
  });
}
