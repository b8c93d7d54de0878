CREATE TABLE "conversations" (
  "id" text PRIMARY KEY,
  "title" text NOT NULL,
  "actor_id" text NOT NULL,
  "door" text NOT NULL,
  "thread_key" text UNIQUE,
  "created_at" timestamptz NOT NULL,
  "updated_at" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX "conversations_by_actor" ON "conversations" ("actor_id", "updated_at" DESC);
--> statement-breakpoint
CREATE TABLE "runs" (
  "id" text PRIMARY KEY,
  "conversation_id" text NOT NULL REFERENCES "conversations" ("id") ON DELETE CASCADE,
  "question" text NOT NULL,
  "equipment_hint" text,
  "actor" jsonb NOT NULL,
  "status" text NOT NULL CHECK ("status" IN ('queued', 'running', 'finished', 'failed', 'cancelled', 'interrupted')),
  "mode" text NOT NULL CHECK ("mode" IN ('model', 'extractive')),
  "dedupe_key" text UNIQUE,
  "cancel_requested" boolean NOT NULL DEFAULT false,
  "lease_owner" text,
  "lease_until" timestamptz,
  "attempt" integer NOT NULL DEFAULT 0,
  "memory" jsonb,
  "answer" jsonb,
  "created_at" timestamptz NOT NULL,
  "started_at" timestamptz,
  "finished_at" timestamptz
);
--> statement-breakpoint
CREATE INDEX "runs_by_conversation" ON "runs" ("conversation_id", "created_at");
--> statement-breakpoint
CREATE INDEX "runs_open" ON "runs" ("status", "lease_until") WHERE "status" IN ('queued', 'running');
--> statement-breakpoint
CREATE TABLE "run_events" (
  "run_id" text NOT NULL REFERENCES "runs" ("id") ON DELETE CASCADE,
  "seq" integer NOT NULL,
  "at" timestamptz NOT NULL,
  "event" jsonb NOT NULL,
  PRIMARY KEY ("run_id", "seq")
);
--> statement-breakpoint
CREATE TABLE "proposals" (
  "id" text PRIMARY KEY,
  "run_id" text REFERENCES "runs" ("id") ON DELETE SET NULL,
  "kind" text NOT NULL CHECK ("kind" IN ('work-order', 'quality-hold')),
  "equipment_id" text,
  "text" text NOT NULL,
  "payload" jsonb NOT NULL,
  "status" text NOT NULL CHECK ("status" IN ('pending', 'approved', 'rejected', 'expired')),
  "created_by" text NOT NULL,
  "created_at" timestamptz NOT NULL,
  "decided_by" text,
  "decided_at" timestamptz,
  "reason" text,
  "record_id" text
);
--> statement-breakpoint
CREATE INDEX "proposals_by_status" ON "proposals" ("status", "created_at" DESC);
--> statement-breakpoint
CREATE UNIQUE INDEX "proposals_by_run_and_text" ON "proposals" ("run_id", "kind", md5("text")) WHERE "run_id" IS NOT NULL;
--> statement-breakpoint
CREATE TABLE "quality_holds" (
  "id" text PRIMARY KEY,
  "proposal_id" text NOT NULL UNIQUE REFERENCES "proposals" ("id"),
  "equipment_id" text,
  "lot_ids" text[] NOT NULL,
  "reason" text NOT NULL,
  "created_by" text NOT NULL,
  "created_at" timestamptz NOT NULL,
  "released_at" timestamptz
);
--> statement-breakpoint
CREATE TABLE "feedback" (
  "id" text PRIMARY KEY,
  "run_id" text NOT NULL REFERENCES "runs" ("id") ON DELETE CASCADE,
  "actor_id" text NOT NULL,
  "verdict" text NOT NULL CHECK ("verdict" IN ('worked', 'did-not-work', 'helpful', 'not-helpful')),
  "comment" text,
  "created_at" timestamptz NOT NULL,
  UNIQUE ("run_id", "actor_id")
);
--> statement-breakpoint
CREATE TABLE "egress_log" (
  "id" bigserial PRIMARY KEY,
  "at" timestamptz NOT NULL,
  "host" text NOT NULL,
  "purpose" text NOT NULL,
  "allowed" boolean NOT NULL,
  "bytes_out" integer NOT NULL,
  "run_id" text
);
--> statement-breakpoint
CREATE TABLE "settings" (
  "key" text PRIMARY KEY,
  "value" jsonb NOT NULL,
  "updated_at" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
  "seq" bigserial PRIMARY KEY,
  "at" timestamptz NOT NULL,
  "actor" text NOT NULL,
  "door" text NOT NULL,
  "action" text NOT NULL,
  "entity" text NOT NULL,
  "entity_id" text NOT NULL,
  "details" jsonb NOT NULL,
  "previous_hash" text NOT NULL UNIQUE,
  "hash" text NOT NULL UNIQUE
);
--> statement-breakpoint
CREATE INDEX "audit_entries_by_entity" ON "audit_entries" ("entity", "entity_id", "seq");
--> statement-breakpoint
CREATE INDEX "audit_entries_by_time" ON "audit_entries" ("at");
