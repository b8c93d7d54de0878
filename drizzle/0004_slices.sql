-- Body: what was read of a document at one time: its pages, passages, entries, safety text and vectors. It is written
-- and removed a little at a time; while it stands here, it is not yet, or no longer, part of any document.
CREATE SEQUENCE "body_numbers" AS integer;
--> statement-breakpoint
CREATE TABLE "unseen_bodies" (
  "body" integer PRIMARY KEY DEFAULT nextval('body_numbers'),
  "document_id" text NOT NULL,
  "first_chunk" integer NOT NULL,
  "chunks" integer NOT NULL,
  "since" timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "body" integer NOT NULL UNIQUE DEFAULT nextval('body_numbers');
--> statement-breakpoint
ALTER TABLE "document_pages" RENAME TO "all_document_pages";
--> statement-breakpoint
ALTER TABLE "chunks" RENAME TO "all_chunks";
--> statement-breakpoint
ALTER TABLE "alarm_entries" RENAME TO "all_alarm_entries";
--> statement-breakpoint
ALTER TABLE "safety_spans" RENAME TO "all_safety_spans";
--> statement-breakpoint
ALTER TABLE "all_document_pages" ADD COLUMN "body" integer NOT NULL DEFAULT 0,
  DROP CONSTRAINT "document_pages_document_id_fkey";
--> statement-breakpoint
ALTER TABLE "all_chunks" ADD COLUMN "body" integer NOT NULL DEFAULT 0, DROP CONSTRAINT "chunks_document_id_fkey";
--> statement-breakpoint
ALTER TABLE "all_alarm_entries" ADD COLUMN "body" integer NOT NULL DEFAULT 0,
  DROP CONSTRAINT "alarm_entries_document_id_fkey";
--> statement-breakpoint
ALTER TABLE "all_safety_spans" ADD COLUMN "body" integer NOT NULL DEFAULT 0,
  DROP CONSTRAINT "safety_spans_document_id_fkey";
--> statement-breakpoint
UPDATE "all_document_pages" p SET "body" = d."body" FROM "documents" d WHERE d."id" = p."document_id";
--> statement-breakpoint
UPDATE "all_chunks" c SET "body" = d."body" FROM "documents" d WHERE d."id" = c."document_id";
--> statement-breakpoint
UPDATE "all_alarm_entries" a SET "body" = d."body" FROM "documents" d WHERE d."id" = a."document_id";
--> statement-breakpoint
UPDATE "all_safety_spans" s SET "body" = d."body" FROM "documents" d WHERE d."id" = s."document_id";
--> statement-breakpoint
ALTER TABLE "all_document_pages" DROP CONSTRAINT "document_pages_pkey", ADD PRIMARY KEY ("document_id", "number", "body");
--> statement-breakpoint
ALTER TABLE "all_chunks" DROP CONSTRAINT "chunks_document_id_ordinal_key", ADD UNIQUE ("document_id", "ordinal", "body");
--> statement-breakpoint
ALTER TABLE "all_safety_spans" DROP CONSTRAINT "safety_spans_pkey", ADD PRIMARY KEY ("document_id", "ordinal", "body");
--> statement-breakpoint
-- Under the old names stands what a reader may see. Written as what is left out, which is nothing nearly always: the
-- planner takes it for little.
CREATE VIEW "document_pages" AS
  SELECT "document_id", "number", "starts_at", "text", "origin", "width", "height", "lines" FROM "all_document_pages"
  WHERE NOT "body" <@ (SELECT coalesce(range_agg(int4range(u."body", u."body" + 1)), '{}') FROM "unseen_bodies" u);
--> statement-breakpoint
CREATE VIEW "chunks" AS
  SELECT "id", "document_id", "ordinal", "headings", "kind", "text", "span_start", "span_end", "page", "language", "safety"
  FROM "all_chunks"
  WHERE NOT "body" <@ (SELECT coalesce(range_agg(int4range(u."body", u."body" + 1)), '{}') FROM "unseen_bodies" u);
--> statement-breakpoint
CREATE VIEW "alarm_entries" AS
  SELECT "id", "document_id", "chunk_id", "ordinal", "kind", "code", "code_norm", "codes", "numbers", "models", "message",
         "cause", "remedy", "severity", "unit", "source_shape", "text", "span_start", "span_end", "language", "sub_code"
  FROM "all_alarm_entries"
  WHERE NOT "body" <@ (SELECT coalesce(range_agg(int4range(u."body", u."body" + 1)), '{}') FROM "unseen_bodies" u);
--> statement-breakpoint
CREATE VIEW "safety_spans" AS
  SELECT "document_id", "ordinal", "chunk_id", "topic", "shape", "heading", "text", "span_start", "span_end", "language"
  FROM "all_safety_spans"
  WHERE NOT "body" <@ (SELECT coalesce(range_agg(int4range(u."body", u."body" + 1)), '{}') FROM "unseen_bodies" u);
--> statement-breakpoint
-- Segments are written and removed a little at a time as well: a live one (of one body) and a packed one.
ALTER TABLE "bm25_segments" RENAME TO "all_bm25_segments";
--> statement-breakpoint
ALTER TABLE "bm25_postings" RENAME TO "all_bm25_postings";
--> statement-breakpoint
ALTER TABLE "all_bm25_segments" ADD COLUMN "body" integer, ADD COLUMN "seen" boolean NOT NULL DEFAULT true;
--> statement-breakpoint
UPDATE "all_bm25_segments" s SET "body" = d."body" FROM "documents" d WHERE d."id" = s."document_id";
--> statement-breakpoint
ALTER TABLE "all_bm25_segments" DROP COLUMN "document_id";
--> statement-breakpoint
CREATE VIEW "bm25_segments" AS SELECT "id", "chunks", "tokens", "live", "body" FROM "all_bm25_segments" WHERE "seen";
--> statement-breakpoint
CREATE VIEW "bm25_postings" AS
  SELECT "term", "segment_id", "n", "data" FROM "all_bm25_postings"
  WHERE NOT "segment_id" <@ (SELECT coalesce(range_agg(int4range(s."id", s."id" + 1)), '{}') FROM "all_bm25_segments" s
    WHERE NOT s."seen");
--> statement-breakpoint
DELETE FROM "knowledge_state" WHERE "name" = 'settling';
--> statement-breakpoint
-- Nobody looks into a staged page: as plain text, uncompressed, it is written in a tenth of the time.
ALTER TABLE "ingest_pages" ALTER COLUMN "page" TYPE text, ALTER COLUMN "page" SET STORAGE EXTERNAL;
