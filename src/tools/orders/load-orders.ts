import type { Row } from "../../plant/records.ts";
import type { ToolContext } from "../tool.ts";
import type { PlannedOrder } from "./plan-outage.ts";

export type OpenOrder = PlannedOrder & {
  product: string | null;
  customer: string | null;
  quantity: number | null;
  row: Row;
};

/** Running and coming orders of a machine. Those cancelled or closed without an end are left out. */
export async function loadOpenOrders(equipmentId: string, { mes, ctx }: ToolContext): Promise<OpenOrder[]> {
  const { rows } = await mes.list({
    records: "job_orders",
    where: [
      { field: "equipment_id", op: "eq", value: equipmentId },
      { field: "ended_at", op: "is_null" },
    ],
    orderBy: [{ field: "planned_start_at", direction: "asc" }],
    limit: 500,
    timeZone: ctx.timeZone,
  });
  const now = ctx.now().getTime();
  return rows
    .filter((row) => !/cancel|closed|complete|finished|취소|완료|마감/i.test(String(row["status"] ?? "")))
    .map((row) => toOrder(row, now));
}

function toOrder(row: Row, now: number): OpenOrder {
  const time = (name: string): number | null => (row[name] instanceof Date ? row[name].getTime() : null);
  const number = (name: string): number | null => (typeof row[name] === "number" ? row[name] : null);
  const text = (name: string): string | null => (typeof row[name] === "string" ? row[name] : null);
  const running = row["started_at"] instanceof Date;
  const [start, end] = [time("planned_start_at"), time("planned_end_at")];
  const [quantity, good, cycle] = [number("quantity_planned"), number("quantity_good"), number("cycle_time_seconds")];
  const byPieces =
    quantity !== null && cycle !== null ? Math.max(0, quantity - (running ? (good ?? 0) : 0)) * cycle * 1000 : null;
  const byPlan = end === null ? null : Math.max(0, end - (running ? now : (start ?? end)));
  // A running order's pieces tell better than its plan how much is left, once some are counted.
  const remaining = running
    ? good !== null && good > 0
      ? (byPieces ?? byPlan)
      : (byPlan ?? byPieces)
    : (byPlan ?? byPieces);
  return {
    id: String(row["id"]),
    running,
    plannedStart: start ?? now,
    remaining: remaining ?? 0,
    due: time("due_at"),
    product: text("product"),
    customer: text("customer"),
    quantity,
    row,
  };
}
