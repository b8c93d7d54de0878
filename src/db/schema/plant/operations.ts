import { boolean, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, list, number, source } from "./columns.ts";

export const equipment = pgTable(
  "equipment",
  {
    source: source(),
    id: text("id").notNull(),
    name: text("name"),
    nameKo: text("name_ko"),
    aliases: list("aliases"),
    class: text("class"),
    model: text("model"),
    maker: text("maker"),
    level: text("level"),
    parentId: text("parent_id"),
    year: number("year"),
    criticality: text("criticality"),
  },
  (table) => [primaryKey({ columns: [table.source, table.id] }), index("equipment_by_parent_id").on(table.parentId)],
);

export const tags = pgTable(
  "tags",
  {
    source: source(),
    id: text("id").notNull(),
    equipmentId: text("equipment_id"),
    name: text("name"),
    nameKo: text("name_ko"),
    aliases: list("aliases"),
    unit: text("unit"),
    normalLow: number("normal_low"),
    normalHigh: number("normal_high"),
    alarmLow: number("alarm_low"),
    alarmHigh: number("alarm_high"),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.id] }),
    index("tags_by_id").on(table.id),
    index("tags_by_equipment").on(table.equipmentId),
  ],
);

export const events = pgTable(
  "events",
  {
    source: source(),
    id: text("id").notNull(),
    equipmentId: text("equipment_id"),
    group: text("group"),
    category: text("category"),
    code: text("code"),
    description: text("description"),
    severity: text("severity"),
    value: number("value"),
    lowerBound: number("lower_bound"),
    upperBound: number("upper_bound"),
    score: number("score"),
    startedAt: instant("started_at"),
    endedAt: instant("ended_at"),
    durationMinutes: number("duration_minutes"),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.id] }),
    index("events_by_equipment").on(table.equipmentId, table.startedAt),
    index("events_by_started_at").on(table.startedAt),
    index("events_by_code").on(table.code, table.startedAt),
  ],
);

export const downtimes = pgTable(
  "downtimes",
  {
    source: source(),
    id: text("id").notNull(),
    equipmentId: text("equipment_id"),
    reasonCode: text("reason_code"),
    reason: text("reason"),
    planned: boolean("planned"),
    startedAt: instant("started_at"),
    endedAt: instant("ended_at"),
    durationMinutes: number("duration_minutes"),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.id] }),
    index("downtimes_by_equipment").on(table.equipmentId, table.startedAt),
    index("downtimes_by_started_at").on(table.startedAt),
    index("downtimes_by_reason_code").on(table.reasonCode),
  ],
);

export const jobOrders = pgTable(
  "job_orders",
  {
    source: source(),
    id: text("id").notNull(),
    equipmentId: text("equipment_id"),
    product: text("product"),
    customer: text("customer"),
    lotId: text("lot_id"),
    status: text("status"),
    quantityPlanned: number("quantity_planned"),
    quantityGood: number("quantity_good"),
    quantityScrap: number("quantity_scrap"),
    cycleTimeSeconds: number("cycle_time_seconds"),
    plannedStartAt: instant("planned_start_at"),
    plannedEndAt: instant("planned_end_at"),
    startedAt: instant("started_at"),
    endedAt: instant("ended_at"),
    dueAt: instant("due_at"),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.id] }),
    index("job_orders_by_equipment").on(table.equipmentId, table.plannedStartAt),
    index("job_orders_by_planned_start_at").on(table.plannedStartAt),
    index("job_orders_by_lot_id").on(table.lotId),
  ],
);
