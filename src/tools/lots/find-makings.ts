import type { Condition, Row } from "../../plant/records.ts";
import { nameCondition } from "../arguments/codes.ts";
import { machinesCondition, type Machines } from "../arguments/equipment.ts";
import type { ToolContext } from "../tool.ts";
import { number, rowsOf, text } from "./load-lots.ts";

/** How a lot was made: by which order, where, when. Times are null where only the lot itself is on record. */
export type Making = {
  lotId: string;
  equipmentId: string | null;
  product: string | null;
  from: Date | null;
  to: Date | null;
  good: number | null;
  scrap: number | null;
};
export type MadeWhere = { machines: Machines | null; product: string | undefined };
/** Lots made in [from, to), or those named. */
export type MadeWhich = { from: Date; to: Date } | { lotIds: string[] };

/** Sensors are summarized for each lot: beyond this many it would take too long. */
const mostLots = 300;

/**
 * Lots of finished orders, newest first, each once: by the order's lot, else by the lot's order; where there are no such
 * orders, the lots by when they were produced. `left`: how many more there are.
 */
export async function findMakings(
  where: MadeWhere,
  which: MadeWhich,
  context: ToolContext,
): Promise<{ makings: Making[]; left: number }> {
  const ended: Condition[] = [
    ...machinesCondition(where.machines),
    ...(await nameCondition("job_orders", "product", where.product, context)),
    { field: "started_at", op: "not_null" },
    ...within("ended_at", "lot_id", which),
  ];
  const orders = await newest("job_orders", "ended_at", ended, context);
  const open = orders.rows.filter((row) => text(row["lot_id"]) === null).map((row) => String(row["id"]));
  const lotsOf = Map.groupBy(await rowsOf("lots", "job_order_id", open, context), (row) => String(row["job_order_id"]));
  const ofOrders = orders.rows.flatMap((row) => {
    const own = text(row["lot_id"]);
    const ids = own === null ? (lotsOf.get(String(row["id"])) ?? []).map((lot) => String(lot["id"])) : [own];
    return ids.map((lotId) => fromOrder(row, lotId));
  });
  if (ofOrders.length > 0) return { makings: onceEach(ofOrders), left: orders.left };
  const produced: Condition[] = [
    ...machinesCondition(where.machines),
    ...(await nameCondition("lots", "material", where.product, context)),
    ...within("produced_at", "id", which),
  ];
  const lots = await newest("lots", "produced_at", produced, context);
  return { makings: lots.rows.map(fromLot), left: lots.left };
}

function within(time: string, id: string, which: MadeWhich): Condition[] {
  if ("lotIds" in which)
    return [
      { field: time, op: "not_null" },
      { field: id, op: "in", value: which.lotIds },
    ];
  return [
    { field: time, op: "gte", value: which.from },
    { field: time, op: "lt", value: which.to },
  ];
}

async function newest(records: "job_orders" | "lots", time: string, where: Condition[], { mes, ctx }: ToolContext) {
  const orderBy = [{ field: time, direction: "desc" as const }];
  const { rows, total } = await mes.list({ records, where, orderBy, limit: mostLots, timeZone: ctx.timeZone });
  return { rows, left: total - rows.length };
}

function fromOrder(row: Row, lotId: string): Making {
  const [from, to] = [row["started_at"], row["ended_at"]];
  const timed = from instanceof Date && to instanceof Date && to > from;
  return {
    lotId,
    equipmentId: text(row["equipment_id"]),
    product: text(row["product"]),
    from: timed ? from : null,
    to: timed ? to : null,
    good: number(row["quantity_good"]),
    scrap: number(row["quantity_scrap"]),
  };
}

function fromLot(row: Row): Making {
  const made = { lotId: String(row["id"]), equipmentId: text(row["equipment_id"]), product: text(row["material"]) };
  return { ...made, from: null, to: null, good: null, scrap: null };
}

function onceEach(makings: Making[]): Making[] {
  return [...new Map(makings.toReversed().map((one) => [one.lotId, one])).values()].toReversed();
}
