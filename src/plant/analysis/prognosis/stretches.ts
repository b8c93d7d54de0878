import { regimes } from "../condition/change-points.ts";
import { median } from "../mean.ts";

// Stretch: points that follow one line. Reset: the signal is thrown back, away from its limit, as by a new filter.
// Tooth: from one reset to the next.

export type Timed = { at: Date; value: number };
export type Stretch = {
  points: Timed[];
  begins: "reset" | "change" | "start";
  /** Change per hour of its fitted line, towards the limit where positive. */
  towards: number;
};

const hourMs = 3_600_000;
const shortest = 8;
/** A throw-back of this share of all the signal ever moved is a reset. */
const resetShare = 0.4;

/** The signal, in order of time, cut where it was renewed or its line changed. `resets`: known times of renewal. */
export function splitStretches(points: Timed[], side: "high" | "low", resets: readonly Date[]): Stretch[] {
  const sign = side === "high" ? 1 : -1;
  const filled = withoutGaps(points);
  const lines = regimes(
    filled.map(({ value }) => value),
    { shape: "line", shortest },
  );
  const levels = lines.flatMap(({ start, end }) => [start, end]);
  const range = Math.max(...levels) - Math.min(...levels);
  const cuts = new Map<number, "reset" | "change">();
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    const first = filled[line.from]?.index ?? 0;
    if (before && first > 0)
      cuts.set(first, (before.end - line.start) * sign > resetShare * range ? "reset" : "change");
  }
  for (const at of resets) {
    const index = points.findIndex((point) => point.at >= at);
    if (index <= 0) continue;
    // The drop that a renewal makes is found a few points beside it: one cut, not two.
    for (const near of cuts.keys()) if (Math.abs(near - index) < shortest) cuts.delete(near);
    cuts.set(index, "reset");
  }
  const starts = [0, ...[...cuts.keys()].sort((a, b) => a - b)];
  return starts.map((from, index) => {
    const own = points.slice(from, starts[index + 1]);
    return { points: own, begins: cuts.get(from) ?? "start", towards: sign * slopeOf(own) };
  });
}

/**
 * The values with gaps bridged at the usual spacing, by a straight line between the medians of the points around, so that
 * a gap in a slope is no step; `index`: of the point at or after it. At most as many values are added as there are points.
 */
function withoutGaps(points: Timed[]): { value: number; index: number }[] {
  const gaps = points.slice(1).map(({ at }, index) => at.getTime() - (points[index]?.at.getTime() ?? 0));
  const usual = median(gaps) ?? 0;
  let left = points.length;
  return points.flatMap(({ at, value }, index) => {
    const gap = gaps[index - 1] ?? 0;
    const missing = usual > 0 ? Math.min(left, Math.round(gap / usual) - 1) : 0;
    if (missing <= 0) return [{ value, index }];
    left -= missing;
    const [a, b] = [middleOf(points.slice(Math.max(0, index - 15), index)), middleOf(points.slice(index, index + 15))];
    const slope = (b.value - a.value) / Math.max(1, b.at.getTime() - a.at.getTime());
    const bridge = Array.from({ length: missing }, (_, step) => {
      const time = at.getTime() - gap + (gap * (step + 1)) / (missing + 1);
      return { value: a.value + slope * (time - a.at.getTime()), index };
    });
    return [...bridge, { value, index }];
  });
}

function middleOf(part: Timed[]): Timed {
  return {
    at: new Date(median(part.map(({ at }) => at.getTime())) ?? 0),
    value: median(part.map(({ value }) => value)) ?? 0,
  };
}

/** How many whole teeth there were and how long they took; null without one. */
export function earlierTeeth(stretches: Stretch[]): { count: number; medianHours: number } | null {
  const resets = stretches.filter(({ begins }) => begins === "reset").map(({ points }) => points[0]?.at.getTime() ?? 0);
  const lengths = resets.slice(1).map((at, index) => (at - (resets[index] ?? at)) / hourMs);
  const medianHours = median(lengths);
  return medianHours === null ? null : { count: lengths.length, medianHours };
}

/**
 * Whether such rises have turned back by themselves before: of the earlier stretches that went towards the limit at
 * least half as steeply, more than half, and two at least, ended neither by a reset nor at the limit.
 */
export function usuallyTurnsBack(stretches: Stretch[], limit: { value: number; side: "high" | "low" }): boolean {
  const last = stretches.at(-1);
  if (!last || last.towards <= 0) return false;
  const sign = limit.side === "high" ? 1 : -1;
  const alike = stretches.slice(0, -1).flatMap((stretch, index) => {
    if (stretch.towards < last.towards / 2) return [];
    const next = stretches[index + 1];
    const end = median(stretch.points.slice(-5).map(({ value }) => value)) ?? 0;
    return [{ turned: next?.begins === "change" && next.towards <= 0 && (end - limit.value) * sign < 0 }];
  });
  const turned = alike.filter((one) => one.turned).length;
  return turned >= 2 && turned * 2 > alike.length;
}

/** By the medians of its first and last fifth. */
function slopeOf(points: Timed[]): number {
  const share = Math.max(1, Math.floor(points.length / 5));
  const [a, b] = [middleOf(points.slice(0, share)), middleOf(points.slice(-share))];
  const hours = (b.at.getTime() - a.at.getTime()) / hourMs;
  return hours > 0 ? (b.value - a.value) / hours : 0;
}
