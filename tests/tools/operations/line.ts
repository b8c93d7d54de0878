import type { Language } from "../../../src/core/context.ts";
import type { Row } from "../../../src/plant/records.ts";
import type { Tag } from "../../../src/plant/sensor-store.ts";
import { createMemorySensorStore } from "../../../src/plant/sensors/memory-sensor-store.ts";
import { openPlant, plantRecords, tags } from "../plant.ts";

// Two mills with a made-up October 2026 and November 2026, in Seoul (UTC+9); every figure can be checked by hand.

export const time = (text: string): Date => new Date(`${text}:00+09:00`);

export function order(id: string, from: string, to: string | null, row: Row = {}): Row {
  return {
    source: "sample",
    id,
    equipment_id: "MILL-01",
    product: "BR-1",
    lot_id: `LOT-${id}`,
    status: to === null ? "running" : "completed",
    started_at: time(from),
    ended_at: to === null ? null : time(to),
    planned_start_at: time(from),
    quantity_good: 0,
    quantity_scrap: 0,
    cycle_time_seconds: 60,
    ...row,
  };
}

export function stop(id: string, from: string, to: string | null, row: Row = {}): Row {
  return {
    source: "sample",
    id,
    equipment_id: "MILL-01",
    reason_code: "BRK",
    reason: "설비 고장",
    planned: false,
    started_at: time(from),
    ended_at: to === null ? null : time(to),
    ...row,
  };
}

export function openLine(rows: Record<string, Row[]>, language: Language = "ko", more: Tag[] = []) {
  const records = plantRecords();
  Object.assign(
    records.records,
    { job_orders: [], downtimes: [], lots: [], lot_links: [], inspections: [], events: [] },
    rows,
  );
  const plant = openPlant({ records, language });
  const sensors = createMemorySensorStore([...tags, ...more]);
  plant.context.sensors = sensors;
  return { ...plant, sensors };
}

export const powerTag: Tag = {
  id: "MILL-01.energy",
  equipmentId: "MILL-01",
  name: "Energy",
  nameKo: "전력량",
  aliases: [],
  unit: "kWh",
  normalLow: null,
  normalHigh: null,
  alarmLow: null,
  alarmHigh: null,
  source: "sample",
};
