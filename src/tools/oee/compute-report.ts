import { combineOee, computeOee, type OeeResult, type ProductRun } from "../../plant/analysis/operations/oee.ts";
import { compareReasons, explainOeeChange } from "../../plant/analysis/operations/oee-change.ts";
import type { Interval } from "../../plant/analysis/operations/intervals.ts";
import { pareto } from "../../plant/analysis/pareto.ts";
import type { LoadedTimes } from "./load-machine-times.ts";
import type { OeeComparison, OeeReport, OeeRow } from "./oee-output.ts";

/** Results of the machines with orders in the span, by id. */
export function resultsOf({ machines }: LoadedTimes, span: Interval): Map<string, OeeResult> {
  const out = new Map<string, OeeResult>();
  for (const [id, times] of machines) {
    const result = computeOee(times, span);
    if (result.pieces.orders > 0) out.set(id, result);
  }
  return out;
}

/** One row of several machines or one; the OEE is that of those whose OEE is known. */
export function rowOf(key: string, label: string, results: readonly OeeResult[]): OeeRow {
  const complete = results.filter(({ oee }) => oee !== null);
  const used = complete.length > 0 ? complete : results;
  const [only] = used;
  const joined = combineOee(used);
  const figures = used.length === 1 && only ? only : joined;
  const sum = (of: (one: OeeResult) => number): number => used.reduce((total, one) => total + of(one), 0);
  return {
    key,
    label,
    availability: figures.availability,
    performance: figures.performance,
    quality: figures.quality,
    oee: figures.oee,
    plannedBusyMinutes: joined.plannedBusyMinutes,
    plannedStopMinutes: sum(({ times }) => times.plannedStopMinutes),
    delayMinutes: sum(({ times }) => times.delayMinutes),
    productionMinutes: sum(({ times }) => times.productionMinutes),
    withoutOrderMinutes: sum(({ times }) => times.withoutOrderMinutes),
    good: sum(({ pieces }) => pieces.good),
    scrap: sum(({ pieces }) => pieces.scrap),
    losses: joined.losses,
  };
}

/** Reasons of all machines together, with share and running share. */
export function reasonsOf(results: Iterable<OeeResult>, of: "stops" | "plannedStops" = "stops"): OeeReport["reasons"] {
  const out = new Map<string, { reason: string; minutes: number; count: number }>();
  for (const result of results)
    for (const { reason, minutes, count } of result[of]) {
      const entry = out.get(reason) ?? { reason, minutes: 0, count: 0 };
      out.set(reason, { reason, minutes: entry.minutes + minutes, count: entry.count + count });
    }
  return pareto([...out.values()].map((one) => ({ ...one, value: one.minutes }))).map(
    ({ reason, minutes, count, share, cumulative }) => ({ reason, minutes, count, share, cumulative }),
  );
}

/** Two spans of the machines that have an OEE in both; null where there are none. */
export function compareSpans(
  before: Map<string, OeeResult>,
  after: Map<string, OeeResult>,
  labels: (id: string) => string,
): Omit<OeeComparison, "from" | "to"> | null {
  const known = (results: Map<string, OeeResult>, id: string): OeeResult[] => {
    const one = results.get(id);
    return one && one.oee !== null ? [one] : [];
  };
  const ids = [...after.keys()].filter((id) => known(before, id).length + known(after, id).length === 2);
  const [was, is] = [before, after].map((results) => ids.flatMap((id) => known(results, id)));
  if (!was || !is || ids.length === 0) return null;
  const [then, now] = [rowOf("before", "", was), rowOf("after", "", is)];
  const factors = explainOeeChange(then, now);
  if (!factors) return null;
  const busy = (row: OeeRow, results: OeeResult[]) => ({
    busyMinutes: row.plannedBusyMinutes,
    stops: reasonsOf(results),
  });
  const machines = ids.map((id) => {
    const [a, b] = [known(before, id)[0]?.oee ?? 0, known(after, id)[0]?.oee ?? 0];
    const weight = (after.get(id)?.times.plannedBusyMinutes ?? 0) / now.plannedBusyMinutes;
    return { id, label: labels(id), before: a, after: b, points: (b - a) * weight };
  });
  return {
    before: then,
    factors,
    reasons: compareReasons(busy(then, was), busy(now, is)),
    machines: machines.sort((a, b) => Math.abs(b.points) - Math.abs(a.points)),
    products: compareProducts(was, is),
  };
}

/** Scrap and speed of each product in both spans: what moved the quality ratio and the performance. */
function compareProducts(before: OeeResult[], after: OeeResult[]): OeeComparison["products"] {
  const [then, now] = [productsOf(before), productsOf(after)];
  const made = (all: Map<string, ProductRun>): number =>
    [...all.values()].reduce((sum, { good, scrap }) => sum + good + scrap, 0);
  const scrap = (all: Map<string, ProductRun>, product: string): number => {
    const whole = made(all);
    return whole > 0 ? (all.get(product)?.scrap ?? 0) / whole : 0;
  };
  const speed = (one: ProductRun | undefined): number | null =>
    one && one.runMinutes > 0 && one.netMinutes > 0 ? one.netMinutes / one.runMinutes : null;
  return [...new Set([...then.keys(), ...now.keys()])]
    .map((product) => {
      const own = now.get(product);
      const [speedBefore, speedAfter] = [speed(then.get(product)), speed(own)];
      const lost =
        speedBefore === null || speedAfter === null ? 0 : (speedBefore - speedAfter) * (own?.runMinutes ?? 0);
      return {
        product,
        scrapBefore: scrap(then, product),
        scrapAfter: scrap(now, product),
        speedBefore,
        speedAfter,
        lostMinutes: lost,
      };
    })
    .sort((a, b) => Math.abs(b.lostMinutes) - Math.abs(a.lostMinutes));
}

function productsOf(results: OeeResult[]): Map<string, ProductRun> {
  const out = new Map<string, ProductRun>();
  for (const { products } of results)
    for (const one of products) {
      const entry = out.get(one.product) ?? { product: one.product, good: 0, scrap: 0, netMinutes: 0, runMinutes: 0 };
      out.set(one.product, entry);
      entry.good += one.good;
      entry.scrap += one.scrap;
      entry.netMinutes += one.netMinutes;
      entry.runMinutes += one.runMinutes;
    }
  return out;
}
