import { bigserial, index, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** One link of the audit chain: `hash` covers `previousHash` and every other column but `seq`. */
export const auditEntries = pgTable(
  "audit_entries",
  {
    seq: bigserial("seq", { mode: "number" }).primaryKey(),
    at: timestamp("at", { withTimezone: true, mode: "date" }).notNull(),
    actor: text("actor").notNull(),
    door: text("door").notNull(),
    action: text("action").notNull(),
    entity: text("entity").notNull(),
    entityId: text("entity_id").notNull(),
    details: jsonb("details").$type<Record<string, unknown>>().notNull(),
    /** Unique, so that two entries can never follow the same one. */
    previousHash: text("previous_hash").notNull().unique(),
    hash: text("hash").notNull().unique(),
  },
  (table) => [
    index("audit_entries_by_entity").on(table.entity, table.entityId, table.seq),
    index("audit_entries_by_time").on(table.at),
  ],
);
