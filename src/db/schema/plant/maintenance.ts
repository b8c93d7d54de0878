import { boolean, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, list, number, source } from "./columns.ts";

export const workOrders = pgTable(
  "work_orders",
  {
    source: source(),
    id: text("id").notNull(),
    equipmentId: text("equipment_id"),
    description: text("description"),
    preventive: boolean("preventive"),
    status: text("status"),
    priority: number("priority"),
    primaryCode: text("primary_code"),
    primaryCodeDescription: text("primary_code_description"),
    secondaryCode: text("secondary_code"),
    secondaryCodeDescription: text("secondary_code_description"),
    component: text("component"),
    alarmCode: text("alarm_code"),
    technician: text("technician"),
    cause: text("cause"),
    remedy: text("remedy"),
    parts: list("parts"),
    openedAt: instant("opened_at"),
    finishedAt: instant("finished_at"),
    durationMinutes: number("duration_minutes"),
    laborMinutes: number("labor_minutes"),
    /** The approved proposal that wrote the row; null for rows of an import. Not a field of the catalogue. */
    proposalId: text("proposal_id").unique(),
    requestedBy: text("requested_by"),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.id] }),
    index("work_orders_by_equipment").on(table.equipmentId, table.finishedAt),
    index("work_orders_by_finished_at").on(table.finishedAt),
    index("work_orders_by_primary_code").on(table.primaryCode),
    index("work_orders_by_alarm_code").on(table.alarmCode),
  ],
);

export const failureCodes = pgTable(
  "failure_codes",
  {
    source: source(),
    id: text("id").notNull(),
    description: text("description"),
    parentCode: text("parent_code"),
    category: text("category"),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.id] }),
    index("failure_codes_by_parent_code").on(table.parentCode),
  ],
);

export const codeMaps = pgTable(
  "code_maps",
  {
    source: source(),
    id: text("id").notNull(),
    fromCode: text("from_code"),
    fromDescription: text("from_description"),
    condition: text("condition"),
    toCode: text("to_code"),
    toDescription: text("to_description"),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.id] }),
    index("code_maps_by_from_code").on(table.fromCode),
    index("code_maps_by_to_code").on(table.toCode),
  ],
);

export const parts = pgTable(
  "parts",
  {
    source: source(),
    id: text("id").notNull(),
    name: text("name"),
    nameKo: text("name_ko"),
    models: list("models"),
    onHand: number("on_hand"),
    minimum: number("minimum"),
    location: text("location"),
    leadTimeDays: number("lead_time_days"),
    supplier: text("supplier"),
  },
  (table) => [primaryKey({ columns: [table.source, table.id] })],
);

export const people = pgTable(
  "people",
  {
    source: source(),
    id: text("id").notNull(),
    name: text("name"),
    role: text("role"),
    skills: list("skills"),
    phone: text("phone"),
    leavesAt: instant("leaves_at"),
  },
  (table) => [primaryKey({ columns: [table.source, table.id] })],
);
