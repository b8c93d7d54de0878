import { logGamma } from "../distributions/special.ts";
import { median } from "../mean.ts";
import { adjustForManyTests, fisherExact, mannWhitney } from "./rank-tests.ts";

/** One lot: numbers and categories by the name of what was compared; `stratum` keeps unlike lots apart. */
export type GroupItem = {
  id: string;
  bad: boolean;
  stratum: string;
  numbers: Record<string, number>;
  categories: Record<string, string[]>;
};
type Compared = { key: string; p: number; /** After correction for all comparisons. */ adjusted: number };
export type NumberDifference = Compared & {
  kind: "number";
  bad: { n: number; median: number };
  good: { n: number; median: number };
  /** −1 to 1: how surely a bad lot's value is above (1) or below (−1) a good one's. */
  effect: number;
  method: "exact" | "normal";
};
export type CategoryDifference = Compared & {
  kind: "category";
  value: string;
  /** Lots with the value, and all lots with the category, of either group. */
  bad: { n: number; of: number };
  good: { n: number; of: number };
};
export type GroupComparison = {
  bad: number;
  good: number;
  /** Why nothing was compared; null where it was. */
  refusal: "few-bad" | "few-good" | null;
  compared: number;
  /** Numbers are compared within strata of unlike lots, as distances from the stratum's median. */
  aligned: boolean;
  differences: (NumberDifference | CategoryDifference)[];
  /** The smallest corrected probability that so few lots could reach at best. */
  bestPossible: number;
};

export const fewest = { bad: 3, good: 5 };
/** A category that hardly any lot has says nothing. */
const fewestOfValue = 3;
const mostValues = 30;

/**
 * What differs between bad and good items: numbers by Mann–Whitney, aligned by stratum (J. L. Hodges and E. L. Lehmann,
 * 1962: each value less its stratum's median; strata with one group only are left out), categories value by value by
 * Fisher's exact test, all corrected together (Benjamini–Hochberg). Surest first. A difference is not a cause.
 */
export function compareGroups(items: readonly GroupItem[]): GroupComparison {
  const [bad, good] = [items.filter((one) => one.bad).length, items.filter((one) => !one.bad).length];
  const strata = Map.groupBy(items, ({ stratum }) => stratum);
  const aligned = strata.size > 1;
  const refusal = bad < fewest.bad ? "few-bad" : good < fewest.good ? "few-good" : null;
  const none: GroupComparison = { bad, good, refusal, compared: 0, aligned, differences: [], bestPossible: 1 };
  if (refusal) return none;
  const mixed = aligned
    ? items.filter(({ stratum }) => new Set(strata.get(stratum)?.map((one) => one.bad)).size === 2)
    : items;
  const found = [...compareNumbers(mixed, aligned), ...compareCategories(items)];
  const adjusted = adjustForManyTests(found.map(({ p }) => p));
  const differences = found
    .map((one, index) => ({ ...one, adjusted: adjusted[index] ?? 1 }))
    .sort((a, b) => a.adjusted - b.adjusted || a.p - b.p);
  const least = 2 * Math.exp(logGamma(bad + 1) + logGamma(good + 1) - logGamma(bad + good + 1));
  return { ...none, compared: found.length, differences, bestPossible: Math.min(1, least * found.length) };
}

function compareNumbers(items: readonly GroupItem[], aligned: boolean): NumberDifference[] {
  const keys = new Set(items.flatMap(({ numbers }) => Object.keys(numbers)));
  return [...keys].flatMap((key): NumberDifference[] => {
    const own = items.filter(({ numbers }) => Number.isFinite(numbers[key]));
    const centers = new Map(
      [...Map.groupBy(own, ({ stratum }) => stratum)].map(([stratum, all]) => [
        stratum,
        aligned ? (median(all.map(({ numbers }) => numbers[key] ?? 0)) ?? 0) : 0,
      ]),
    );
    const values = (bad: boolean, raw: boolean): number[] =>
      own.flatMap((one) =>
        one.bad === bad ? [(one.numbers[key] ?? 0) - (raw ? 0 : (centers.get(one.stratum) ?? 0))] : [],
      );
    const [first, second] = [values(true, false), values(false, false)];
    if (first.length < fewest.bad || second.length < fewest.good) return [];
    const test = mannWhitney(first, second);
    if (!test || new Set([...first, ...second]).size < 2) return [];
    return [
      {
        kind: "number",
        key,
        bad: { n: first.length, median: median(values(true, true)) ?? NaN },
        good: { n: second.length, median: median(values(false, true)) ?? NaN },
        effect: test.rankBiserial,
        method: test.method,
        p: test.p,
        adjusted: 1,
      },
    ];
  });
}

function compareCategories(items: readonly GroupItem[]): CategoryDifference[] {
  const keys = new Set(items.flatMap(({ categories }) => Object.keys(categories)));
  return [...keys].flatMap((key) => {
    const own = items.filter(({ categories }) => (categories[key]?.length ?? 0) > 0);
    const counts = new Map<string, { bad: number; good: number }>();
    for (const { bad, categories } of own)
      for (const value of new Set(categories[key])) {
        const entry = counts.get(value) ?? { bad: 0, good: 0 };
        entry[bad ? "bad" : "good"]++;
        counts.set(value, entry);
      }
    const of = { bad: own.filter(({ bad }) => bad).length, good: own.filter(({ bad }) => !bad).length };
    if (counts.size < 2 || of.bad === 0 || of.good === 0) return [];
    const told = [...counts]
      .filter(([, { bad, good }]) => bad + good >= fewestOfValue && bad + good < own.length)
      .sort(([, a], [, b]) => b.bad + b.good - a.bad - a.good)
      .slice(0, mostValues);
    // Of two values that exclude each other the second says the same as the first.
    const used = counts.size === 2 && told.length === 2 ? told.sort(([, a], [, b]) => b.bad - a.bad).slice(0, 1) : told;
    return used.map(([value, { bad, good }]): CategoryDifference => ({
      kind: "category",
      key,
      value,
      bad: { n: bad, of: of.bad },
      good: { n: good, of: of.good },
      p: fisherExact(bad, of.bad - bad, good, of.good - good),
      adjusted: 1,
    }));
  });
}
