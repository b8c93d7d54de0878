import type { Row } from "../../records.ts";
import type { Characteristic } from "../description/production-schema.ts";
import { progressOf } from "../orders.ts";
import type { Order } from "../orders.ts";
import { defectsOf, measurementsOf } from "../quality.ts";
import type { World } from "../world.ts";

/** One order with its lot and inspections as they stand now. */
export function productionRows(
  world: World,
  order: Order,
  nowMs: number,
): { order: Row; lot: Row | null; inspections: Row[] } {
  const done = progressOf(order, nowMs);
  const started = order.startMs <= nowMs;
  const finished = order.endMs <= nowMs;
  const made = Math.round(order.quantity * done);
  const defects = started ? defectsOf(world, order, done) : [];
  const scrap = Math.min(
    made,
    defects.reduce((sum, each) => sum + each.count, 0),
  );
  const row: Row = {
    id: order.id,
    equipment_id: order.line.machine.id,
    product: order.product.name,
    customer: order.customer,
    lot_id: started ? order.lotId : null,
    status: finished ? "completed" : started ? "running" : "planned",
    quantity_planned: order.quantity,
    quantity_good: started ? made - scrap : 0,
    quantity_scrap: scrap,
    cycle_time_seconds: order.product.cycle_seconds,
    planned_start_at: new Date(order.plannedStartMs),
    planned_end_at: new Date(order.plannedEndMs),
    started_at: started ? new Date(order.startMs) : null,
    ended_at: finished ? new Date(order.endMs) : null,
    due_at: new Date(order.dueMs),
  };
  if (!started) return { order: row, lot: null, inspections: [] };
  const lot: Row = {
    id: order.lotId,
    material: order.product.name,
    quantity: made - scrap,
    unit: "개",
    equipment_id: order.line.machine.id,
    job_order_id: order.id,
    supplier: null,
    status: !finished ? "in process" : scrap > order.quantity * 0.05 ? "sorted" : "released",
    produced_at: finished ? new Date(order.endMs) : null,
  };
  return { order: row, lot, inspections: inspectionRows(world, order, nowMs, made, defects, finished) };
}

function inspectionRows(
  world: World,
  order: Order,
  nowMs: number,
  made: number,
  defects: { code: string; name: string; count: number }[],
  finished: boolean,
): Row[] {
  const inspector = world.description.people.find((person) => person.role.includes("품질"))?.name ?? null;
  const common = { equipment_id: order.line.machine.id, lot_id: order.lotId, product: order.product.name, inspector };
  const measured = measurementsOf(world, order, nowMs).flatMap(({ characteristic, subgroup, atMs, values }) =>
    values.map((value, at): Row => ({
      ...common,
      id: `${order.lotId}-${characteristic.name}-${subgroup}${at + 1}`,
      characteristic: characteristic.label,
      subgroup: `${order.lotId}-${subgroup}`,
      value,
      unit: characteristic.unit,
      lsl: characteristic.lsl ?? null,
      usl: characteristic.usl ?? null,
      target: characteristic.target,
      result: within(characteristic, value) ? "pass" : "fail",
      inspected_at: new Date(atMs),
    })),
  );
  if (!finished) return measured;
  const counted = (defects.length > 0 ? defects : [null]).map((defect, at): Row => ({
    ...common,
    id: `${order.lotId}-count-${at + 1}`,
    characteristic: "외관·치수 전수",
    sample_size: made,
    defects: defect?.count ?? 0,
    defect_code: defect?.code ?? null,
    defect: defect?.name ?? null,
    result: defect && defect.count > order.quantity * 0.03 ? "fail" : "pass",
    inspected_at: new Date(order.endMs + 20 * 60_000 > nowMs ? order.endMs : order.endMs + 20 * 60_000),
  }));
  return [...measured, ...counted];
}

function within(characteristic: Characteristic, value: number): boolean {
  return value >= (characteristic.lsl ?? -Infinity) && value <= (characteristic.usl ?? Infinity);
}
