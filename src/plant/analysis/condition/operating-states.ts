import { mean } from "../mean.ts";
import { robustCenter } from "../robust.ts";

// Operating state: what the machine was doing (stopped, idle, running), so that like is compared with like.

export type OperatingState = "stopped" | "idle" | "running";
export type StateLevels = {
  /** Values of the tag at which one state ends and the next begins, lowest first. */
  thresholds: number[];
  states: OperatingState[];
  /** Share of the tag's variance that the states explain, 0 to 1. */
  explained: number;
};

const wantedPoints = 40;
/** Each state must hold this share of the points, and a split explain this share of the variance. */
const smallestShare = 0.04;
const wantedExplained = 0.85;

/**
 * States of a machine from a tag that tells what it does (power, current, speed): its values are split where the two
 * sides differ most (Otsu, 1979), and once more where that holds inside a side. The lowest level is "stopped" where it
 * is under a tenth of the highest, else "idle". Null where the values don't fall apart.
 */
export function findStates(values: readonly number[]): StateLevels | null {
  const sorted = values.filter(Number.isFinite).toSorted((a, b) => a - b);
  if (sorted.length < wantedPoints) return null;
  const first = bestSplit(sorted);
  if (!first || first.explained < wantedExplained) return null;
  const sides = [sorted.slice(0, first.at), sorted.slice(first.at)];
  const total = squares(sorted);
  const further = sides
    .map((side) => ({ side, split: bestSplit(side) }))
    .filter(({ side, split }) => split && split.explained >= wantedExplained && squares(side) > 0.02 * total)
    .sort((a, b) => squares(b.side) - squares(a.side))[0];
  const thresholds = [first.threshold, ...(further?.split ? [further.split.threshold] : [])].sort((a, b) => a - b);
  const groups = [...thresholds, Infinity].map((to, index) =>
    sorted.filter((value) => value <= to && value > (thresholds[index - 1] ?? -Infinity)),
  );
  const levels = groups.map((group) => robustCenter(group)?.center ?? 0);
  const stopped = Math.abs(levels[0] ?? 0) < 0.1 * Math.abs(levels.at(-1) ?? 0);
  const names: OperatingState[] =
    thresholds.length === 2 ? ["stopped", "idle", "running"] : [stopped ? "stopped" : "idle", "running"];
  const inside = groups.reduce((sum, group) => sum + squares(group), 0);
  return { thresholds, states: names, explained: total === 0 ? 0 : 1 - inside / total };
}

export function stateOf(value: number, levels: StateLevels): OperatingState {
  const index = levels.thresholds.filter((threshold) => value > threshold).length;
  return levels.states[index] ?? "running";
}

function squares(values: number[]): number {
  const center = mean(values);
  return values.reduce((sum, value) => sum + (value - center) ** 2, 0);
}

/** Where a sorted list is split so that the two sides explain most of its variance. */
function bestSplit(sorted: number[]): { at: number; threshold: number; explained: number } | null {
  const total = squares(sorted);
  if (total === 0) return null;
  const sum = sorted.reduce((all, value) => all + value, 0);
  const least = Math.max(5, Math.ceil(sorted.length * smallestShare));
  let best: { at: number; threshold: number; explained: number } | null = null;
  let left = 0;
  for (let at = 1; at < sorted.length; at++) {
    left += sorted[at - 1] ?? 0;
    if (at < least || sorted.length - at < least) continue;
    const gap = left / at - (sum - left) / (sorted.length - at);
    const explained = (((at * (sorted.length - at)) / sorted.length) * gap * gap) / total;
    if (!best || explained > best.explained)
      best = { at, threshold: ((sorted[at - 1] ?? 0) + (sorted[at] ?? 0)) / 2, explained };
  }
  return best;
}
