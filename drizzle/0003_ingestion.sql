ALTER TABLE "document_pages"
  ADD COLUMN "origin" text NOT NULL DEFAULT 'text' CHECK ("origin" IN ('text', 'ocr', 'unread')),
  ADD COLUMN "width" real,
  ADD COLUMN "height" real,
  ADD COLUMN "lines" jsonb NOT NULL DEFAULT '[]';
--> statement-breakpoint
-- Files as they came, in parts, where a page is shown as a picture or an upload waits to be read.
CREATE TABLE "stored_files" (
  "id" text PRIMARY KEY,
  "bytes" bigint NOT NULL,
  "created_at" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stored_file_parts" (
  "file_id" text NOT NULL REFERENCES "stored_files" ("id") ON DELETE CASCADE,
  "part" integer NOT NULL,
  "data" bytea NOT NULL,
  PRIMARY KEY ("file_id", "part")
);
--> statement-breakpoint
ALTER TABLE "documents"
  ADD COLUMN "original" text REFERENCES "stored_files" ("id"),
  ADD COLUMN "reads" jsonb NOT NULL DEFAULT '[]',
  -- Documents of one family are editions of the same work in one language: the newest of them is in force.
  ADD COLUMN "family" text NOT NULL DEFAULT '',
  ADD COLUMN "in_force" boolean NOT NULL DEFAULT true,
  ADD COLUMN "unread_pages" integer NOT NULL DEFAULT 0,
  -- What a person set by hand, kept when the file is read again.
  ADD COLUMN "overrides" jsonb NOT NULL DEFAULT '{}';
--> statement-breakpoint
CREATE INDEX "documents_by_family" ON "documents" ("family");
--> statement-breakpoint
CREATE TABLE "ingest_jobs" (
  "id" text PRIMARY KEY,
  "kind" text NOT NULL CHECK ("kind" IN ('paths', 'upload', 'folder')),
  "input" jsonb NOT NULL,
  "actor" jsonb NOT NULL,
  "state" text NOT NULL CHECK ("state" IN ('waiting', 'working', 'done', 'failed', 'cancelled')),
  "cancel_requested" boolean NOT NULL DEFAULT false,
  "error" text,
  "created_at" timestamptz NOT NULL,
  "started_at" timestamptz,
  "finished_at" timestamptz
);
--> statement-breakpoint
CREATE TABLE "ingest_files" (
  "job_id" text NOT NULL REFERENCES "ingest_jobs" ("id") ON DELETE CASCADE,
  "ordinal" integer NOT NULL,
  "path" text NOT NULL,
  "root" text NOT NULL,
  "file" text NOT NULL,
  "stored_file" text REFERENCES "stored_files" ("id"),
  "verdict" text CHECK ("verdict" IN ('added', 'updated', 'unchanged', 'skipped', 'failed', 'removed')),
  "reason" text,
  "notices" text[] NOT NULL DEFAULT '{}',
  "document_id" text,
  "chunks" integer NOT NULL DEFAULT 0,
  "entries" integer NOT NULL DEFAULT 0,
  "pages" integer,
  "pages_done" integer NOT NULL DEFAULT 0,
  PRIMARY KEY ("job_id", "ordinal")
);
--> statement-breakpoint
-- Pages of a long file that were read before all of them were.
CREATE TABLE "ingest_pages" (
  "content_hash" text NOT NULL,
  "number" integer NOT NULL,
  "page" jsonb NOT NULL,
  "read_at" timestamptz NOT NULL,
  PRIMARY KEY ("content_hash", "number")
);
--> statement-breakpoint
ALTER TABLE "alarm_entries" ADD COLUMN "sub_code" text;
