import { clipIntervals, intersectIntervals, mergeIntervals, minutesOf, subtractIntervals } from "./intervals.ts";
import type { Interval } from "./intervals.ts";
import { shareStops, type SharedStop } from "./share-stops.ts";

// OEE by ISO 22400-2. PBT planned busy time; ADET actual unit delay time; APT actual production time; PRI planned run
// time per item; PQ produced quantity; GQ good quantity. Availability = APT/PBT, effectiveness (performance) =
// PRI·PQ/APT, quality ratio = GQ/PQ, OEE = their product.

export type Stop = Interval & { reason: string; planned: boolean };
export type Run = Interval & {
  id?: string;
  product: string | null;
  good: number;
  scrap: number;
  /** PRI; null where it is not on record. */
  cycleSeconds: number | null;
};

export type MachineTime = {
  /** Planned time before planned stops are taken off (POT), merged. */
  planned: Interval[];
  stops: readonly Stop[];
  runs: readonly Run[];
};

export type OeeTimes = {
  plannedBusyMinutes: number;
  /** Planned stops that were taken off the planned time. */
  plannedStopMinutes: number;
  delayMinutes: number;
  productionMinutes: number;
  /** Σ PRI·PQ of orders with a cycle time. */
  netMinutes: number;
  /** Production time that no order covers: nothing was there to run, or nobody booked it. */
  withoutOrderMinutes: number;
};
export type OeePieces = {
  good: number;
  scrap: number;
  /** Pieces of orders without a cycle time. */
  withoutCycle: number;
  orders: number;
  /** Orders that reach over an end of the span; their pieces count by the share of their running time within. */
  prorated: number;
};
export type OeeFigures = {
  availability: number | null;
  performance: number | null;
  quality: number | null;
  oee: number | null;
};
/** In minutes; with `effective` they add up to the planned busy time. Performance is negative where pieces were made faster than planned. */
export type OeeLosses = {
  availability: number;
  performance: number | null;
  quality: number | null;
  effective: number | null;
};
/** One product's part: `runMinutes` is the production time of its orders, `netMinutes` what its pieces should have taken. */
export type ProductRun = { product: string; good: number; scrap: number; netMinutes: number; runMinutes: number };
export type OeeResult = OeeFigures & {
  times: OeeTimes;
  pieces: OeePieces;
  losses: OeeLosses;
  stops: SharedStop[];
  /** What was taken off the planned time. */
  plannedStops: SharedStop[];
  products: ProductRun[];
};

/**
 * OEE of one machine over [from, to). Stops are cut to the planned time; overlapping ones count once, planned ones first.
 * No cycle time for some pieces, or no pieces: performance and OEE are null, never 100 %.
 * Source: ISO 22400-2:2014, time model and the indicators availability, effectiveness, quality ratio and OEE index.
 */
export function computeOee(machine: MachineTime, span: Interval): OeeResult {
  const planned = clipIntervals(machine.planned, span.from, span.to);
  const within = (one: Interval): boolean => one.to > span.from && one.from < span.to;
  const stops = machine.stops.filter(within);
  const pauses = stops.filter((stop) => stop.planned);
  const busy = subtractIntervals(planned, mergeIntervals(pauses));
  const delays = stops.filter((stop) => !stop.planned);
  const producing = subtractIntervals(busy, mergeIntervals(delays));
  const { pieces, netMinutes, covered, products } = countPieces(machine, span, producing);
  const [pbt, apt] = [minutesOf(busy), minutesOf(producing)];
  const times: OeeTimes = {
    plannedBusyMinutes: pbt,
    plannedStopMinutes: minutesOf(planned) - pbt,
    delayMinutes: pbt - apt,
    productionMinutes: apt,
    netMinutes,
    withoutOrderMinutes: apt - minutesOf(intersectIntervals(producing, covered)),
  };
  const losses = lossesOf(times, pieces);
  const shared = { stops: shareStops(delays, busy), plannedStops: shareStops(pauses, planned) };
  return { ...figures(times, pieces), times, pieces, losses, ...shared, products };
}

function countPieces(machine: MachineTime, span: Interval, producing: readonly Interval[]) {
  const products = new Map<string, ProductRun>();
  const pieces: OeePieces = { good: 0, scrap: 0, withoutCycle: 0, orders: 0, prorated: 0 };
  const runs = machine.runs.filter((run) => run.to > span.from && run.from < span.to);
  const running = subtractIntervals(machine.planned, mergeIntervals(machine.stops));
  let netMinutes = 0;
  for (const run of runs) {
    const share = shareWithin(run, span, running);
    const made = (run.good + run.scrap) * share;
    pieces.good += run.good * share;
    pieces.scrap += run.scrap * share;
    pieces.orders++;
    if (run.from < span.from || run.to > span.to) pieces.prorated++;
    const net = run.cycleSeconds === null ? 0 : (made * run.cycleSeconds) / 60;
    if (run.cycleSeconds === null) pieces.withoutCycle += made;
    netMinutes += net;
    const product = run.product ?? "";
    const own = products.get(product) ?? { product, good: 0, scrap: 0, netMinutes: 0, runMinutes: 0 };
    products.set(product, own);
    own.good += run.good * share;
    own.scrap += run.scrap * share;
    own.netMinutes += net;
    own.runMinutes += minutesOf(clipIntervals(producing, run.from, run.to));
  }
  return {
    pieces,
    netMinutes,
    products: [...products.values()],
    covered: mergeIntervals(runs.map(({ from, to }) => ({ from, to }))),
  };
}

/** The share of an order's running time that lies in the span; of its whole time where it never ran. */
function shareWithin(run: Run, span: Interval, running: readonly Interval[]): number {
  if (run.from >= span.from && run.to <= span.to) return 1;
  const [from, to] = [Math.max(run.from, span.from), Math.min(run.to, span.to)];
  const whole = minutesOf(clipIntervals(running, run.from, run.to));
  if (whole > 0) return minutesOf(clipIntervals(running, from, to)) / whole;
  return (to - from) / (run.to - run.from);
}

function figures(times: OeeTimes, { good, scrap, withoutCycle }: OeePieces): OeeFigures {
  const made = good + scrap;
  const availability = times.plannedBusyMinutes > 0 ? times.productionMinutes / times.plannedBusyMinutes : null;
  const known = made > 0 && withoutCycle === 0 && times.productionMinutes > 0;
  const performance = known ? times.netMinutes / times.productionMinutes : null;
  const quality = made > 0 ? good / made : null;
  const oee =
    availability === null || performance === null || quality === null ? null : availability * performance * quality;
  return { availability, performance, quality, oee };
}

function lossesOf(times: OeeTimes, pieces: OeePieces): OeeLosses {
  const { performance, quality } = figures(times, pieces);
  const availability = times.delayMinutes;
  if (performance === null || quality === null)
    return { availability, performance: null, quality: null, effective: null };
  return {
    availability,
    performance: times.productionMinutes - times.netMinutes,
    quality: times.netMinutes * (1 - quality),
    effective: times.netMinutes * quality,
  };
}

/**
 * OEE of several machines (or spans of one): their times are added, so that each weighs by its planned busy time; the
 * quality ratio weighs each machine's by its net time, since pieces of different machines can't be added. Null where a
 * part has no OEE: give only those that have one.
 */
export function combineOee(
  parts: readonly OeeResult[],
): OeeFigures & { losses: OeeLosses; plannedBusyMinutes: number } {
  const sum = (of: (part: OeeResult) => number | null): number | null =>
    parts.reduce<number | null>((total, part) => {
      const value = of(part);
      return total === null || value === null ? null : total + value;
    }, 0);
  const ratio = (a: number | null, b: number | null): number | null =>
    a === null || b === null || b === 0 ? null : a / b;
  const pbt = sum(({ times }) => times.plannedBusyMinutes) ?? 0;
  const apt = sum(({ times }) => times.productionMinutes);
  const net = sum(({ times, performance }) => (performance === null ? null : times.netMinutes));
  const effective = sum(({ losses }) => losses.effective);
  return {
    availability: ratio(apt, pbt),
    performance: ratio(net, apt),
    quality: ratio(effective, net),
    oee: ratio(effective, pbt),
    losses: {
      availability: sum(({ losses }) => losses.availability) ?? 0,
      performance: sum(({ losses }) => losses.performance),
      quality: sum(({ losses }) => losses.quality),
      effective,
    },
    plannedBusyMinutes: pbt,
  };
}
