import type { Row } from "../../records.ts";
import type { Order } from "../orders.ts";
import { minuteMs } from "../world.ts";
import type { World } from "../world.ts";
import { numberByDay } from "./numbering.ts";

/** Stops until now with their reasons, changeovers between orders included; one that lasts has no end. */
export function downtimeRows(world: World, orders: Order[], nowMs: number, fromMs = world.historyStart): Row[] {
  const stops = [
    ...world.lines.flatMap((line) => line.stops.map((stop) => ({ machine: line.machine.id, stop }))),
    ...orders.flatMap((order) => (order.setup ? [{ machine: order.line.machine.id, stop: order.setup }] : [])),
  ].filter(({ stop }) => stop.startMs <= nowMs && stop.startMs >= fromMs);
  return numberByDay(world, "ST", stops, ({ machine, stop }) => ({ atMs: stop.startMs, key: machine + stop.code })).map(
    ({ id, record: { machine, stop } }): Row => {
      const reason = world.description.stop_reasons.find((each) => each.code === stop.code);
      const over = stop.endMs <= nowMs;
      return {
        id,
        equipment_id: machine,
        reason_code: stop.code,
        reason: reason?.name ?? stop.code,
        planned: reason?.planned ?? false,
        started_at: new Date(stop.startMs),
        ended_at: over ? new Date(stop.endMs) : null,
        duration_minutes: over ? Math.round((stop.endMs - stop.startMs) / minuteMs) : null,
      };
    },
  );
}
