import { SunbaeError } from "../../core/errors.ts";
import { findViolations, type RuleSet, type Violation } from "./control-rules.ts";
import { mean } from "./mean.ts";
import { rangeConstants } from "./range-constants.ts";

// LCL, CL and UCL are the process's own limits; LSL and USL are the customer's, and never appear here.

export type Limits = { lcl: number; center: number; ucl: number };
/** few_points: limits from fewer than 20 points move a lot (AIAG asks for 25 subgroups). no_variation: all alike. */
export type ChartWarning = { code: "few_points"; have: number; want: number } | { code: "no_variation" };

export type ControlChart = {
  kind: "i_mr" | "xbar_r";
  subgroupSize: number;
  /** Values, or means of subgroups, in order. */
  points: number[];
  limits: Limits;
  /** Standard deviation within subgroups, of single values: mean range / d2. */
  sigmaWithin: number;
  /** Moving ranges (the first belongs to the second point), or ranges of subgroups. */
  spread: { points: number[]; limits: Limits; beyond: number[] };
  violations: Violation[];
  inControl: boolean;
  warnings: ChartWarning[];
};

const wantedPoints = 20;

function finite(values: number[], least: number): void {
  if (values.length < least || !values.every(Number.isFinite))
    throw new SunbaeError(
      "invalid_input",
      `A control chart needs at least ${least} numbers, and nothing but numbers.`,
      {
        fix: "Take a longer period, or leave empty values out.",
      },
    );
}

function range(values: number[]): number {
  return Math.max(...values) - Math.min(...values);
}

function chart(
  kind: ControlChart["kind"],
  subgroupSize: number,
  points: number[],
  ranges: number[],
  rules: RuleSet | undefined,
): ControlChart {
  const rangeSize = kind === "i_mr" ? 2 : subgroupSize;
  const { d2, D3, D4 } = rangeConstants(rangeSize);
  const [center, meanRange] = [mean(points), mean(ranges)];
  const sigmaWithin = meanRange / d2;
  const sigma = sigmaWithin / Math.sqrt(subgroupSize);
  const spreadLimits = { lcl: D3 * meanRange, center: meanRange, ucl: D4 * meanRange };
  const beyond = ranges.flatMap((value, index) =>
    value > spreadLimits.ucl || value < spreadLimits.lcl ? [index] : [],
  );
  const violations = findViolations(points, { center, sigma }, rules);
  const warnings: ChartWarning[] = [];
  if (points.length < wantedPoints) warnings.push({ code: "few_points", have: points.length, want: wantedPoints });
  if (sigma === 0) warnings.push({ code: "no_variation" });
  return {
    kind,
    subgroupSize,
    points,
    limits: { lcl: center - 3 * sigma, center, ucl: center + 3 * sigma },
    sigmaWithin,
    spread: { points: ranges, limits: spreadLimits, beyond },
    violations,
    inControl: violations.length === 0 && beyond.length === 0,
    warnings,
  };
}

/**
 * Individuals and moving-range chart of single values in order of time. CL = mean, limits = CL ± 3·MR̄/1.128;
 * moving range of two: UCL = D4·MR̄. Source: AIAG SPC 2nd ed., chapter II, I-MR.
 * Throws `invalid_input` below two values.
 */
export function individualsChart(values: number[], rules?: RuleSet): ControlChart {
  finite(values, 2);
  const ranges = values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? 0)));
  return chart("i_mr", 1, values, ranges, rules);
}

/**
 * Mean and range chart of subgroups of one size, 2 to 25. CL = mean of means, limits = CL ± 3·R̄/(d2·√n) (= A2·R̄);
 * ranges: D3·R̄, D4·R̄. Source: AIAG SPC 2nd ed., chapter II, X̄-R. Throws `invalid_input` for uneven subgroups.
 */
export function subgroupChart(subgroups: number[][], rules?: RuleSet): ControlChart {
  const size = subgroups[0]?.length ?? 0;
  rangeConstants(size);
  finite(subgroups.flat(), 4);
  if (subgroups.length < 2 || subgroups.some((subgroup) => subgroup.length !== size))
    throw new SunbaeError("invalid_input", "An X̄-R chart needs at least two subgroups, all of one size.", {
      fix: "Leave incomplete subgroups out, or chart the values singly.",
    });
  return chart("xbar_r", size, subgroups.map(mean), subgroups.map(range), rules);
}
