import type { Product } from "./description/production-schema.ts";
import { chance } from "./random.ts";
import { dayMs, dayStamp, hourMs, minuteMs, named } from "./world.ts";
import type { Line, Stop, World } from "./world.ts";

// Job orders of a machine, one after the other. The plan reckons with an allowance for small stops; a breakdown makes
// an order late, and those behind it, until the allowance has made it up.

const allowance = 1.07;
const aheadMs = hourMs;

export type Order = {
  id: string;
  lotId: string;
  line: Line;
  product: Product;
  customer: string;
  quantity: number;
  plannedStartMs: number;
  plannedEndMs: number;
  dueMs: number;
  /** As far as is known now: real for what is over, expected for the rest. */
  startMs: number;
  endMs: number;
  setup: Stop | null;
};

/** The machine's orders from the start of the order history until the planning horizon, as known at `nowMs`. */
export function ordersOf(world: World, line: Line, nowMs: number): Order[] {
  const { machine } = line;
  if (machine.products.length === 0) return [];
  const { orders_days: days, orders_ahead_days: ahead } = world.description.site.history;
  const known = line.stops.filter((stop) => stop.startMs <= nowMs || stop.kind === "maintenance");
  const orders: Order[] = [];
  let planMs = Math.round((world.startedAt - days * dayMs) / hourMs) * hourMs + line.ordinal * 23 * minuteMs;
  let freeMs = planMs;
  let stopAt = 0;
  for (let index = 0; planMs < nowMs + ahead * dayMs; index++) {
    const random = chance(world.seed, "order", machine.id, index);
    const product = named(
      world.description.products,
      machine.products[Math.floor(index / 2) % machine.products.length] ?? "",
    );
    const quantity = Math.round(random.between(...product.quantity) / 10) * 10;
    const workMs = quantity * product.cycle_seconds * 1000;
    const changes = index % 2 === 0 && machine.products.length > 1;
    const startMs = roundMinute(Math.max(freeMs, planMs - aheadMs));
    const setup = changes ? setupStop(world, startMs, random.next()) : null;
    const setupMs = setup ? setup.endMs - setup.startMs : 0;
    while (stopAt < known.length && (known[stopAt]?.endMs ?? 0) <= startMs) stopAt += 1;
    const endMs = roundMinute(finish(known, stopAt, startMs, setupMs + workMs * random.between(1, 1.09)));
    const plannedEndMs =
      planMs + Math.ceil((workMs * allowance + (changes ? 45 * minuteMs : 0)) / (10 * minuteMs)) * 10 * minuteMs;
    const slack = machine.due_slack_hours[index % machine.due_slack_hours.length] ?? 24;
    orders.push({
      id: `JO-${String(line.ordinal).padStart(2, "0")}${String(index + 1).padStart(4, "0")}`,
      lotId: `${product.lot_prefix}${dayStamp(world, planMs)}-${String(line.ordinal).padStart(2, "0")}${(index % 10).toString()}`,
      line,
      product,
      customer: random.pick(product.customers),
      quantity,
      plannedStartMs: planMs,
      plannedEndMs,
      dueMs: Math.ceil((plannedEndMs + slack * hourMs) / hourMs) * hourMs,
      startMs,
      endMs,
      setup,
    });
    freeMs = endMs;
    planMs = plannedEndMs;
  }
  return orders;
}

/** How much of an order is done, in [0, 1]. */
export function progressOf(order: Order, nowMs: number): number {
  return Math.max(0, Math.min(1, (nowMs - order.startMs) / (order.endMs - order.startMs)));
}

/** When so much work is done, counting only the time between stops. */
function finish(stops: Stop[], firstStop: number, startMs: number, workMs: number): number {
  let atMs = startMs;
  let left = workMs;
  for (let index = firstStop; index < stops.length; index++) {
    const stop = stops[index];
    if (!stop) break;
    if (stop.endMs <= atMs) continue;
    const free = stop.startMs - atMs;
    if (free >= left) break;
    left -= Math.max(0, free);
    atMs = stop.endMs;
  }
  return atMs + left;
}

function setupStop(world: World, startMs: number, drawn: number): Stop | null {
  const reason = world.description.stop_reasons.find((each) => each.use === "changeover");
  if (!reason?.minutes) return null;
  const minutes = Math.round(reason.minutes[0] + (reason.minutes[1] - reason.minutes[0]) * drawn);
  return { startMs, endMs: startMs + minutes * minuteMs, kind: "changeover", code: reason.code };
}

function roundMinute(ms: number): number {
  return Math.round(ms / minuteMs) * minuteMs;
}
