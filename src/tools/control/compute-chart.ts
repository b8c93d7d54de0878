import { SunbaeError } from "../../core/errors.ts";
import { mean } from "../../plant/analysis/mean.ts";
import { attributeChart, type AttributeKind } from "../../plant/analysis/spc/attribute-chart.ts";
import { autocorrelation } from "../../plant/analysis/spc/autocorrelation.ts";
import { capability, type Capability, type Specification } from "../../plant/analysis/spc/capability.ts";
import { pick, type ChartKind, type ChartOptions, type ControlChart } from "../../plant/analysis/spc/control-chart.ts";
import { cusumChart } from "../../plant/analysis/spc/cusum-chart.ts";
import { ewmaChart } from "../../plant/analysis/spc/ewma-chart.ts";
import { individualsChart, subgroupChart } from "../../plant/analysis/spc/measured-chart.ts";
import { andersonDarling, type NormalityTest } from "../../plant/analysis/spc/normality.ts";
import { overdispersion } from "../../plant/analysis/spc/overdispersion.ts";
import type { Row } from "../../plant/records.ts";
import { askedRules, attributeKinds, type ChartInput } from "./chart-input.ts";
import type { CountedPoint, MeasuredPoint } from "./chart-points.ts";
import type { Phases } from "./choose-phases.ts";

/** What was chosen or left at its usual value. */
export type ChartSettings = {
  rules: string[];
  width: number;
  constants: "table" | "exact";
  sigma: string | number;
  lambda?: number;
  k?: number;
  h?: number;
  headStart?: number;
};
/** Tests of what the limits suppose, over phase I; null where they don't apply or there are too few points. */
export type Assumptions = {
  autocorrelation: { r1: number; bound: number } | null;
  normality: NormalityTest | null;
  overdispersion: { ratio: number; statistic: number; p: number } | null;
};
export type ComputedChart = {
  chart: ControlChart;
  settings: ChartSettings;
  assumptions: Assumptions;
  specification: Specification & { mixed: boolean };
  capability: Capability | null;
};

export const isAttribute = (kind: ChartKind): kind is AttributeKind =>
  (attributeKinds as readonly string[]).includes(kind);

export function computeCounted(
  points: CountedPoint[],
  kind: AttributeKind,
  { use }: Phases,
  input: ChartInput,
): ComputedChart {
  const options = optionsOf(use, input, true);
  const samples = points.map((point) => point.sample);
  const chart = attributeChart(samples, kind, options);
  const base = pick(samples, use, (one) => one === "limits");
  return {
    chart,
    settings: { ...settingsOf(options), sigma: kind === "p" || kind === "np" ? "binomial" : "poisson" },
    assumptions: {
      autocorrelation: autocorrelation(base.map(({ count, size }) => count / size)),
      normality: null,
      overdispersion: overdispersion(base, kind),
    },
    specification: { lsl: null, usl: null, target: null, mixed: false },
    capability: null,
  };
}

export function computeMeasured(
  points: MeasuredPoint[],
  kind: Exclude<ChartKind, AttributeKind>,
  { use }: Phases,
  input: ChartInput,
): ComputedChart {
  const ranges = kind === "r" || kind === "s";
  const options = {
    ...optionsOf(use, input, false),
    ...(ranges && !input.rules ? { rules: ["nelson_1" as const] } : {}),
  };
  const groups = points.map((point) => point.values);
  const extra = { lambda: input.lambda ?? 0.2, k: input.k ?? 0.5, h: input.h ?? 5, headStart: input.head_start ?? 0 };
  const chart = chartOf();
  const base = pick(groups, use, (one) => one === "limits");
  const specification = specificationOf(
    points.flatMap((point) => point.rows),
    input,
  );
  const { lsl, usl } = specification;
  const impossible = (lsl === null && usl === null) || (lsl !== null && usl !== null && lsl >= usl);
  const values = base.flat();
  const { lambda, k, h, headStart } = extra;
  return {
    chart,
    settings: {
      ...settingsOf(options),
      sigma: options.sigma ?? usualSigma(kind, groups),
      ...(kind === "ewma" ? { lambda } : kind === "cusum" ? { k, h, headStart } : {}),
      // Neither has run rules: its points depend on each other.
      ...(kind === "ewma" || kind === "cusum" ? { rules: [] } : {}),
    },
    assumptions: {
      autocorrelation: autocorrelation(base.map(mean)),
      normality: andersonDarling(values),
      overdispersion: null,
    },
    specification,
    capability:
      impossible || values.length < 2
        ? null
        : capability(values, specification, { sigmaWithin: chart.sigma[0] ?? 0, inControl: chart.inControl }),
  };

  function chartOf(): ControlChart {
    switch (kind) {
      case "i_mr":
        return individualsChart(groups.flat(), options);
      case "ewma":
        return ewmaChart(groups, { ...options, lambda: extra.lambda, steady: input.ewma_limits === "steady" });
      case "cusum":
        return cusumChart(groups, { ...options, ...extra, center: input.center ?? input.target });
      default:
        return subgroupChart(groups, kind, options);
    }
  }
}

function optionsOf(use: Phases["use"], input: ChartInput, attributes: boolean): ChartOptions {
  return {
    use,
    rules: askedRules(input.rules, attributes),
    width: input.L ?? 3,
    constants: input.constants ?? "table",
    center: input.center,
    sigma: input.sigma,
  };
}

function settingsOf({ rules, width, constants }: ChartOptions): Omit<ChartSettings, "sigma"> {
  return { rules, width, constants };
}

function usualSigma(kind: ChartKind, groups: number[][]): string {
  const largest = Math.max(...groups.map((group) => group.length));
  if (largest === 1) return "moving_range";
  return kind === "xbar_s" || kind === "s" || (largest > 10 && (kind === "ewma" || kind === "cusum")) ? "s" : "range";
}

/** The limits asked for, else the newest in the records. */
function specificationOf(rows: Row[], input: ChartInput): Specification & { mixed: boolean } {
  const number = (row: Row | undefined, field: string): number | null =>
    typeof row?.[field] === "number" ? row[field] : null;
  const given = rows.filter((row) => number(row, "lsl") !== null || number(row, "usl") !== null);
  const last = given.at(-1);
  const [lsl, usl] = [input.lsl ?? number(last, "lsl"), input.usl ?? number(last, "usl")];
  if (lsl !== null && usl !== null && lsl >= usl && (input.lsl ?? input.usl) !== undefined)
    throw new SunbaeError("invalid_input", `The lower limit ${lsl} is not below the upper limit ${usl}.`, {
      fix: "Give lsl below usl; the limit that is not given is that of the records.",
    });
  return {
    lsl,
    usl,
    target: input.target ?? number(last, "target"),
    mixed: new Set(given.map((row) => `${number(row, "lsl")}/${number(row, "usl")}`)).size > 1,
  };
}
