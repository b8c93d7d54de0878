import { normalTwoSided } from "../distributions/distributions.ts";
import { logGamma } from "../distributions/special.ts";

export type RankTest = {
  /** Pairs in which the first sample's value is larger, ties half. */
  u: number;
  /** −1 (every first value below every second) to 1 (above). */
  rankBiserial: number;
  /** Two-sided. */
  p: number;
  method: "exact" | "normal";
};

/** Above this the exact distribution is no better than the normal one and takes long. */
const mostExact = 50;

/**
 * Mann–Whitney U of two samples: exact without ties and up to 50 values, else normal with correction for ties and
 * continuity. Rank-biserial correlation 2U/(nm) − 1 as effect size (Wendt 1972; Kerby 2014). Null where one is empty.
 * Source: H. B. Mann and D. R. Whitney, Annals of Mathematical Statistics 18 (1947).
 */
export function mannWhitney(first: readonly number[], second: readonly number[]): RankTest | null {
  const [n, m] = [first.length, second.length];
  if (n === 0 || m === 0) return null;
  const all = [...first.map((value) => ({ value, own: true })), ...second.map((value) => ({ value, own: false }))];
  all.sort((a, b) => a.value - b.value);
  let [rankSum, ties] = [0, 0];
  for (let start = 0; start < all.length;) {
    let end = start;
    while (end < all.length && all[end]?.value === all[start]?.value) end++;
    const size = end - start;
    ties += size ** 3 - size;
    for (let i = start; i < end; i++) if (all[i]?.own) rankSum += (start + end + 1) / 2;
    start = end;
  }
  const u = rankSum - (n * (n + 1)) / 2;
  const rankBiserial = (2 * u) / (n * m) - 1;
  if (ties === 0 && n + m <= mostExact) return { u, rankBiserial, p: exactP(u, n, m), method: "exact" };
  const N = n + m;
  const variance = ((n * m) / 12) * (N + 1 - ties / (N * (N - 1)));
  const distance = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5);
  return { u, rankBiserial, p: variance > 0 ? normalTwoSided(distance / Math.sqrt(variance)) : 1, method: "normal" };
}

/** Two-sided: twice the smaller tail of all equally likely orders; counts by the recursion of Mann and Whitney. */
function exactP(u: number, n: number, m: number): number {
  // counts[j][v]: ways in which j of the first i+j places… reach U = v, built up by one value of either sample.
  let rows: number[][] = Array.from({ length: m + 1 }, () => [1]);
  for (let i = 1; i <= n; i++) {
    const next: number[][] = [[1]];
    for (let j = 1; j <= m; j++) {
      const row = Array.from({ length: i * j + 1 }, () => 0);
      for (const [v, ways] of (rows[j] ?? []).entries()) row[v + j] = (row[v + j] ?? 0) + ways;
      for (const [v, ways] of (next[j - 1] ?? []).entries()) row[v] = (row[v] ?? 0) + ways;
      next.push(row);
    }
    rows = next;
  }
  const ways = rows[m] ?? [];
  const total = ways.reduce((sum, value) => sum + value, 0);
  const tail = ways.slice(0, Math.min(u, n * m - u) + 1).reduce((sum, value) => sum + value, 0);
  return Math.min(1, (2 * tail) / total);
}

/**
 * Fisher's exact test of the table [[a, b], [c, d]], two-sided: all tables of the same margins that are no likelier.
 * Source: R. A. Fisher, "The Design of Experiments" (1935).
 */
export function fisherExact(a: number, b: number, c: number, d: number): number {
  const [row, column, whole] = [a + b, a + c, a + b + c + d];
  const log = (x: number): number => logChoose(column, x) + logChoose(whole - column, row - x) - logChoose(whole, row);
  const observed = log(a);
  let p = 0;
  for (let x = Math.max(0, row + column - whole); x <= Math.min(row, column); x++)
    if (log(x) <= observed + 1e-7) p += Math.exp(log(x));
  return Math.min(1, p);
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

/**
 * Probabilities adjusted for having looked so often: the share of false finds among those at or below each. In the given
 * order. Source: Y. Benjamini and Y. Hochberg, JRSS B 57 (1995).
 */
export function adjustForManyTests(probabilities: readonly number[]): number[] {
  const order = probabilities.map((p, index) => ({ p, index })).sort((a, b) => b.p - a.p);
  const out = probabilities.map(() => 1);
  let least = 1;
  for (const [at, { p, index }] of order.entries()) {
    least = Math.min(least, (p * probabilities.length) / (probabilities.length - at));
    out[index] = least;
  }
  return out;
}
