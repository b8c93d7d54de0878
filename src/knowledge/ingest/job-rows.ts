import type { Actor, Ctx } from "../../core/context.ts";
import type { Database } from "../../db/database.ts";
import { jobReadableBy, readableBy, readerRoles } from "../access.ts";
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
  is_open: boolean;
  hidden: string[];
};

const noFiles: Record<FileVerdict, number> = { added: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0, removed: 0 };

/** Who named the files knows of them. $n: the reader's id. */
const isOwn = (parameter: number) => `(j.kind IN ('paths', 'upload') AND j.actor->>'id' = $${parameter})`;

/** Files of job `j` whose documents the reader must not know of. $n: their roles. */
const isHidden = (roles: number) => `(NOT ${jobReadableBy(roles)}
  OR EXISTS (SELECT FROM documents d WHERE d.id = f.document_id AND NOT ${readableBy(roles)})
  OR EXISTS (SELECT FROM documents d WHERE d.path = f.path AND NOT ${readableBy(roles)}))`;

/** Newest first. What it counts, it counts of all files; it names only those that the reader may know of. */
export async function readJobs(
  ctx: Ctx,
  pool: Queryable,
  which: { id?: string; limit?: number; unended?: boolean },
): Promise<IngestJob[]> {
  const { rows } = await pool.query<JobRow>(
    `SELECT j.id, j.kind, j.state, j.input, j.actor, j.error, j.created_at, j.started_at, j.finished_at, j.planned_at,
       f.total, f.done, f.bytes, f.pages_done, f.pages, f.chunks, f.entries, f.counts,
       ${isOwn(5)} OR ${jobReadableBy(4)} AS is_open,
       CASE WHEN $4::text[] IS NULL OR ${isOwn(5)} THEN '{}'
         ELSE ARRAY(SELECT f.path FROM ingest_files f WHERE f.job_id = j.id AND ${isHidden(4)}) END AS hidden
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
    [which.id ?? null, which.unended ?? false, which.limit ?? 1, readerRoles(ctx), ctx.actor.id],
  );
  return rows.map(toJob);
}

function toJob(row: JobRow): IngestJob {
  const { input, actor, hidden } = row;
  const isNamed = (name: string) => !hidden.some((path) => name === path || name.endsWith(`/${path}`));
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    names: row.is_open ? namesOf(input).filter(isNamed) : [],
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

/** In the order in which they are read, without those that the reader must not know of. */
export async function readJobFiles(ctx: Ctx, pool: Queryable, jobId: string): Promise<IngestFile[]> {
  const { rows } = await pool.query<IngestFile>(
    `SELECT f.ordinal, f.path, f.bytes::float8 AS bytes, f.verdict, f.reason, f.notices, f.document_id AS "documentId",
       f.chunks, f.entries, f.pages, f.pages_done AS "pagesDone", f.unread_pages AS "unreadPages"
     FROM ingest_files f JOIN ingest_jobs j ON j.id = f.job_id
     WHERE f.job_id = $1 AND ($2::text[] IS NULL OR ${isOwn(3)} OR NOT ${isHidden(2)}) ORDER BY f.ordinal`,
    [jobId, readerRoles(ctx), ctx.actor.id],
  );
  return rows;
}
