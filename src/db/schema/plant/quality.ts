import { index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, number, source } from "./columns.ts";

export const lots = pgTable(
  "lots",
  {
    source: source(),
    id: text("id").notNull(),
    material: text("material"),
    quantity: number("quantity"),
    unit: text("unit"),
    equipmentId: text("equipment_id"),
    jobOrderId: text("job_order_id"),
    supplier: text("supplier"),
    status: text("status"),
    producedAt: instant("produced_at"),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.id] }),
    index("lots_by_equipment").on(table.equipmentId, table.producedAt),
    index("lots_by_produced_at").on(table.producedAt),
    index("lots_by_job_order_id").on(table.jobOrderId),
  ],
);

export const lotLinks = pgTable(
  "lot_links",
  {
    source: source(),
    id: text("id").notNull(),
    parentLotId: text("parent_lot_id"),
    childLotId: text("child_lot_id"),
    quantity: number("quantity"),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.id] }),
    index("lot_links_by_parent_lot_id").on(table.parentLotId),
    index("lot_links_by_child_lot_id").on(table.childLotId),
  ],
);

export const inspections = pgTable(
  "inspections",
  {
    source: source(),
    id: text("id").notNull(),
    equipmentId: text("equipment_id"),
    lotId: text("lot_id"),
    product: text("product"),
    characteristic: text("characteristic"),
    subgroup: text("subgroup"),
    value: number("value"),
    unit: text("unit"),
    lsl: number("lsl"),
    usl: number("usl"),
    target: number("target"),
    sampleSize: number("sample_size"),
    defects: number("defects"),
    defectCode: text("defect_code"),
    defect: text("defect"),
    result: text("result"),
    inspector: text("inspector"),
    inspectedAt: instant("inspected_at"),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.id] }),
    index("inspections_by_equipment").on(table.equipmentId, table.inspectedAt),
    index("inspections_by_inspected_at").on(table.inspectedAt),
    index("inspections_by_lot_id").on(table.lotId),
    index("inspections_by_defect_code").on(table.defectCode),
  ],
);
