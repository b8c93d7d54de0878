import type { Evidence } from "../../core/evidence.ts";

// A control chart as its evidence carries it, read with care: the tool that made it may be newer than this page.

export type ControlPlot = {
  title: string;
  points: (number | null)[];
  /** Lower sums of a CUSUM. */
  lower: (number | null)[] | null;
  /** One entry per point each. */
  center: number[];
  lcl: number[];
  ucl: number[];
  /** Indexes from 0 of points that break a rule or are beyond the limits. */
  marked: number[];
  /** Where phase II begins; null where every point made the limits. */
  secondPhaseAt: number | null;
};

type Fields = Record<string, unknown>;
const titles: Record<string, string> = {
  xbar: "X̄",
  r: "R",
  s: "S",
  individuals: "I",
  moving_range: "MR",
  ewma: "EWMA",
  cusum: "CUSUM",
};

/** The main chart and that of the spread beside it; nothing where the evidence holds no control chart. */
export function controlPlotsOf({ kind, data }: Evidence): ControlPlot[] {
  const it = fields(data);
  if (kind !== "chart" || !Array.isArray(it["statistics"])) return [];
  const secondPhase = numbers(fields(it["phaseTwo"])["points"])[0] ?? null;
  const main = plotOf(it, [...numbers(it["violatingPoints"]), ...numbers(it["beyondLimits"])], secondPhase);
  const beside = fields(it["spread"]);
  const spread = Array.isArray(beside["statistics"])
    ? plotOf(beside, numbers(beside["beyondLimits"]), secondPhase)
    : null;
  return [main, spread].filter((plot) => plot !== null);
}

function plotOf(it: Fields, marked: number[], secondPhase: number | null): ControlPlot | null {
  const points = values(it["statistics"]);
  const name = String(it["name"] ?? "");
  // The centre that a CUSUM carries is the process's; its sums are drawn about 0.
  const center = each(name === "cusum" ? 0 : it["center"], points.length);
  const [lcl, ucl] = [each(it["lcl"], points.length), each(it["ucl"], points.length)];
  if (points.length < 2 || !center || !lcl || !ucl) return null;
  return {
    title: titles[name] ?? name,
    points,
    lower: Array.isArray(it["lower"]) ? values(it["lower"]) : null,
    center,
    lcl,
    ucl,
    marked: [...new Set(marked)].map((point) => point - 1),
    secondPhaseAt: secondPhase === null ? null : secondPhase - 1,
  };
}

/** A quantity that is the same at every point comes as one number. */
function each(value: unknown, length: number): number[] | null {
  if (typeof value === "number") return Array.from({ length }, () => value);
  const all = numbers(value);
  return all.length === length ? all : null;
}

function values(value: unknown): (number | null)[] {
  return Array.isArray(value) ? value.map((one) => (typeof one === "number" ? one : null)) : [];
}

function numbers(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "number") : [];
}

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}
