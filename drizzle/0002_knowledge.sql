-- Not in 0000_core: plant and runs need no extension.
CREATE EXTENSION IF NOT EXISTS vector;
--> statement-breakpoint
CREATE TABLE "documents" (
  "id" text PRIMARY KEY,
  "path" text NOT NULL UNIQUE,
  "root" text NOT NULL,
  "title" text NOT NULL,
  "format" text NOT NULL,
  "kind" text NOT NULL,
  "language" text NOT NULL,
  "models" text[] NOT NULL DEFAULT '{}',
  "equipment_ids" text[] NOT NULL DEFAULT '{}',
  "revision" text,
  "date" date,
  "approved" boolean NOT NULL DEFAULT false,
  "translation_of" text,
  "trust" text NOT NULL CHECK ("trust" IN ('approved', 'reviewed', 'reference')),
  "audience" text[] NOT NULL DEFAULT '{}',
  "content_hash" text NOT NULL,
  "bytes" integer NOT NULL,
  "pages" integer,
  "first_chunk" integer NOT NULL,
  "chunk_count" integer NOT NULL,
  "entry_count" integer NOT NULL,
  "notices" text[] NOT NULL DEFAULT '{}',
  "ingested_at" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX "documents_by_model" ON "documents" USING gin ("models");
--> statement-breakpoint
CREATE TABLE "document_pages" (
  "document_id" text NOT NULL REFERENCES "documents" ("id") ON DELETE CASCADE,
  "number" integer NOT NULL,
  "starts_at" integer NOT NULL,
  "text" text NOT NULL,
  PRIMARY KEY ("document_id", "number")
);
--> statement-breakpoint
CREATE TABLE "chunks" (
  "id" integer PRIMARY KEY,
  "document_id" text NOT NULL REFERENCES "documents" ("id") ON DELETE CASCADE,
  "ordinal" integer NOT NULL,
  "headings" text[] NOT NULL,
  "kind" text NOT NULL,
  "text" text NOT NULL,
  "span_start" integer NOT NULL,
  "span_end" integer NOT NULL,
  "page" integer,
  "language" text NOT NULL,
  "safety" boolean NOT NULL DEFAULT false,
  UNIQUE ("document_id", "ordinal")
);
--> statement-breakpoint
CREATE TABLE "embedding_models" (
  "id" smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "name" text NOT NULL UNIQUE,
  "dimension" integer NOT NULL,
  "indexed" boolean NOT NULL DEFAULT false,
  "created_at" timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE TABLE "chunk_embeddings" (
  "model_id" smallint NOT NULL REFERENCES "embedding_models" ("id") ON DELETE CASCADE,
  "chunk_id" integer NOT NULL REFERENCES "chunks" ("id") ON DELETE CASCADE,
  "embedding" vector NOT NULL,
  PRIMARY KEY ("chunk_id", "model_id")
);
--> statement-breakpoint
CREATE TABLE "bm25_segments" (
  "id" integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "document_id" text,
  "chunks" integer NOT NULL,
  "tokens" bigint NOT NULL,
  "live" bytea
);
--> statement-breakpoint
CREATE TABLE "bm25_postings" (
  "term" text NOT NULL,
  "segment_id" integer NOT NULL REFERENCES "bm25_segments" ("id") ON DELETE CASCADE,
  "n" integer NOT NULL,
  "data" bytea NOT NULL,
  PRIMARY KEY ("term", "segment_id")
);
--> statement-breakpoint
CREATE INDEX "bm25_postings_by_segment" ON "bm25_postings" ("segment_id");
--> statement-breakpoint
CREATE TABLE "bm25_tombstones" (
  "chunk_id" integer PRIMARY KEY
);
--> statement-breakpoint
CREATE TABLE "knowledge_state" (
  "name" text PRIMARY KEY,
  "value" bigint NOT NULL
);
--> statement-breakpoint
INSERT INTO "knowledge_state" ("name", "value") VALUES ('next_chunk', 1), ('version', 1), ('settling', 0);
--> statement-breakpoint
CREATE TABLE "alarm_entries" (
  "id" integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "document_id" text NOT NULL REFERENCES "documents" ("id") ON DELETE CASCADE,
  "chunk_id" integer NOT NULL REFERENCES "chunks" ("id") ON DELETE CASCADE,
  "ordinal" integer NOT NULL,
  "kind" text NOT NULL CHECK ("kind" IN ('alarm', 'error', 'fault', 'warning', 'lamp', 'setting', 'option')),
  "code" text NOT NULL,
  "code_norm" text NOT NULL,
  "codes" text[] NOT NULL,
  "numbers" integer[] NOT NULL,
  "models" text[] NOT NULL,
  "message" text NOT NULL,
  "cause" text,
  "remedy" text,
  "severity" text,
  "unit" text,
  "source_shape" text NOT NULL CHECK ("source_shape" IN ('table', 'heading', 'list')),
  "text" text NOT NULL,
  "span_start" integer NOT NULL,
  "span_end" integer NOT NULL,
  "language" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "alarm_entries_by_codes" ON "alarm_entries" USING gin ("codes");
--> statement-breakpoint
CREATE INDEX "alarm_entries_by_numbers" ON "alarm_entries" USING gin ("numbers");
--> statement-breakpoint
CREATE INDEX "alarm_entries_by_document" ON "alarm_entries" ("document_id");
--> statement-breakpoint
CREATE INDEX "alarm_entries_by_chunk" ON "alarm_entries" ("chunk_id");
--> statement-breakpoint
CREATE TABLE "safety_spans" (
  "document_id" text NOT NULL REFERENCES "documents" ("id") ON DELETE CASCADE,
  "ordinal" integer NOT NULL,
  "chunk_id" integer NOT NULL REFERENCES "chunks" ("id") ON DELETE CASCADE,
  "topic" text NOT NULL CHECK ("topic" IN ('lockout', 'safeguard', 'warning')),
  "shape" text NOT NULL CHECK ("shape" IN ('warning', 'steps', 'paragraph')),
  "heading" text NOT NULL,
  "text" text NOT NULL,
  "span_start" integer NOT NULL,
  "span_end" integer NOT NULL,
  "language" text NOT NULL,
  PRIMARY KEY ("document_id", "ordinal")
);
--> statement-breakpoint
CREATE INDEX "safety_spans_by_chunk" ON "safety_spans" ("chunk_id");
--> statement-breakpoint
CREATE TABLE "cards" (
  "id" text PRIMARY KEY,
  "document_id" text NOT NULL UNIQUE REFERENCES "documents" ("id") ON DELETE CASCADE,
  "title" jsonb NOT NULL,
  "models" text[] NOT NULL DEFAULT '{}',
  "equipment_ids" text[] NOT NULL DEFAULT '{}',
  "component" text,
  "failure_mode" text,
  "alarms" text[] NOT NULL DEFAULT '{}',
  "alarm_norms" text[] NOT NULL DEFAULT '{}',
  "symptom" jsonb NOT NULL,
  "cue" jsonb,
  "claim" jsonb NOT NULL,
  "steps" jsonb NOT NULL,
  "avoid" jsonb,
  "applies_when" jsonb,
  "not_when" jsonb,
  "parts" text[] NOT NULL DEFAULT '{}',
  "corrects" jsonb,
  "expert" text NOT NULL,
  "recorded" date,
  "status" text NOT NULL,
  "review_due" date,
  "confidence" text,
  "evidence" jsonb,
  "body" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "glossary_terms" (
  "id" integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "document_id" text NOT NULL REFERENCES "documents" ("id") ON DELETE CASCADE,
  "ko" text NOT NULL,
  "en" text NOT NULL,
  "ko_aliases" text[] NOT NULL DEFAULT '{}',
  "en_aliases" text[] NOT NULL DEFAULT '{}',
  "domain" text NOT NULL,
  "note" text
);
