import { boolean, integer, jsonb, pgTable, primaryKey, text, timestamp, unique } from "drizzle-orm/pg-core";
import type { Actor } from "../../core/context.ts";
import type { Answer, Mode, RunEvent } from "../../core/run-event.ts";

// Conversation: a thread of turns. Run: one execution of a turn. Memory: what a follow-up question may lean on.

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

export type RunStatus = "queued" | "running" | "finished" | "failed" | "cancelled" | "interrupted";

export const conversations = pgTable("conversations", {
  id: text("id").primaryKey(),
  title: text("title").notNull(),
  actorId: text("actor_id").notNull(),
  door: text("door").notNull(),
  threadKey: text("thread_key").unique(),
  createdAt: instant("created_at").notNull(),
  updatedAt: instant("updated_at").notNull(),
});

export const runs = pgTable("runs", {
  id: text("id").primaryKey(),
  conversationId: text("conversation_id")
    .notNull()
    .references(() => conversations.id, { onDelete: "cascade" }),
  question: text("question").notNull(),
  equipmentHint: text("equipment_hint"),
  actor: jsonb("actor").$type<Actor>().notNull(),
  status: text("status").$type<RunStatus>().notNull(),
  mode: text("mode").$type<Mode>().notNull(),
  /** The chat service's event id or the client's Idempotency-Key: one question is run once. */
  dedupeKey: text("dedupe_key").unique(),
  cancelRequested: boolean("cancel_requested").notNull().default(false),
  leaseOwner: text("lease_owner"),
  leaseUntil: instant("lease_until"),
  attempt: integer("attempt").notNull().default(0),
  memory: jsonb("memory"),
  answer: jsonb("answer").$type<Answer>(),
  createdAt: instant("created_at").notNull(),
  startedAt: instant("started_at"),
  finishedAt: instant("finished_at"),
});

export const runEvents = pgTable(
  "run_events",
  {
    runId: text("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    seq: integer("seq").notNull(),
    at: instant("at").notNull(),
    event: jsonb("event").$type<RunEvent>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.seq] })],
);

export const feedback = pgTable(
  "feedback",
  {
    id: text("id").primaryKey(),
    runId: text("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    actorId: text("actor_id").notNull(),
    verdict: text("verdict").$type<"worked" | "did-not-work" | "helpful" | "not-helpful">().notNull(),
    comment: text("comment"),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [unique().on(table.runId, table.actorId)],
);
