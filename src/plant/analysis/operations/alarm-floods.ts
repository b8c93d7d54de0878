// Alarm rate and floods over sorted instants (epoch milliseconds), in one pass each.

const windowMs = 600_000;
const floodBegins = 10;
const floodEnds = 5;

export type Flood = { from: number; to: number; count: number; peak: number };

/** The most alarms within any ten minutes (a sliding window), and when that window began; null of nothing. */
export function busiestWindow(times: readonly number[]): { from: number; count: number } | null {
  let best: { from: number; count: number } | null = null;
  for (let end = 0, start = 0; end < times.length; end++) {
    while ((times[end] ?? 0) - (times[start] ?? 0) >= windowMs) start++;
    const count = end - start + 1;
    if (!best || count > best.count) best = { from: times[start] ?? 0, count };
  }
  return best;
}

/**
 * Floods: from the first alarm of ten minutes with more than 10, until fewer than 5 came in the last ten minutes.
 * Source: ANSI/ISA-18.2-2016, 16.5; EEMUA 191, ed. 3.
 */
export function findFloods(times: readonly number[]): Flood[] {
  const out: Flood[] = [];
  let flood: Flood | null = null;
  // Alarms of a flood that is over count for no other.
  let taken = 0;
  for (let i = 0, start = 0; i < times.length; i++) {
    const at = times[i] ?? 0;
    while (start < taken || at - (times[start] ?? 0) >= windowMs) start++;
    const count = i - start + 1;
    if (!flood && count > floodBegins) flood = { from: times[start] ?? at, to: at, count, peak: count };
    else if (flood) {
      flood.count++;
      flood.peak = Math.max(flood.peak, count);
    }
    if (!flood) continue;
    // Fewer than five remain once the fifth newest is ten minutes old.
    const quiet = (times[i - floodEnds + 1] ?? at) + windowMs;
    const next = times[i + 1];
    if (next !== undefined && next < quiet) continue;
    flood.to = quiet;
    out.push(flood);
    flood = null;
    taken = i + 1;
  }
  return out;
}

/** The share of whole ten-minute periods from `from` on with more than 10 alarms, as ISA-18.2 tables count them. */
export function shareOfBusyPeriods(times: readonly number[], from: number, to: number): number {
  const periods = Math.max(1, Math.ceil((to - from) / windowMs));
  const counts = new Map<number, number>();
  for (const at of times) {
    const period = Math.floor((at - from) / windowMs);
    counts.set(period, (counts.get(period) ?? 0) + 1);
  }
  return [...counts.values()].filter((count) => count > floodBegins).length / periods;
}
