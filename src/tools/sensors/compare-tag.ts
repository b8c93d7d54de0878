import { compareWithNormal, type Comparison, type Verdict } from "../../plant/analysis/compare-with-normal.ts";
import { confidenceOf, type Confidence, type StateCompared } from "../../plant/analysis/condition/confidence.ts";
import type { Doubt } from "../../plant/analysis/condition/doubt.ts";
import { sensorDoubts } from "../../plant/analysis/condition/sensor-doubts.ts";
import type { OperatingState } from "../../plant/analysis/condition/operating-states.ts";
import type { Reading, SensorStore, Tag, WindowPoint } from "../../plant/sensor-store.ts";
import type { MachineStates } from "../condition/machine-states.ts";
import { limitState, type LimitState } from "./limits.ts";
import { onset, thin } from "./onset.ts";

// Recent: the window that is judged. Baseline: how the machine ran before; it ends two weeks earlier, so that a fault
// that grows over days does not become its own normal, or in the middle of what is on record where that is less.

export type Baseline = { from: Date; to: Date };
export type TagComparison = {
  tag: Tag;
  verdict: Verdict;
  /** The side of normal; null where it is neither. */
  direction: "high" | "low" | null;
  /** Roughly since when it has been off. */
  since: string | null;
  limitState: LimitState;
  comparison: Comparison;
  /** What the machine was doing in the compared points; null where nothing tells. */
  state: StateCompared | null;
  /** Why the sensor itself may be wrong. */
  doubts: Doubt[];
  confidence: Confidence;
  latest: { at: string; value: number } | null;
  recent: { from: string; to: string };
  baseline: { from: string; to: string } | null;
  /** The baseline and all since, for a chart. */
  points: { at: string; min: number; max: number; mean: number; count: number }[];
};

const day = 86_400_000;
const bucketMs = 10 * 60_000;
const mostBuckets = 6_000;
const chartPoints = 240;
const wantedInState = 30;

type Span = { from: Date; to: Date };
export type LoadedTag = { tag: Tag; recent: Span; baseline: Baseline | null; points: WindowPoint[] };

/** The readings of a tag from the baseline to the end of the judged window. */
export async function loadTag(
  sensors: SensorStore,
  tag: Tag,
  recent: Span,
  coverage: { from: Date; to: Date } | undefined,
): Promise<LoadedTag> {
  const baseline = coverage ? baselineOf(recent, coverage) : null;
  const from = baseline?.from ?? recent.from;
  const span = recent.to.getTime() - from.getTime();
  // One width for all points: means of buckets of another width scatter differently.
  const width = Math.max(bucketMs, Math.ceil(span / mostBuckets));
  const points = coverage
    ? await sensors.window({ tagId: tag.id, from, to: recent.to, maxPoints: Math.max(1, Math.floor(span / width)) })
    : [];
  return { tag, recent, baseline, points };
}

/** A loaded tag's verdict, like states compared with like. */
export function compareTag(loaded: LoadedTag, states: MachineStates, latest: Reading | undefined): TagComparison {
  const { tag, recent, baseline, points } = loaded;
  const { now, normal, state } = inOneState(loaded, states);
  const plain = (all: WindowPoint[]) => all.map((point) => ({ at: point.at, value: point.mean }));
  const comparison = compareWithNormal(plain(normal), plain(now), tag);
  const last = latest ?? null;
  const limit = last && last.at >= recent.from && last.at < recent.to ? limitState(last.value, tag) : "unknown";
  const verdict: Verdict = limit === "alarm" ? "alarm" : comparison.verdict;
  const direction = directionOf(comparison, tag, verdict);
  const { center, sigma } = comparison.baseline;
  const since =
    direction && center !== null && sigma !== null ? onset(thin(points, chartPoints), center, sigma, direction) : null;
  const doubts = sensorDoubts(plain(points), tag, recent.to);
  return {
    tag,
    verdict,
    direction,
    since: since?.toISOString() ?? null,
    limitState: limit,
    comparison,
    state,
    doubts,
    confidence: confidenceOf({ ...comparison, verdict }, doubts, state),
    latest: last ? { at: last.at.toISOString(), value: last.value } : null,
    recent: { from: recent.from.toISOString(), to: recent.to.toISOString() },
    baseline:
      baseline && normal.length > 0 ? { from: baseline.from.toISOString(), to: baseline.to.toISOString() } : null,
    points: thin(points, chartPoints).map((point) => ({ ...point, at: point.at.toISOString() })),
  };
}

/** The points of the state that the recent ones are mostly in; all where the baseline has too few of that state. */
function inOneState(
  { tag, recent, baseline, points }: LoadedTag,
  states: MachineStates,
): { now: WindowPoint[]; normal: WindowPoint[]; state: StateCompared | null } {
  const now = points.filter((point) => point.at >= recent.from);
  const normal = baseline ? points.filter((point) => point.at < baseline.to) : [];
  const all = { now, normal, state: null };
  // The tag that tells the states would be compared with itself.
  if (states.tagId === tag.id) return all;
  const counts = new Map<OperatingState, number>();
  for (const { at } of now) {
    const state = states.at(at);
    if (state) counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1]);
  if (!most) return all;
  const same = (part: WindowPoint[]): WindowPoint[] => part.filter(({ at }) => states.at(at) === most[0]);
  const [ownNow, ownNormal] = [same(now), same(normal)];
  const everywhere = ownNow.length === now.length && ownNormal.length === normal.length;
  if (everywhere) return all;
  const mixed = ownNormal.length < wantedInState;
  const state = { state: most[0], share: most[1] / now.length, baselineCount: ownNormal.length, mixed };
  return mixed ? { now, normal, state } : { now: ownNow, normal: ownNormal, state };
}

/** Null where nothing was recorded before the judged window. */
function baselineOf(recent: Span, coverage: { from: Date }): Baseline | null {
  const before = recent.from.getTime();
  const from = Math.max(coverage.from.getTime(), before - 30 * day);
  if (from >= before) return null;
  return { from: new Date(from), to: new Date(Math.max(before - 14 * day, from + (before - from) / 2)) };
}

function directionOf({ deviation, recent, baseline }: Comparison, tag: Tag, verdict: Verdict): "high" | "low" | null {
  if (verdict === "normal" || verdict === "unknown" || recent.center === null) return null;
  if (tag.normalHigh !== null && recent.center > tag.normalHigh) return "high";
  if (tag.normalLow !== null && recent.center < tag.normalLow) return "low";
  const gap = deviation ?? (baseline.center === null ? 0 : recent.center - baseline.center);
  return gap > 0 ? "high" : gap < 0 ? "low" : null;
}
