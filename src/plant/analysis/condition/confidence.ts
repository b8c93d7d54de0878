import type { Comparison } from "../compare-with-normal.ts";
import type { Doubt } from "./doubt.ts";
import type { OperatingState } from "./operating-states.ts";

/** The state that recent values were compared in. */
export type StateCompared = {
  state: OperatingState;
  /** Share of the recent points that were in it. */
  share: number;
  /** Baseline points in the same state; under 30 all states were taken together. */
  baselineCount: number;
  mixed: boolean;
};
export type ConfidenceReason =
  | "grave_doubt"
  | "doubt"
  | "few_baseline_points"
  | "few_recent_points"
  | "states_mixed"
  | "near_threshold";
export type Confidence = { level: "high" | "medium" | "low"; reasons: ConfidenceReason[] };

/** Thresholds of the verdict in robust sigmas: watch and abnormal. */
const thresholds = [2, 3.5];
const near = 0.25;

/**
 * How far a verdict can be trusted: low where the sensor itself is in grave doubt or there is too little to compare, medium
 * where something weakens it, else high. An alarm limit that is passed needs no comparison.
 */
export function confidenceOf(
  { verdict, deviation, warnings }: Pick<Comparison, "verdict" | "deviation" | "warnings">,
  doubts: readonly Doubt[],
  state: StateCompared | null,
): Confidence {
  const reasons: ConfidenceReason[] = [];
  if (doubts.some(({ weight }) => weight === "grave")) reasons.push("grave_doubt");
  else if (doubts.length > 0) reasons.push("doubt");
  if (verdict !== "alarm") {
    if (warnings.includes("few_baseline_points")) reasons.push("few_baseline_points");
    if (warnings.includes("few_recent_points")) reasons.push("few_recent_points");
    if (state?.mixed) reasons.push("states_mixed");
    const size = Math.abs(deviation ?? 0);
    if (thresholds.some((threshold) => Math.abs(size - threshold) < near)) reasons.push("near_threshold");
  }
  const low: ConfidenceReason[] = ["grave_doubt", "few_baseline_points", "few_recent_points"];
  const level = reasons.some((reason) => low.includes(reason)) ? "low" : reasons.length > 0 ? "medium" : "high";
  return { level, reasons };
}
