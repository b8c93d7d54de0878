import { clipIntervals, minutesOf, type Interval } from "./intervals.ts";

/** What a reason cost: minutes within the busy time, overlaps counted once, and how many stops touched it. */
export type SharedStop = { reason: string; minutes: number; count: number };

/**
 * Minutes of stops by reason, so that they add up to the time stopped: where stops overlap, the one that began first has
 * the minutes. Largest first.
 */
export function shareStops(stops: readonly (Interval & { reason: string })[], busy: readonly Interval[]): SharedStop[] {
  const out = new Map<string, SharedStop>();
  let reached = -Infinity;
  for (const { from, to, reason } of stops.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const own = { from: Math.max(from, reached), to };
    reached = Math.max(reached, to);
    const entry = out.get(reason) ?? { reason, minutes: 0, count: 0 };
    out.set(reason, entry);
    if (clipIntervals(busy, from, to).length > 0) entry.count++;
    if (own.from < own.to) entry.minutes += minutesOf(clipIntervals(busy, own.from, own.to));
  }
  return [...out.values()].filter(({ count }) => count > 0).sort((a, b) => b.minutes - a.minutes);
}
