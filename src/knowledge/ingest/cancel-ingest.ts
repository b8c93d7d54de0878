import { drizzle } from "drizzle-orm/node-postgres";
import { recordAudit } from "../../audit/record-audit.ts";
import { hasRole } from "../../core/context.ts";
import type { Actor, Ctx } from "../../core/context.ts";
import { SunbaeError } from "../../core/errors.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import type { IngestDeps, IngestJobState } from "./ingest-job.ts";

type Row = { state: IngestJobState; actor: Actor; cancel_requested: boolean };

/**
 * Stops a job within two seconds, whichever process works on it; what is written stays. Rejects with `not_found`, with
 * `forbidden` (who started it may, supervisors and experts may), or with `conflict` where it has ended.
 */
export async function cancelIngest(
  ctx: Ctx,
  { knowledge }: Pick<IngestDeps, "knowledge">,
  jobId: string,
): Promise<void> {
  await inTransaction(knowledge.database.pool, async (client) => {
    const { rows } = await client.query<Row>(
      `SELECT state, actor, cancel_requested FROM ingest_jobs WHERE id = $1 FOR UPDATE`,
      [jobId],
    );
    const [job] = rows;
    if (!job) throw new SunbaeError("not_found", `There is no ingestion "${jobId}".`);
    if (job.actor.id !== ctx.actor.id && !hasRole(ctx.actor, "supervisor", "expert"))
      throw new SunbaeError("forbidden", "Only who started it, supervisors and experts may stop it.");
    if (job.state !== "waiting" && job.state !== "working")
      throw new SunbaeError("conflict", `It has ended already (${job.state}).`);
    await client.query(
      `UPDATE ingest_jobs SET cancel_requested = true,
         state = CASE WHEN worker IS NULL THEN 'cancelled' ELSE state END,
         finished_at = CASE WHEN worker IS NULL THEN $2::timestamptz END
       WHERE id = $1`,
      [jobId, ctx.now()],
    );
    await client.query(
      `UPDATE ingest_files SET stored_file = NULL
       WHERE job_id = $1 AND EXISTS (SELECT FROM ingest_jobs WHERE id = $1 AND state = 'cancelled')`,
      [jobId],
    );
    if (!job.cancel_requested)
      await recordAudit(
        drizzle({ client }),
        { actor: ctx.actor, action: "ingestion.cancel", entity: "ingestion", entityId: jobId },
        ctx.now(),
      );
  });
}
