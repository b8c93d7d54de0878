import { bigserial, boolean, integer, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { runs } from "./conversations.ts";
import type { Proposal } from "../../core/run-event.ts";

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** An action waiting for a person's approval of its exact text. */
export const proposals = pgTable("proposals", {
  id: text("id").primaryKey(),
  runId: text("run_id").references(() => runs.id, { onDelete: "set null" }),
  kind: text("kind").$type<Proposal["kind"]>().notNull(),
  equipmentId: text("equipment_id"),
  text: text("text").notNull(),
  payload: jsonb("payload").notNull(),
  status: text("status").$type<Proposal["status"]>().notNull(),
  createdBy: text("created_by").notNull(),
  createdAt: instant("created_at").notNull(),
  decidedBy: text("decided_by"),
  decidedAt: instant("decided_at"),
  reason: text("reason"),
  recordId: text("record_id"),
});

export const qualityHolds = pgTable("quality_holds", {
  id: text("id").primaryKey(),
  proposalId: text("proposal_id")
    .notNull()
    .unique()
    .references(() => proposals.id),
  equipmentId: text("equipment_id"),
  lotIds: text("lot_ids").array().notNull(),
  reason: text("reason").notNull(),
  createdBy: text("created_by").notNull(),
  createdAt: instant("created_at").notNull(),
  releasedAt: instant("released_at"),
});

/** What left the plant and what was kept from leaving. */
export const egressLog = pgTable("egress_log", {
  id: bigserial("id", { mode: "number" }).primaryKey(),
  at: instant("at").notNull(),
  host: text("host").notNull(),
  purpose: text("purpose").notNull(),
  allowed: boolean("allowed").notNull(),
  bytesOut: integer("bytes_out").notNull(),
  runId: text("run_id"),
});

export const settings = pgTable("settings", {
  key: text("key").primaryKey(),
  value: jsonb("value").notNull(),
  updatedAt: instant("updated_at").notNull(),
});
