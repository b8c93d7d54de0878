import type { LotLink } from "../../plant/analysis/operations/genealogy.ts";
import { isBadStatus, isFailure } from "../../plant/analysis/operations/lot-quality.ts";
import type { Condition, RecordSetName, Row } from "../../plant/records.ts";
import { anyOf } from "../arguments/codes.ts";
import type { ToolContext } from "../tool.ts";

export type LotView = {
  lotId: string;
  material: string | null;
  quantity: number | null;
  unit: string | null;
  status: string | null;
  supplier: string | null;
  equipmentId: string | null;
  producedAt: string | null;
  jobOrderId: string | null;
  customer: string | null;
  orderStatus: string | null;
  /** Inspections on record and those not passed. */
  inspections: number;
  failed: number;
  /** Null: neither status nor inspections say. */
  bad: boolean | null;
};

/** Ids in one condition: enough for few round trips, within what databases take as parameters. */
const batch = 500;
const mostRows = 50_000;

/** Rows of a record set whose field is one of the ids, however many ids there are. */
export async function rowsOf(
  records: RecordSetName,
  field: string,
  ids: readonly string[],
  { mes, ctx }: ToolContext,
  where: Condition[] = [],
): Promise<Row[]> {
  const out: Row[] = [];
  for (let at = 0; at < ids.length; at += batch) {
    const condition = anyOf(field, ids.slice(at, at + batch));
    const { rows } = await mes.list({ records, where: [condition, ...where], limit: mostRows, timeZone: ctx.timeZone });
    out.push(...rows);
  }
  return out;
}

/** Links away from the lots in one direction. */
export async function linksOf(ids: string[], direction: "forward" | "back", context: ToolContext): Promise<LotLink[]> {
  const rows = await rowsOf("lot_links", direction === "forward" ? "parent_lot_id" : "child_lot_id", ids, context);
  return rows.flatMap((row) => {
    const [parent, child] = [text(row["parent_lot_id"]), text(row["child_lot_id"])];
    if (parent === null || child === null) return [];
    return [{ parent, child, quantity: number(row["quantity"]) }];
  });
}

/** What is on record of each lot: its own row, its order's customer, its inspections. */
export async function loadLots(ids: readonly string[], context: ToolContext): Promise<Map<string, LotView>> {
  const [lots, orders, inspected] = await Promise.all([
    rowsOf("lots", "id", ids, context),
    rowsOf("job_orders", "lot_id", ids, context),
    countInspections(ids, context),
  ]);
  const ownRow = new Map(lots.map((row) => [String(row["id"]), row]));
  const named = lots.flatMap((row) => text(row["job_order_id"]) ?? []);
  const byId = new Map(
    (await rowsOf("job_orders", "id", [...new Set(named)], context)).map((row) => [String(row["id"]), row]),
  );
  const orderOf = new Map(orders.map((row) => [String(row["lot_id"]), row]));
  return new Map(
    ids.map((lotId) => {
      const lot = ownRow.get(lotId) ?? {};
      const order = orderOf.get(lotId) ?? byId.get(text(lot["job_order_id"]) ?? "") ?? {};
      const { inspections, failed } = inspected.get(lotId) ?? { inspections: 0, failed: 0 };
      const status = isBadStatus(lot["status"]);
      const produced = lot["produced_at"] ?? order["ended_at"];
      return [
        lotId,
        {
          lotId,
          material: text(lot["material"]) ?? text(order["product"]),
          quantity: number(lot["quantity"]),
          unit: text(lot["unit"]),
          status: text(lot["status"]),
          supplier: text(lot["supplier"]),
          equipmentId: text(lot["equipment_id"]) ?? text(order["equipment_id"]),
          producedAt: produced instanceof Date ? produced.toISOString() : null,
          jobOrderId: text(lot["job_order_id"]) ?? text(order["id"]),
          customer: text(order["customer"]),
          orderStatus: text(order["status"]),
          inspections,
          failed,
          bad: status === true || failed > 0 ? true : (status ?? (inspections > 0 ? false : null)),
        },
      ];
    }),
  );
}

async function countInspections(ids: readonly string[], { mes, ctx }: ToolContext) {
  const out = new Map<string, { inspections: number; failed: number }>();
  for (let at = 0; at < ids.length; at += batch) {
    const { groups } = await mes.aggregate({
      records: "inspections",
      where: [anyOf("lot_id", ids.slice(at, at + batch))],
      timeZone: ctx.timeZone,
      measure: { kind: "count" },
      groupBy: [{ field: "lot_id" }, { field: "result" }],
      limit: mostRows,
    });
    for (const { key, value } of groups) {
      const entry = out.get(String(key[0])) ?? { inspections: 0, failed: 0 };
      entry.inspections += value ?? 0;
      if (isFailure(key[1])) entry.failed += value ?? 0;
      out.set(String(key[0]), entry);
    }
  }
  return out;
}

export const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
export const number = (value: unknown): number | null => (typeof value === "number" ? value : null);
