/** A half-open stretch of time [from, to), in epoch milliseconds. */
export type Interval = { from: number; to: number };

/** The stretches in order, overlapping and touching ones as one; empty ones left out. */
export function mergeIntervals(intervals: readonly Interval[]): Interval[] {
  const out: Interval[] = [];
  for (const { from, to } of intervals.toSorted((a, b) => a.from - b.from)) {
    if (!(to > from)) continue;
    const last = out.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else out.push({ from, to });
  }
  return out;
}

/** What two merged lists have in common; one pass. */
export function intersectIntervals(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const out: Interval[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [one, two] = [a[i] as Interval, b[j] as Interval]; // both within, by the loop's condition
    const [from, to] = [Math.max(one.from, two.from), Math.min(one.to, two.to)];
    if (from < to) out.push({ from, to });
    if (one.to < two.to) i++;
    else j++;
  }
  return out;
}

/** What is in the first merged list and not in the second. */
export function subtractIntervals(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const out: Interval[] = [];
  let next = 0;
  for (const { from, to } of a) {
    let start = from;
    while (next < b.length && (b[next] as Interval).to <= from) next++; // within, by the condition before it
    for (let j = next; j < b.length; j++) {
      const cut = b[j] as Interval; // within, by the loop's condition
      if (cut.from >= to) break;
      if (cut.from > start) out.push({ from: start, to: cut.from });
      start = Math.max(start, cut.to);
    }
    if (start < to) out.push({ from: start, to });
  }
  return out;
}

/** Their length in minutes. */
export function minutesOf(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, { from, to }) => sum + (to - from), 0) / 60_000;
}

/** The part of merged stretches within [from, to), found by bisection: cheap for many small windows. */
export function clipIntervals(intervals: readonly Interval[], from: number, to: number): Interval[] {
  let [low, high] = [0, intervals.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((intervals[middle]?.to ?? 0) <= from) low = middle + 1;
    else high = middle;
  }
  const out: Interval[] = [];
  for (let i = low; i < intervals.length; i++) {
    const one = intervals[i] as Interval; // within, by the loop's condition
    if (one.from >= to) break;
    out.push({ from: Math.max(one.from, from), to: Math.min(one.to, to) });
  }
  return out;
}
