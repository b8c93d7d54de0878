import { z } from "zod";
import type { IngestFile, IngestJob, IngestJobWithFiles } from "../../knowledge/ingest/ingest-job.ts";
import { named } from "../schema.ts";

const verdict = z.enum(["added", "updated", "unchanged", "skipped", "failed", "removed"]);

const ingestFile: z.ZodType<IngestFile> = named(
  "IngestFile",
  z.object({
    ordinal: z.number(),
    path: z.string(),
    bytes: z.number(),
    verdict: verdict.nullable().describe("Null while it waits or is read"),
    reason: z.string().nullable(),
    notices: z.array(z.string()),
    documentId: z.string().nullable(),
    chunks: z.number(),
    entries: z.number(),
    pages: z.number().nullable(),
    pagesDone: z.number(),
    unreadPages: z.number(),
  }),
);

const jobFields = {
  id: z.string(),
  kind: z.enum(["paths", "upload", "folder", "reread"]),
  state: z.enum(["waiting", "working", "done", "failed", "cancelled"]),
  names: z.array(z.string()),
  actor: z.object({ id: z.string(), name: z.string() }),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  error: z.string().nullable(),
  filesDone: z.number(),
  filesTotal: z.number().nullable(),
  bytesTotal: z.number(),
  pagesDone: z.number(),
  pagesTotal: z.number(),
  counts: z.object({
    added: z.number(),
    updated: z.number(),
    unchanged: z.number(),
    skipped: z.number(),
    failed: z.number(),
    removed: z.number(),
  }),
  chunks: z.number(),
  entries: z.number(),
};

export const ingestJob: z.ZodType<IngestJob> = named("Ingestion", z.object(jobFields));
export const ingestJobWithFiles: z.ZodType<IngestJobWithFiles> = named(
  "IngestionWithFiles",
  z.object({ ...jobFields, files: z.array(ingestFile) }),
);

/**
 * `GET /api/ingestions/{id}/events`: server-sent events `progress` with this as data, each with the files that changed
 * since the one before; the last one has a state that ends (done, failed, cancelled), and the stream closes.
 */
export const ingestProgress = named("IngestionProgress", z.object({ ...jobFields, files: z.array(ingestFile) }));
