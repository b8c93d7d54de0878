import { SunbaeError } from "../../../core/errors.ts";
import type { ConstantsPrecision } from "./unbiasing-constants.ts";

// Point: one subgroup, one single value or one attribute sample; points stand in order of time and are counted from 0
// here, from 1 wherever people see them. Phase I: the points that limits are computed from. Phase II: points judged
// by limits that they have no part in. LCL, CL and UCL are the process's own limits; LSL and USL are the customer's,
// and never appear here. Sigma: standard deviation of single values as it is within subgroups or between neighbours.

export type ChartKind = "xbar_r" | "xbar_s" | "r" | "s" | "i_mr" | "p" | "np" | "c" | "u" | "ewma" | "cusum";
export type PlotName = "xbar" | "r" | "s" | "individuals" | "moving_range" | "p" | "np" | "c" | "u" | "ewma" | "cusum";

/**
 * limits: phase I, makes the limits and is judged. judged: phase II. left_out: its cause is known; it neither makes the
 * limits nor is judged, and neighbours close up over it (moving ranges, runs, EWMA and CUSUM pass it by).
 */
export type PointUse = "limits" | "judged" | "left_out";

export type RuleSet = "nelson" | "western_electric";
export type RuleName = `nelson_${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}` | `western_electric_${1 | 2 | 3 | 4}`;
/** The charts with a memory have a rule of their own: their points depend on each other, runs mean nothing there. */
export type SignalName = RuleName | "ewma_limits" | "cusum_upper" | "cusum_lower";
/** `indexes` count from 0 and name the last point of each place where the pattern is complete. */
export type Violation = { rule: SignalName; indexes: number[] };

/** What is drawn: one entry per point. `points` is null where there is none, as for the first moving range. */
export type Plot = {
  name: PlotName;
  points: (number | null)[];
  /** The lower sums of a CUSUM, negative; its upper ones are `points`. */
  lower?: (number | null)[];
  center: number[];
  lcl: number[];
  ucl: number[];
  /** Standard deviation of the plotted statistic; limits are `width` of these from the centre. */
  standardErrors: number[];
  /** Judged points outside the limits. */
  beyond: number[];
};

/** few_points: limits from fewer than 20 points move a lot (AIAG asks for 25 subgroups). no_variation: all alike. */
export type ChartWarning = { code: "few_points"; have: number; want: number } | { code: "no_variation" };

export type ControlChart = {
  kind: ChartKind;
  use: PointUse[];
  /** Values of each subgroup, or units inspected. */
  sizes: number[];
  /** Mean of the process: of all phase I values, or the share or rate of all phase I samples. */
  center: number;
  /** By point: sigma of single values; √(p(1−p)/n) on p, √(np(1−p)) on np, √c̄ on c, √ū (of one unit) on u. */
  sigma: number[];
  main: Plot;
  /** Ranges, standard deviations or moving ranges beside the main chart. */
  spread: Plot | null;
  violations: Violation[];
  /** No rule is broken and no spread is beyond its limits, over all judged points. */
  inControl: boolean;
  warnings: ChartWarning[];
};

/** range: mean of R/d2. s: mean of s/c4. pooled: pooled s / c4. moving_range: mean MR/d2 of neighbours. sd: overall s/c4. */
export type SigmaMethod = "range" | "s" | "pooled" | "moving_range" | "sd";

export type ChartOptions = {
  /** One entry per point. */
  use: PointUse[];
  rules: RuleName[];
  /** Distance of the limits in standard errors; 3 is Shewhart's. */
  width: number;
  constants: ConstantsPrecision;
  /** A centre or sigma that is known, instead of phase I's. */
  center?: number | undefined;
  sigma?: SigmaMethod | number | undefined;
};

const wantedPoints = 20;

export function chartWarnings(use: PointUse[], errors: number[]): ChartWarning[] {
  const have = use.filter((one) => one === "limits").length;
  return [
    ...(have < wantedPoints ? [{ code: "few_points" as const, have, want: wantedPoints }] : []),
    ...(errors.every((error) => error === 0) ? [{ code: "no_variation" as const }] : []),
  ];
}

/** Limits about the centre, never outside what the statistic can be. */
export function plotWithin(
  name: PlotName,
  points: (number | null)[],
  {
    center,
    standardErrors,
    width,
    use,
  }: { center: number[]; standardErrors: number[]; width: number; use: PointUse[] },
  [least, most]: [least: number, most: (index: number) => number] = [-Infinity, () => Infinity],
): Plot {
  const lcl = center.map((middle, index) => Math.max(least, middle - width * (standardErrors[index] ?? 0)));
  const ucl = center.map((middle, index) => Math.min(most(index), middle + width * (standardErrors[index] ?? 0)));
  const beyond = points.flatMap((point, index) => {
    const error = standardErrors[index] ?? 0;
    if (point === null || use[index] === "left_out" || !(error > 0)) return [];
    // The last bits of a mean don't carry a point over its limit.
    const past = Math.max(point - (ucl[index] ?? Infinity), (lcl[index] ?? -Infinity) - point);
    return past > error * 1e-9 ? [index] : [];
  });
  return { name, points, center, lcl, ucl, standardErrors, beyond };
}

/** Entries of the points that serve so, in order. */
export function pick<T>(all: T[], use: PointUse[], wanted: (one: PointUse) => boolean): T[] {
  return all.filter((_, index) => wanted(use[index] ?? "limits"));
}

/** Throws `invalid_input` unless enough points make limits and everything is a number. */
export function requirePoints(numbers: number[], use: PointUse[], least: number): void {
  const have = use.filter((one) => one === "limits").length;
  if (have >= least && numbers.every(Number.isFinite)) return;
  throw new SunbaeError(
    "invalid_input",
    `A control chart needs at least ${least} points to make limits from (there are ${have}), and nothing but numbers.`,
    { fix: "Take a longer period, leave fewer points out, or leave empty values out." },
  );
}
