import type { Language } from "../../core/context.ts";
import type { ChartKind, PlotName, SignalName } from "../../plant/analysis/spc/control-chart.ts";
import type { ChartOutput, PlotOutput } from "./chart-output.ts";
import { say } from "../wording.ts";

export const plotTitles: Record<ChartKind | PlotName, string> = {
  xbar_r: "X̄-R",
  xbar_s: "X̄-S",
  i_mr: "I-MR",
  xbar: "X̄",
  r: "R",
  s: "S",
  individuals: "I",
  moving_range: "MR",
  p: "p",
  np: "np",
  c: "c",
  u: "u",
  ewma: "EWMA",
  cusum: "CUSUM",
};

/** "nelson_2" → "Nelson 2": rules are named, never numbered alone. */
export function ruleName(rule: SignalName, language: Language): string {
  if (rule.startsWith("nelson_")) return `Nelson ${rule.slice("nelson_".length)}`;
  if (rule.startsWith("western_electric_")) return `Western Electric ${rule.slice("western_electric_".length)}`;
  if (rule === "ewma_limits") return "EWMA";
  return rule === "cusum_upper"
    ? say(language, "CUSUM 위쪽", "CUSUM upper")
    : say(language, "CUSUM 아래쪽", "CUSUM lower");
}

/** Two decimals beyond the statistic's own spread: a bore's micrometres must not be rounded away. */
export function precisely(
  output: ChartOutput,
  unit: string | null,
  plot: PlotOutput | null = null,
): (value: number) => string {
  const counted = output.chart === "p" || output.chart === "np" || output.chart === "c" || output.chart === "u";
  const error =
    plot?.standardError ??
    (counted || output.chart === "ewma" ? output.standardError : output.chart === "cusum" ? 1 : output.sd);
  const sigma = typeof error === "number" ? error : Math.min(...error.filter((one) => one > 0));
  const decimals =
    sigma > 0 && Number.isFinite(sigma) ? Math.min(6, Math.max(0, Math.ceil(-Math.log10(sigma)) + 1)) : 3;
  const suffix = unit && !counted && output.chart !== "cusum" ? ` ${unit}` : "";
  return (value) => `${value.toFixed(decimals)}${suffix}`;
}
