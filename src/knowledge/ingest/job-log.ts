import type pg from "pg";
import type { Knowledge } from "../knowledge.ts";
import type { FileTask, Verdict } from "./file-task.ts";
import type { LeasedJob } from "./job-lease.ts";
import { planFiles, uploadPath } from "./plan-files.ts";

type Queryable = Pick<pg.PoolClient, "query">;
export type JobTask = FileTask & { removes: string | null };

/** What a job's files came to, kept as it falls. */
export type JobLog = {
  total: number;
  /** Of them done before this run. */
  done: number;
  /** Stores a verdict at once. */
  record(client: Queryable, task: FileTask, verdict: Verdict): Promise<void>;
  /** Stores a verdict with others: what did not touch the index costs no statement of its own. */
  add(task: FileTask, verdict: Verdict): Promise<void>;
  flush(): Promise<void>;
  pages(task: FileTask, pages: number, done: number): Promise<void>;
};

const mostWaiting = 50;
const longestWaitMs = 250;

/** Walks the folders and stores the list, unless an earlier run did. */
export async function createJobLog({ database }: Knowledge, job: LeasedJob, now: () => Date): Promise<JobLog> {
  const { pool } = database;
  if (!job.isPlanned) await plan({ database }, job, now());
  const { rows } = await pool.query<{ total: string; done: string }>(
    `SELECT count(*) AS total, count(verdict) AS done FROM ingest_files WHERE job_id = $1`,
    [job.id],
  );
  let waiting: [FileTask, Verdict][] = [];
  let timer: NodeJS.Timeout | undefined;
  let storing: Promise<unknown> = Promise.resolve();
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const verdicts = waiting;
    waiting = [];
    if (verdicts.length > 0) storing = storing.then(() => storeVerdicts(pool, job.id, verdicts));
    return storing;
  };
  /** Also while a long file is read, which says nothing by itself. */
  const flushSoon = () => {
    timer ??= setTimeout(() => void flush().catch(() => undefined), longestWaitMs);
  };
  return {
    total: Number(rows[0]!.total),
    done: Number(rows[0]!.done),
    record: (client, task, verdict) => storeVerdicts(client, job.id, [[task, verdict]]),
    async add(task, verdict) {
      waiting.push([task, verdict]);
      if (waiting.length >= mostWaiting) await flush();
      else flushSoon();
    },
    async flush() {
      await flush();
    },
    async pages(task, pages, done) {
      await pool.query(`UPDATE ingest_files SET pages = $3, pages_done = $4 WHERE job_id = $1 AND ordinal = $2`, [
        job.id,
        task.ordinal,
        pages,
        done,
      ]);
    },
  };
}

async function plan(knowledge: Pick<Knowledge, "database">, { id, input }: LeasedJob, at: Date): Promise<void> {
  const { pool } = knowledge.database;
  const planned = await planFiles(knowledge.database, input);
  const first = (input.stored?.length ?? 0) + (input.refused?.length ?? 0);
  const rows = planned.map(({ error, removes, storedFile, ...file }, index) => ({
    ...file,
    stored_file: storedFile,
    ordinal: first + index,
    document_id: removes,
    verdict: error === null ? null : "failed",
    reason: error,
  }));
  const paths = await Promise.all((input.stored ?? []).map((file) => uploadPath(knowledge.database, file.name)));
  await pool.query(
    `WITH named AS (
       UPDATE ingest_files SET path = given.path FROM unnest($4::text[]) WITH ORDINALITY AS given (path, place)
       WHERE job_id = $1 AND ordinal = given.place - 1
     ), listed AS (
       INSERT INTO ingest_files (job_id, ordinal, path, root, file, stored_file, bytes, document_id, verdict, reason)
       SELECT $1, ordinal, path, root, file, stored_file, bytes, document_id, verdict, reason FROM jsonb_to_recordset($2::jsonb)
         AS row (ordinal int, path text, root text, file text, stored_file text, bytes bigint, document_id text, verdict text,
           reason text)
       ON CONFLICT DO NOTHING
     )
     UPDATE ingest_jobs SET planned_at = $3 WHERE id = $1`,
    [id, JSON.stringify(rows), at, paths],
  );
}

/** Files without a verdict. */
export async function readTasks(pool: Queryable, jobId: string): Promise<JobTask[]> {
  const { rows } = await pool.query<JobTask>(
    `SELECT ordinal, path, root, file, stored_file AS "storedFile", document_id AS removes
     FROM ingest_files WHERE job_id = $1 AND verdict IS NULL ORDER BY ordinal`,
    [jobId],
  );
  return rows;
}

async function storeVerdicts(client: Queryable, jobId: string, verdicts: [FileTask, Verdict][]): Promise<void> {
  const rows = verdicts.map(([task, { documentId, unreadPages, ...verdict }]) => ({
    ...verdict,
    ordinal: task.ordinal,
    document_id: documentId,
    unread_pages: unreadPages,
  }));
  await client.query(
    `UPDATE ingest_files f SET verdict = row.verdict, reason = row.reason, notices = row.notices,
       document_id = row.document_id, chunks = row.chunks, entries = row.entries,
       pages = row.pages, pages_done = coalesce(row.pages, 0), unread_pages = row.unread_pages
     FROM jsonb_to_recordset($2::jsonb) AS row (ordinal int, verdict text, reason text, notices text[],
       document_id text, chunks int, entries int, pages int, unread_pages int)
     WHERE f.job_id = $1 AND f.ordinal = row.ordinal`,
    [jobId, JSON.stringify(rows)],
  );
}
