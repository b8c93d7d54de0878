-- Readings that were uncertain are among those counted and summed up, bad ones are not.
ALTER TABLE "reading_blocks"
  ADD COLUMN "uncertain" integer NOT NULL DEFAULT 0,
  ADD COLUMN "bad" integer NOT NULL DEFAULT 0;
--> statement-breakpoint
ALTER TABLE "latest_readings" ADD COLUMN "quality" smallint NOT NULL DEFAULT 0;
--> statement-breakpoint
-- What remains of readings that are older than they are kept for: a summary of each hour, 168 hours a row.
CREATE TABLE "reading_rollups" (
  "tag_id" text NOT NULL,
  "part" integer NOT NULL,
  "first_ms" bigint NOT NULL,
  "last_ms" bigint NOT NULL,
  "readings" bigint NOT NULL,
  "data" bytea NOT NULL,
  PRIMARY KEY ("tag_id", "part")
);
