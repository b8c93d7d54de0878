import { compareWithNormal, type Comparison, type Verdict } from "../../plant/analysis/compare-with-normal.ts";
import type { Reading, SensorStore, Tag, WindowPoint } from "../../plant/sensor-store.ts";
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

type Span = { from: Date; to: Date };

export async function compareTag(
  sensors: SensorStore,
  tag: Tag,
  recent: Span,
  coverage: { from: Date; to: Date } | undefined,
  latest: Reading | undefined,
): Promise<TagComparison> {
  const baseline = coverage ? baselineOf(recent, coverage) : null;
  const from = baseline?.from ?? recent.from;
  const span = recent.to.getTime() - from.getTime();
  // One width for all points: means of buckets of another width scatter differently.
  const width = Math.max(bucketMs, Math.ceil(span / mostBuckets));
  const points = coverage
    ? await sensors.window({ tagId: tag.id, from, to: recent.to, maxPoints: Math.max(1, Math.floor(span / width)) })
    : [];
  const plain = (all: WindowPoint[]) => all.map((point) => ({ at: point.at, value: point.mean }));
  const now = points.filter((point) => point.at >= recent.from);
  const normal = baseline ? points.filter((point) => point.at < baseline.to) : [];
  const comparison = compareWithNormal(plain(normal), plain(now), tag);
  const last = latest ?? null;
  const state = last && last.at >= recent.from && last.at < recent.to ? limitState(last.value, tag) : "unknown";
  const verdict: Verdict = state === "alarm" ? "alarm" : comparison.verdict;
  const direction = directionOf(comparison, tag, verdict);
  const { center, sigma } = comparison.baseline;
  const since =
    direction && center !== null && sigma !== null ? onset(thin(points, chartPoints), center, sigma, direction) : null;
  return {
    tag,
    verdict,
    direction,
    since: since?.toISOString() ?? null,
    limitState: state,
    comparison,
    latest: last ? { at: last.at.toISOString(), value: last.value } : null,
    recent: { from: recent.from.toISOString(), to: recent.to.toISOString() },
    baseline:
      baseline && normal.length > 0 ? { from: baseline.from.toISOString(), to: baseline.to.toISOString() } : null,
    points: thin(points, chartPoints).map((point) => ({ ...point, at: point.at.toISOString() })),
  };
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
