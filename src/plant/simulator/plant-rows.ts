import type { RecordSetName, Row } from "../records.ts";
import { ordersOf } from "./orders.ts";
import { downtimeRows } from "./rows/downtime-rows.ts";
import { eventRows } from "./rows/event-rows.ts";
import { codeMapRows, equipmentRows, failureCodeRows, partRows, peopleRows, tagRows } from "./rows/master-rows.ts";
import { lotLinkRows, materialLotRows } from "./rows/material-rows.ts";
import { productionRows } from "./rows/production-rows.ts";
import { workOrderRows } from "./rows/work-order-rows.ts";
import { dayMs, dayStart } from "./world.ts";
import type { World } from "./world.ts";

export type PlantRows = Partial<Record<RecordSetName, Row[]>>;

/** What does not change: hierarchy, tags, people, parts, codes. */
export function masterRows(world: World): PlantRows {
  const plant = world.description;
  return {
    equipment: equipmentRows(plant),
    tags: tagRows(plant),
    people: peopleRows(plant),
    parts: partRows(plant),
    failure_codes: failureCodeRows(plant),
    code_maps: codeMapRows(plant),
  };
}

/**
 * What happens, as it stands at a time. With `sinceMs`: without what was over a good while before it; numbers are the
 * same as in the whole.
 */
export function happeningRows(world: World, nowMs: number, sinceMs?: number): PlantRows {
  const orders = world.lines.flatMap((line) => ordersOf(world, line, nowMs));
  const recent = sinceMs === undefined ? orders : orders.filter((order) => order.endMs >= sinceMs);
  const produced = recent.map((order) => productionRows(world, order, nowMs));
  const fromMs =
    sinceMs === undefined ? world.historyStart : Math.max(world.historyStart, dayStart(world, sinceMs - 14 * dayMs));
  return {
    events: eventRows(world, nowMs, fromMs),
    work_orders: workOrderRows(world, nowMs, fromMs),
    downtimes: downtimeRows(world, orders, nowMs, fromMs),
    job_orders: produced.map((each) => each.order),
    lots: [...materialLotRows(world, nowMs), ...produced.flatMap((each) => (each.lot ? [each.lot] : []))],
    lot_links: lotLinkRows(world, orders, nowMs, sinceMs),
    inspections: produced.flatMap((each) => each.inspections),
  };
}
