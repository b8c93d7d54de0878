import type { Row } from "../../records.ts";
import { hashKeys } from "../random.ts";
import { dayMs, dayStamp, hourMs } from "../world.ts";
import type { Order } from "../orders.ts";
import type { World } from "../world.ts";

type Supply = { lotId: string; atMs: number };

/** Bought lots until now, delivered in the morning on each material's rhythm. */
export function materialLotRows(world: World, nowMs: number): Row[] {
  return [...deliveries(world, nowMs)].map(([, row]) => row);
}

/** What went into the lots of orders that were not over by `sinceMs`: bought lots and other machines' lots, the newest ready at the start. */
export function lotLinkRows(world: World, orders: Order[], nowMs: number, sinceMs = 0): Row[] {
  const supplies = new Map<string, Supply[]>();
  const add = (key: string, supply: Supply): void => {
    const list = supplies.get(key);
    if (list) list.push(supply);
    else supplies.set(key, [supply]);
  };
  for (const [material, row] of deliveries(world, nowMs))
    add(material, { lotId: String(row.id), atMs: (row.produced_at as Date).getTime() });
  for (const order of orders)
    if (order.endMs <= nowMs) add(order.product.id, { lotId: order.lotId, atMs: order.endMs });
  for (const list of supplies.values()) list.sort((a, b) => a.atMs - b.atMs);

  return orders
    .filter((order) => order.startMs <= nowMs && order.endMs >= sinceMs)
    .flatMap((order) =>
      order.product.inputs.flatMap((input, at) => {
        const ready = (supplies.get(input.of) ?? []).filter((supply) => supply.atMs <= order.startMs);
        // Two lots where the order is large enough to need a second.
        const count = hashKeys(world.seed, "link", order.id, at) % 3 === 0 ? 2 : 1;
        const used = ready.slice(-count);
        return used.map((supply, index): Row => ({
          id: `${order.lotId}-in-${at + 1}${index + 1}`,
          parent_lot_id: supply.lotId,
          child_lot_id: order.lotId,
          quantity: Math.round((order.quantity * input.per_piece * 100) / used.length) / 100,
        }));
      }),
    );
}

function* deliveries(world: World, nowMs: number): Generator<[string, Row]> {
  const { orders_days: days } = world.description.site.history;
  const offsetMs = world.offsetMinutes * 60_000;
  for (const material of world.description.materials) {
    const first = world.startedAt - (days + 10) * dayMs;
    for (let index = 0; ; index++) {
      const day = Math.floor((first + index * material.every_days * dayMs + offsetMs) / dayMs) * dayMs - offsetMs;
      const atMs = day + 9 * hourMs;
      if (atMs > nowMs) break;
      yield [
        material.id,
        {
          id: `${material.lot_prefix}-${dayStamp(world, atMs)}`,
          material: material.name,
          quantity: material.lot_quantity,
          unit: material.unit,
          equipment_id: null,
          job_order_id: null,
          supplier: material.supplier,
          status: "released",
          produced_at: new Date(atMs),
        },
      ];
    }
  }
}
