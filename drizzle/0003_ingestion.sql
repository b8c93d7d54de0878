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
  -- Where it was read from (empty: it came by a door), and by which version of reading and indexing.
  ADD COLUMN "file" text NOT NULL DEFAULT '',
  ADD COLUMN "pipeline" integer NOT NULL DEFAULT 0,
  -- Documents of one family are editions of the same work in one language: the newest of them is in force.
  ADD COLUMN "family" text NOT NULL DEFAULT '',
  ADD COLUMN "in_force" boolean NOT NULL DEFAULT true,
  -- Editions that it says it replaces: their ids, paths, file names or titles.
  ADD COLUMN "supersedes" text[] NOT NULL DEFAULT '{}',
  ADD COLUMN "unread_pages" integer NOT NULL DEFAULT 0,
  -- What a person set by hand, kept when the file is read again.
  ADD COLUMN "overrides" jsonb NOT NULL DEFAULT '{}';
--> statement-breakpoint
CREATE INDEX "documents_by_family" ON "documents" ("family");
--> statement-breakpoint
CREATE INDEX "documents_superseding" ON "documents" ("id") WHERE "supersedes" <> '{}';
--> statement-breakpoint
ALTER TABLE "documents" DROP CONSTRAINT "documents_trust_check",
  ADD CONSTRAINT "documents_trust_check" CHECK ("trust" IN ('approved', 'reviewed', 'manual', 'reference'));
--> statement-breakpoint
CREATE TABLE "ingest_jobs" (
  "id" text PRIMARY KEY,
  "kind" text NOT NULL CHECK ("kind" IN ('paths', 'upload', 'folder', 'reread')),
  "input" jsonb NOT NULL,
  "actor" jsonb NOT NULL,
  "state" text NOT NULL CHECK ("state" IN ('waiting', 'working', 'done', 'failed', 'cancelled')),
  "cancel_requested" boolean NOT NULL DEFAULT false,
  -- Which process works on it, and when that last said so: a silent one's job is taken over.
  "worker" text,
  "heartbeat_at" timestamptz,
  -- Its files are known from then on.
  "planned_at" timestamptz,
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
  "bytes" bigint NOT NULL DEFAULT 0,
  "verdict" text CHECK ("verdict" IN ('added', 'updated', 'unchanged', 'skipped', 'failed', 'removed')),
  "reason" text,
  "notices" text[] NOT NULL DEFAULT '{}',
  "document_id" text,
  "chunks" integer NOT NULL DEFAULT 0,
  "entries" integer NOT NULL DEFAULT 0,
  "pages" integer,
  "pages_done" integer NOT NULL DEFAULT 0,
  "unread_pages" integer NOT NULL DEFAULT 0,
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
-- Files of folders that are kept in step, as they were when last looked at: only what differs is opened again.
CREATE TABLE "kept_files" (
  "folder" text NOT NULL,
  "file" text NOT NULL,
  "bytes" bigint NOT NULL,
  "modified_ms" double precision NOT NULL,
  "job_id" text,
  PRIMARY KEY ("folder", "file")
);
--> statement-breakpoint
ALTER TABLE "alarm_entries" ADD COLUMN "sub_code" text;
--> statement-breakpoint
-- Vectors that are in no index yet: compared one by one, and moved into the index between questions, a few at a time.
CREATE TABLE "staged_embeddings" (
  "model_id" smallint NOT NULL REFERENCES "embedding_models" ("id") ON DELETE CASCADE,
  "chunk_id" integer NOT NULL REFERENCES "chunks" ("id") ON DELETE CASCADE,
  "embedding" vector NOT NULL,
  PRIMARY KEY ("chunk_id", "model_id")
);
--> statement-breakpoint
-- The space that answers questions; another one takes its place when it is whole.
ALTER TABLE "embedding_models" ADD COLUMN "serving" boolean NOT NULL DEFAULT false;
--> statement-breakpoint
UPDATE "embedding_models" SET "serving" = true WHERE "id" = (SELECT max("id") FROM "embedding_models");
--> statement-breakpoint
INSERT INTO "staged_embeddings" SELECT e."model_id", e."chunk_id", e."embedding"
  FROM "chunk_embeddings" e JOIN "embedding_models" m ON m."id" = e."model_id" WHERE NOT m."indexed";
--> statement-breakpoint
DELETE FROM "chunk_embeddings" WHERE "model_id" IN (SELECT "id" FROM "embedding_models" WHERE NOT "indexed");
