import { drizzle } from "drizzle-orm/node-postgres";
import { recordAudit } from "../../audit/record-audit.ts";
import type { Ctx } from "../../core/context.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import type { Knowledge } from "../knowledge.ts";
import type { IngestJobState } from "./ingest-job.ts";
import type { LeasedJob } from "./job-lease.ts";
import { dropUnusedFile } from "./stored-files.ts";

export type JobEnd = { state: Extract<IngestJobState, "done" | "failed" | "cancelled">; error?: string };

/** Closes a job, with what it came to in the audit; its uploads go unless a document keeps them. */
export async function endJob(
  ctx: Ctx,
  { database }: Knowledge,
  job: LeasedJob,
  worker: string,
  { state, error = undefined }: JobEnd,
): Promise<void> {
  await inTransaction(database.pool, async (client) => {
    const ended = await client.query(
      `UPDATE ingest_jobs SET state = $3, error = $4, finished_at = $5, worker = NULL, heartbeat_at = NULL
       WHERE id = $1 AND worker = $2`,
      [job.id, worker, state, error ?? null, ctx.now()],
    );
    // Another process has taken it over: the uploads are still wanted.
    if (!ended.rowCount) return;
    const { rows } = await client.query<{ verdict: string | null; n: string }>(
      `SELECT coalesce(verdict, 'left') AS verdict, count(*) AS n FROM ingest_files WHERE job_id = $1 GROUP BY 1`,
      [job.id],
    );
    await client.query(`UPDATE ingest_files SET stored_file = NULL WHERE job_id = $1`, [job.id]);
    const counts = Object.fromEntries(rows.map((row) => [row.verdict, Number(row.n)]));
    const { paths, folder, stored } = job.input;
    const files = stored?.map((file) => file.name);
    const details = { state, ...(files ? { files } : { paths: folder ?? paths }), ...counts, error };
    await recordAudit(
      drizzle({ client }),
      { actor: ctx.actor, action: "documents.ingest", entity: "ingestion", entityId: job.id, details },
      ctx.now(),
    );
  });
  for (const { id } of job.input.stored ?? []) await dropUnusedFile(database.pool, id);
}
