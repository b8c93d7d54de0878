type Occurrence = { machine: string; code: string; at: number };
/** An alarm that nearly always follows another at once: often one condition reported twice. */
export type Companions = {
  first: { machine: string; code: string };
  second: { machine: string; code: string };
  /** How often the second came within five seconds of the first, and the share of the first's own count. */
  together: number;
  share: number;
};

const togetherMs = 5_000;
const fewest = 5;
const leastShare = 0.8;
/** Looking further than this within five seconds of a flood would compare everything with everything. */
const mostNeighbours = 30;

/**
 * Pairs in which the later alarm follows the earlier within five seconds at least five times and on at least 80 % of both
 * alarms' occurrences. Sorted instants in. Source: ISA-TR18.2.5, "related and duplicate alarms".
 */
export function findCompanions(sorted: readonly Occurrence[]): Companions[] {
  const key = ({ machine, code }: Occurrence): string => `${machine}\n${code}`;
  const counts = new Map<string, number>();
  for (const one of sorted) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  const pairs = new Map<string, { first: Occurrence; second: Occurrence; together: number }>();
  for (const [index, first] of sorted.entries()) {
    const met = new Set<string>();
    for (const second of sorted.slice(index + 1, index + 1 + mostNeighbours)) {
      if (second.at - first.at > togetherMs) break;
      const [one, two] = [key(first), key(second)];
      if (one === two || met.has(two)) continue;
      met.add(two);
      const pair = pairs.get(`${one}\r${two}`) ?? { first, second, together: 0 };
      pair.together++;
      pairs.set(`${one}\r${two}`, pair);
    }
  }
  return [...pairs.values()]
    .map(({ first, second, together }) => ({
      first: { machine: first.machine, code: first.code },
      second: { machine: second.machine, code: second.code },
      together,
      share: together / Math.max(counts.get(key(first)) ?? 1, counts.get(key(second)) ?? 1),
    }))
    .filter(({ together, share }) => together >= fewest && share >= leastShare)
    .sort((a, b) => b.together - a.together);
}
