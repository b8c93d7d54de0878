import type { Language } from "../../core/context.ts";
import type { Capability, CapabilityWarning, Specification } from "../../plant/analysis/spc/capability.ts";
import type { ChartKind, ChartWarning, Plot, PlotName, SignalName } from "../../plant/analysis/spc/control-chart.ts";
import { ruleLabels } from "../../plant/analysis/spc/control-rules.ts";
import type { Phases } from "./choose-phases.ts";
import type { Assumptions, ChartSettings, ComputedChart } from "./compute-chart.ts";

// What the tool gives back, at full precision. Points are counted from 1. A quantity that is the same at every point
// is one number, else a list with one entry per point.

export type Each = number | number[];
export type PlotOutput = {
  name: PlotName;
  center: Each;
  /** Standard deviation of the plotted statistic. */
  standardError: Each;
  lcl: Each;
  ucl: Each;
  statistics: (number | null)[];
  /** Lower sums of a CUSUM. */
  lower?: (number | null)[];
  beyondLimits: number[];
};
export type PointOutput = {
  point: number;
  name: string;
  at: string | null;
  value: number | null;
  spread: number | null;
  size: number;
  /** limits: phase I; judged: phase II. */
  use: "limits" | "judged" | "left_out";
  rules: SignalName[];
};
export type ViolationOutput = {
  rule: SignalName;
  label: string;
  points: { point: number; name: string; value: number }[];
};

export type ChartOutput = Omit<PlotOutput, "name"> & {
  chart: ChartKind;
  /** The plotted statistic of the main chart. */
  name: PlotName;
  /** Points that the limits come from, and all. */
  n: number;
  total: number;
  sizes: Each;
  /** Of single values; on p and np of the plotted statistic; √ū of one unit on u; √c̄ on c. */
  sd: Each;
  spread: PlotOutput | null;
  inControl: boolean;
  violations: ViolationOutput[];
  violatingPoints: number[];
  points: PointOutput[];
  /** `inControl`: no point of phase I breaks a rule. */
  phaseOne: { from: string | null; points: number[]; inControl: boolean };
  phaseTwo: { points: number[] };
  leftOut: { points: { point: number; name: string; value: number | null }[]; reason: string | null };
  settings: ChartSettings;
  specification: Specification & { mixed: boolean };
  capability: Capability | null;
  assumptions: Assumptions;
  warnings: OutputWarning[];
};
export type OutputWarning =
  | ChartWarning
  | CapabilityWarning
  | { code: "autocorrelated"; r1: number; bound: number }
  | { code: "not_normal"; p: number }
  | { code: "overdispersed"; ratio: number; p: number };

const doubt = 0.05;

export function chartOutput(
  named: { name: string; at: Date | null }[],
  { chart, settings, assumptions, specification, capability }: ComputedChart,
  phases: Phases,
  language: Language,
): ChartOutput {
  const { main, spread, use } = chart;
  const name = (index: number) => named[index]?.name ?? String(index + 1);
  const valueAt = (index: number) => (main.points[index] ?? main.lower?.[index] ?? 0) as number;
  const positions = (wanted: string) => use.flatMap((one, index) => (one === wanted ? [index + 1] : []));
  const plotted = plotOutput(main);
  const broken = [...chart.violations.flatMap((one) => one.indexes), ...(spread?.beyond ?? [])];
  const stable = !broken.some((index) => use[index] === "limits");
  return {
    chart: chart.kind,
    ...plotted,
    // A CUSUM is drawn about 0; the centre that people ask for is the process's.
    center: chart.kind === "cusum" ? chart.center : plotted.center,
    n: positions("limits").length,
    total: use.length,
    sizes: each(chart.sizes),
    sd: each(chart.sigma),
    spread: spread && plotOutput(spread),
    inControl: chart.inControl,
    violations: chart.violations.map(({ rule, indexes }) => ({
      rule,
      label: ruleLabels[rule][language],
      points: indexes.map((index) => ({
        point: index + 1,
        name: name(index),
        value: rule === "cusum_lower" ? (main.lower?.[index] ?? 0) : valueAt(index),
      })),
    })),
    violatingPoints: [...new Set(chart.violations.flatMap((one) => one.indexes.map((index) => index + 1)))].toSorted(
      (a, b) => a - b,
    ),
    points: named.map(({ at }, index) => ({
      point: index + 1,
      name: name(index),
      at: at?.toISOString() ?? null,
      value: main.points[index] ?? null,
      spread: spread?.points[index] ?? null,
      size: chart.sizes[index] ?? 1,
      use: use[index] ?? "limits",
      rules: chart.violations.filter((one) => one.indexes.includes(index)).map((one) => one.rule),
    })),
    phaseOne: { from: phases.from, points: positions("limits"), inControl: stable },
    phaseTwo: { points: positions("judged") },
    leftOut: {
      points: positions("left_out").map((point) => ({
        point,
        name: name(point - 1),
        value: main.points[point - 1] ?? null,
      })),
      reason: phases.reason,
    },
    settings,
    specification,
    capability,
    assumptions,
    warnings: [...chart.warnings, ...(capability?.warnings ?? []), ...doubts(assumptions)].filter(
      (one, index, all) => all.findIndex((other) => other.code === one.code) === index,
    ),
  };
}

function plotOutput({ name, center, standardErrors, lcl, ucl, points, lower, beyond }: Plot): PlotOutput {
  return {
    name,
    center: each(center),
    standardError: each(standardErrors),
    lcl: each(lcl),
    ucl: each(ucl),
    statistics: points,
    ...(lower ? { lower } : {}),
    beyondLimits: beyond.map((index) => index + 1),
  };
}

function doubts({ autocorrelation, normality, overdispersion }: Assumptions): OutputWarning[] {
  const all: OutputWarning[] = [];
  if (autocorrelation && Math.abs(autocorrelation.r1) > autocorrelation.bound)
    all.push({ code: "autocorrelated", ...autocorrelation });
  if (normality && normality.p < doubt) all.push({ code: "not_normal", p: normality.p });
  if (overdispersion && overdispersion.p < doubt)
    all.push({ code: "overdispersed", ratio: overdispersion.ratio, p: overdispersion.p });
  return all;
}

function each(all: number[]): Each {
  const [first = 0] = all;
  return all.every((one) => one === first) ? first : all;
}
