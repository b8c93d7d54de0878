import { binomialAtLeast } from "../distributions/distributions.ts";
import { median } from "../mean.ts";
import { robustCenter } from "../robust.ts";
import { regimes } from "./change-points.ts";

export type Timed = { at: Date; value: number };
export type DriftOptions = {
  /** How long before the event is looked at, in hours. The last quarter of it is judged. */
  lookbackHours: number;
  /** False where the machine stood, so that a standstill is no drift. */
  running?: (at: Date) => boolean;
};
export type Drift = {
  /** Robust sigmas that the last quarter's median is off; null where it can't be told. */
  deviation: number | null;
  drifted: boolean;
  direction: "high" | "low" | null;
  /** Where the level left its ordinary place for good. */
  changedAt: Date | null;
  level: number | null;
  normalLevel: number | null;
  /** Windows of the same length within the ordinary running that are as far off, of how many. */
  ordinary: { hits: number; windows: number };
};

const abnormalSigmas = 3.5;
const watchSigmas = 2;
const hourMs = 3_600_000;
/** Ordinary running ends so long before the look-back, or in the middle of what there is. */
const settledMs = 14 * 24 * hourMs;
const wantedBaseline = 30;
const wantedRecent = 3;

/**
 * Whether a signal left its ordinary level before an event: the median of the last quarter of the look-back against
 * ordinary running two weeks and more before it (or the first half of what there is), in robust sigmas (3.5 and more:
 * Iglewicz and Hoaglin, 1993). Points of some weeks before the event, in any order; later ones are left out. Never throws.
 */
export function driftBefore(points: readonly Timed[], event: Date, options: DriftOptions): Drift {
  const running = options.running ?? (() => true);
  const from = event.getTime() - options.lookbackHours * hourMs;
  const quarterMs = (options.lookbackHours * hourMs) / 4;
  const clean = points
    .filter(({ at, value }) => Number.isFinite(value) && at.getTime() < event.getTime() && running(at))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const [first] = clean;
  // As in compare_with_normal: a fault that grows for days must not become its own normal.
  const ordinaryEnd = first ? Math.max(from - settledMs, (first.at.getTime() + from) / 2) : from;
  const before = clean.filter(({ at }) => at.getTime() < ordinaryEnd);
  const recent = clean.filter(({ at }) => at.getTime() >= event.getTime() - quarterMs);
  const base = robustCenter(before.map(({ value }) => value));
  const level = median(recent.map(({ value }) => value));
  const enough = before.length >= wantedBaseline && recent.length >= wantedRecent;
  if (!base || level === null || base.sigma === 0 || !enough)
    return {
      deviation: null,
      drifted: false,
      direction: null,
      changedAt: null,
      level,
      normalLevel: base?.center ?? null,
      ordinary: { hits: 0, windows: 0 },
    };
  const deviation = (level - base.center) / base.sigma;
  const drifted = Math.abs(deviation) >= abnormalSigmas;
  return {
    deviation,
    drifted,
    direction: drifted ? (deviation > 0 ? "high" : "low") : null,
    changedAt: drifted
      ? leftAt(
          clean.filter(({ at }) => at.getTime() >= ordinaryEnd),
          base,
          deviation,
        )
      : null,
    level,
    normalLevel: base.center,
    ordinary: ordinaryWindows(before, base, quarterMs),
  };
}

/** The start of the unbroken row of regimes, up to the end, that are off on the side of the deviation. */
function leftAt(points: Timed[], base: { center: number; sigma: number }, deviation: number): Date | null {
  const parts = regimes(points.map(({ value }) => value));
  let since: Date | null = null;
  for (const part of parts.toReversed()) {
    if ((part.start - base.center) * Math.sign(deviation) < watchSigmas * base.sigma) break;
    since = points[part.from]?.at ?? since;
  }
  return since;
}

function ordinaryWindows(
  before: Timed[],
  base: { center: number; sigma: number },
  widthMs: number,
): { hits: number; windows: number } {
  const groups = new Map<number, number[]>();
  for (const { at, value } of before) {
    const key = Math.floor(at.getTime() / widthMs);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  const whole = [...groups.values()].filter((values) => values.length >= wantedRecent);
  const off = whole.filter(
    (values) => Math.abs((median(values) ?? 0) - base.center) >= abnormalSigmas * base.sigma,
  ).length;
  return { hits: off, windows: whole.length };
}

/** The probability of so many hits if ordinary windows are as often off; a share of none is taken as (h+1)/(n+2). */
export function chanceOfHits(hits: number, judged: number, ordinary: { hits: number; windows: number }): number | null {
  if (ordinary.windows === 0 || judged === 0) return null;
  return binomialAtLeast(hits, judged, (ordinary.hits + 1) / (ordinary.windows + 2));
}
