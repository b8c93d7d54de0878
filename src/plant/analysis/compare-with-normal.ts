import { median } from "./mean.ts";
import { robustCenter, robustSlope } from "./robust.ts";

export type Point = { at: Date; value: number };
export type NormalLimits = Partial<Record<"normalLow" | "normalHigh" | "alarmLow" | "alarmHigh", number | null>>;
/**
 * alarm: beyond an alarm limit. abnormal: 3.5 robust sigmas or more from normal (Iglewicz and Hoaglin, 1993). watch: 2
 * or more, outside the given normal range, or drifting towards an alarm within a day. unknown: nothing to judge by.
 */
export type Verdict = "normal" | "watch" | "abnormal" | "alarm" | "unknown";

export type Comparison = {
  baseline: { count: number; center: number | null; sigma: number | null };
  recent: { count: number; center: number | null; last: Point | null };
  /** (median of recent − median of baseline) / robust sigma; null where there is no baseline or it never varied. */
  deviation: number | null;
  /** `level` is the line's value at the last point; `clear` where its change exceeds twice the scatter around it. */
  trend: { perHour: number; level: number; clear: boolean } | null;
  /** Hours until the alarm limit at this trend; null where it is not clear or leads away. */
  hoursToAlarm: number | null;
  verdict: Verdict;
  warnings: ("few_baseline_points" | "few_recent_points" | "baseline_never_varied")[];
};

const watchSigmas = 2;
const abnormalSigmas = 3.5;
const hoursToWatch = 24;
const wantedBaseline = 30;
const wantedRecent = 5;
const hourMs = 3_600_000;

function trendOf(points: Point[]): Comparison["trend"] {
  const start = points[0]?.at.getTime() ?? 0;
  const plotted = points.map(({ at, value }) => ({ x: (at.getTime() - start) / hourMs, y: value }));
  const perHour = points.length < wantedRecent ? null : robustSlope(plotted);
  if (perHour === null) return null;
  const line = robustCenter(plotted.map(({ x, y }) => y - perHour * x)) ?? { center: 0, sigma: 0 };
  const change = perHour * (plotted.at(-1)?.x ?? 0);
  return { perHour, level: line.center + change, clear: change !== 0 && Math.abs(change) > 2 * line.sigma };
}

function beyond(value: number, low: number | null | undefined, high: number | null | undefined): boolean {
  return (low !== null && low !== undefined && value < low) || (high !== null && high !== undefined && value > high);
}

function hoursUntilAlarm(trend: Comparison["trend"], limits: NormalLimits): number | null {
  if (!trend?.clear) return null;
  const limit = trend.perHour > 0 ? limits.alarmHigh : limits.alarmLow;
  if (limit === null || limit === undefined) return null;
  const hours = (limit - trend.level) / trend.perHour;
  return hours >= 0 ? hours : null;
}

/**
 * Recent points against a baseline of normal running, by medians, so that a few outliers on either side don't decide.
 * Both must be sampled alike (raw, or buckets of one width): means of buckets scatter less than raw values. Points are
 * in order of time; NaN is left out. Never throws.
 */
export function compareWithNormal(baseline: Point[], recent: Point[], limits: NormalLimits = {}): Comparison {
  const normal = baseline.filter(({ value }) => Number.isFinite(value));
  const now = recent.filter(({ value }) => Number.isFinite(value));
  const base = robustCenter(normal.map(({ value }) => value));
  const center = median(now.map(({ value }) => value));
  const last = now.at(-1) ?? null;
  const trend = trendOf(now);
  const deviation = base && base.sigma > 0 && center !== null ? (center - base.center) / base.sigma : null;
  const hoursToAlarm = hoursUntilAlarm(trend, limits);
  const warnings: Comparison["warnings"] = [];
  if (normal.length < wantedBaseline) warnings.push("few_baseline_points");
  if (now.length < wantedRecent) warnings.push("few_recent_points");
  if (base && base.sigma === 0) warnings.push("baseline_never_varied");

  function judge(): Verdict {
    if (!last || center === null) return "unknown";
    if (beyond(last.value, limits.alarmLow, limits.alarmHigh)) return "alarm";
    const outside = beyond(center, limits.normalLow, limits.normalHigh);
    const size = Math.abs(deviation ?? 0);
    if (size >= abnormalSigmas || (base?.sigma === 0 && center !== base.center)) return "abnormal";
    if (size >= watchSigmas || outside || (hoursToAlarm !== null && hoursToAlarm <= hoursToWatch)) return "watch";
    const hasRange = [limits.normalLow, limits.normalHigh].some((limit) => limit !== null && limit !== undefined);
    return base || hasRange ? "normal" : "unknown";
  }

  return {
    baseline: { count: normal.length, center: base?.center ?? null, sigma: base?.sigma ?? null },
    recent: { count: now.length, center, last },
    deviation,
    trend,
    hoursToAlarm,
    verdict: judge(),
    warnings,
  };
}
