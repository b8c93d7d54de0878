import { median } from "../mean.ts";
import { earlierTeeth, splitStretches, usuallyTurnsBack, type Stretch, type Timed } from "./stretches.ts";
import { mostAlike, robustTrend } from "./trend.ts";

/**
 * too_few_points: under 8 usable since the last change. no_trend: Mann–Kendall finds none at 95 %, or the signal
 * wanders so that any stretch of it looks like one. wrong_way: it moves away from the limit. slope_uncertain: the slope's interval includes standstill. turns_back: such rises have turned back
 * by themselves before. too_far: later than three times the stretch it is drawn from. no_limit: there is none to reach.
 */
export type Refusal =
  | "too_few_points"
  | "no_trend"
  | "wrong_way"
  | "slope_uncertain"
  | "turns_back"
  | "too_far"
  | "no_limit";

export type ForecastLimit = { value: number; side: "high" | "low" };
export type Forecast = {
  /** passed: the newest level, or the line through what led to it, is at the limit or beyond already. */
  verdict: "forecast" | "passed" | "refused";
  refusals: Refusal[];
  limit: ForecastLimit | null;
  /** The points it is drawn from: since the last reset of a saw-tooth, the last change of regime, or all. */
  stretch: { from: Date; to: Date; count: number; begins: Stretch["begins"] } | null;
  /** Theil–Sen slope with its 95 % interval; `p` is Mann–Kendall's, two-sided. `level` is the line at the end. */
  trend: { perHour: number; low: number; high: number; p: number; level: number } | null;
  /** From the stretch's end; `latest` is null where it may never be. Given with a refusal too, where computable. */
  hours: { expected: number; earliest: number; latest: number | null } | null;
  /** Whole teeth of a saw-tooth before this one: how many, and how many hours they took. */
  earlierTeeth: { count: number; medianHours: number } | null;
};

export type ForecastOptions = {
  /** Times at which the thing was renewed (a filter changed), as work orders say; the last one begins the stretch. */
  resets?: readonly Date[];
  /** How many times its own length a stretch may be drawn on; 3 unless told. */
  horizonFactor?: number;
};

const hourMs = 3_600_000;
const mostPoints = 200;
const fewest = 8;
const significant = 0.05;

/**
 * When a signal reaches its limit if it goes on as it does: the robust line through the points since the last change,
 * the interval by the lines of Sen's slope interval through the medians. Refuses where the data don't carry it, and
 * says why. Points in any order; NaN is left out. Never throws.
 */
export function forecastLimitCrossing(
  points: readonly Timed[],
  limit: ForecastLimit | null,
  options: ForecastOptions = {},
): Forecast {
  const clean = points
    .filter(({ at, value }) => Number.isFinite(value) && Number.isFinite(at.getTime()))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const stretches = clean.length === 0 ? [] : splitStretches(clean, limit?.side ?? "high", options.resets ?? []);
  const last = stretches.at(-1);
  const base = { limit, stretch: last ? spanOf(last) : null, earlierTeeth: earlierTeeth(stretches) };
  const refuse = (refusal: Refusal): Forecast => ({
    ...base,
    verdict: "refused",
    refusals: [refusal],
    trend: null,
    hours: null,
  });
  if (!limit || !Number.isFinite(limit.value)) return refuse("no_limit");
  const towards = limit.side === "high" ? 1 : -1;
  const recent = median(clean.slice(-5).map(({ value }) => value));
  const passed = recent !== null && (recent - limit.value) * towards >= 0;
  const line = last && last.points.length >= fewest ? lineOf(last.points) : null;
  if (passed) return { ...base, verdict: "passed", refusals: [], trend: line?.trend ?? null, hours: null };
  if (!line) return refuse("too_few_points");

  const { trend, middle, end } = line;
  const crossing = (slope: number): number | null =>
    slope * towards > 0 ? Math.max(0, middle.x + (limit.value - middle.y) / slope - end) : null;
  const [slow, fast] = towards > 0 ? [trend.low, trend.high] : [trend.high, trend.low];
  const expected = crossing(trend.perHour);
  if (expected === 0 && trend.p < significant) return { ...base, verdict: "passed", refusals: [], trend, hours: null };
  const hours = expected === null ? null : { expected, earliest: crossing(fast) ?? expected, latest: crossing(slow) };
  const refusals: Refusal[] = [];
  if (trend.p >= significant || line.wanders) refusals.push("no_trend");
  else if (!hours) refusals.push("wrong_way");
  else {
    if (hours.latest === null) refusals.push("slope_uncertain");
    if (usuallyTurnsBack(stretches, limit)) refusals.push("turns_back");
    if (hours.expected > end * (options.horizonFactor ?? 3)) refusals.push("too_far");
  }
  const verdict = refusals.length === 0 ? "forecast" : "refused";
  return { ...base, verdict, refusals, trend, hours: refusals.includes("no_trend") ? null : hours };
}

/** The robust line of a stretch in hours since its start; null where there is none. */
function lineOf(points: Timed[]) {
  const start = points[0]?.at.getTime() ?? 0;
  const plotted = thinned(points).map(({ at, value }) => ({ x: (at.getTime() - start) / hourMs, y: value }));
  const found = robustTrend(plotted);
  const end = ((points.at(-1)?.at.getTime() ?? 0) - start) / hourMs;
  if (!found || end <= 0) return null;
  const { slope, low, high, p, intercept } = found;
  const x = median(plotted.map((point) => point.x)) ?? 0;
  const trend = { perHour: slope, low, high, p, level: intercept + slope * end };
  // A random walk feigns trends; a real one with residuals as alike stands far out of them.
  const wanders = found.rho >= mostAlike && Math.abs(slope * end) < 6 * found.scatter;
  return { trend, middle: { x, y: intercept + slope * x }, end, wanders };
}

function spanOf({ points, begins }: Stretch): Forecast["stretch"] {
  const [first, last] = [points[0], points.at(-1)];
  return first && last ? { from: first.at, to: last.at, count: points.length, begins } : null;
}

/** Medians of neighbours, so that all pairs stay few. */
function thinned(points: Timed[]): Timed[] {
  const each = Math.ceil(points.length / mostPoints);
  if (each === 1) return points;
  return Array.from({ length: Math.ceil(points.length / each) }, (_, index) => {
    const part = points.slice(index * each, (index + 1) * each);
    return {
      at: new Date(part.reduce((sum, { at }) => sum + at.getTime(), 0) / part.length),
      value: median(part.map(({ value }) => value)) ?? 0,
    };
  });
}
