import type { Actor } from "../../core/context.ts";
import type { Database } from "../../db/database.ts";
import type { FileVerdict } from "../knowledge.ts";
import type { IngestFile, IngestInput, IngestJob, IngestJobKind, IngestJobState } from "./ingest-job.ts";

// Jobs and their files as they are read from the database.

type Queryable = Pick<Database["pool"], "query">;

type JobRow = {
  id: string;
  kind: IngestJobKind;
  state: IngestJobState;
  input: IngestInput;
  actor: Actor;
  error: string | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  planned_at: Date | null;
  total: string;
  done: string;
  bytes: string;
  pages_done: string;
  pages: string;
  chunks: string;
  entries: string;
  counts: Partial<Record<FileVerdict, number>> | null;
};

const noFiles: Record<FileVerdict, number> = { added: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0, removed: 0 };

/** Newest first. */
export async function readJobs(
  pool: Queryable,
  which: { id?: string; limit?: number; unended?: boolean },
): Promise<IngestJob[]> {
  const { rows } = await pool.query<JobRow>(
    `SELECT j.id, j.kind, j.state, j.input, j.actor, j.error, j.created_at, j.started_at, j.finished_at, j.planned_at,
       f.total, f.done, f.bytes, f.pages_done, f.pages, f.chunks, f.entries, f.counts
     FROM ingest_jobs j, LATERAL (
       SELECT coalesce(sum(n), 0) AS total, coalesce(sum(n) FILTER (WHERE verdict IS NOT NULL), 0) AS done,
         coalesce(sum(bytes), 0) AS bytes, coalesce(sum(pages_done), 0) AS pages_done, coalesce(sum(pages), 0) AS pages,
         coalesce(sum(chunks), 0) AS chunks, coalesce(sum(entries), 0) AS entries,
         jsonb_object_agg(verdict, n) FILTER (WHERE verdict IS NOT NULL) AS counts
       FROM (SELECT verdict, count(*) AS n, sum(bytes) AS bytes, sum(pages_done) AS pages_done, sum(pages) AS pages, sum(chunks) AS chunks,
               sum(entries) AS entries FROM ingest_files WHERE job_id = j.id GROUP BY verdict) AS grouped
     ) f
     WHERE ($1::text IS NULL OR j.id = $1) AND ($2 = false OR j.state IN ('waiting', 'working'))
     ORDER BY j.created_at DESC, j.id DESC LIMIT $3`,
    [which.id ?? null, which.unended ?? false, which.limit ?? 1],
  );
  return rows.map(toJob);
}

function toJob(row: JobRow): IngestJob {
  const { input, actor } = row;
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    names: namesOf(input),
    actor: { id: actor.id, name: actor.name },
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    error: row.error,
    filesDone: Number(row.done),
    filesTotal: row.planned_at === null ? null : Number(row.total),
    bytesTotal: Number(row.bytes),
    pagesDone: Number(row.pages_done),
    pagesTotal: Number(row.pages),
    counts: { ...noFiles, ...row.counts },
    chunks: Number(row.chunks),
    entries: Number(row.entries),
  };
}

function namesOf({ folder, stored = [], refused = [], paths }: IngestInput): string[] {
  if (folder !== undefined) return [folder];
  return stored.length + refused.length > 0 ? [...stored, ...refused].map((file) => file.name) : paths;
}

/** In the order in which they are read. */
export async function readJobFiles(pool: Queryable, jobId: string): Promise<IngestFile[]> {
  const { rows } = await pool.query<IngestFile>(
    `SELECT ordinal, path, bytes::float8 AS bytes, verdict, reason, notices, document_id AS "documentId", chunks, entries, pages,
       pages_done AS "pagesDone", unread_pages AS "unreadPages"
     FROM ingest_files WHERE job_id = $1 ORDER BY ordinal`,
    [jobId],
  );
  return rows;
}
