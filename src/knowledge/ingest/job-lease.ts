import type { Actor } from "../../core/context.ts";
import type { Database } from "../../db/database.ts";
import { giveUpBodies } from "./bodies.ts";
import type { IngestInput, IngestJobState } from "./ingest-job.ts";
import { dropUnusedFiles } from "./stored-files.ts";

// Lease: one process works on a job. It says so every second; who is silent for ten is taken to be dead.

type Queryable = Pick<Database["pool"], "query">;

const silentFor = "interval '10 seconds'";
export const beatMs = 700;

export type LeasedJob = { id: string; input: IngestInput; actor: Actor; isPlanned: boolean };

/** Null where the job has ended or another process works on it. */
export async function takeJob(pool: Queryable, jobId: string, worker: string): Promise<LeasedJob | null> {
  const { rows } = await pool.query<{ input: IngestInput; actor: Actor; planned: boolean }>(
    `UPDATE ingest_jobs SET state = 'working', worker = $2, heartbeat_at = now(), started_at = coalesce(started_at, now())
     WHERE id = $1 AND state IN ('waiting', 'working') AND (worker IS NULL OR heartbeat_at < now() - ${silentFor})
     RETURNING input, actor, planned_at IS NOT NULL AS planned`,
    [jobId, worker],
  );
  const [row] = rows;
  return row ? { id: jobId, input: row.input, actor: row.actor, isPlanned: row.planned } : null;
}

/** Says that the job is worked on. "lost" where another process has it by now. */
export async function beat(pool: Queryable, jobId: string, worker: string): Promise<"go on" | "cancel" | "lost"> {
  const { rows } = await pool.query<{ cancel_requested: boolean }>(
    `UPDATE ingest_jobs SET heartbeat_at = now() WHERE id = $1 AND worker = $2 RETURNING cancel_requested`,
    [jobId, worker],
  );
  if (!rows[0]) return "lost";
  return rows[0].cancel_requested ? "cancel" : "go on";
}

/** Gives a job back unfinished, to be taken by the next process at once. */
export async function giveBack(pool: Queryable, jobId: string, worker: string): Promise<void> {
  await pool.query(
    `UPDATE ingest_jobs SET worker = NULL, heartbeat_at = NULL, state = $3
     WHERE id = $1 AND worker = $2 AND state = 'working'`,
    [jobId, worker, "waiting" satisfies IngestJobState],
  );
}

/** The embedded database has one process: at its start nobody else can be working, or bringing a file. */
export async function freeAllJobs(pool: Queryable): Promise<void> {
  await pool.query(
    `UPDATE ingest_jobs SET worker = NULL, heartbeat_at = NULL, state = 'waiting' WHERE state = 'working'`,
  );
  await giveUpBodies(pool);
  await dropUnusedFiles(pool);
}

/** Jobs that wait for a process: never taken, or of one that is silent. */
export async function waitingJobs(pool: Queryable): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM ingest_jobs WHERE state IN ('waiting', 'working')
     AND (worker IS NULL OR heartbeat_at < now() - ${silentFor}) ORDER BY created_at`,
  );
  return rows.map((row) => row.id);
}
