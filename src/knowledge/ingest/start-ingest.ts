import { randomUUID } from "node:crypto";
import { drizzle } from "drizzle-orm/node-postgres";
import { recordAudit } from "../../audit/record-audit.ts";
import type { Ctx } from "../../core/context.ts";
import { hasRole } from "../../core/context.ts";
import { SunbaeError } from "../../core/errors.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import type { IngestDeps, IngestInput } from "./ingest-job.ts";

/** Whose word on a document counts as the plant's approval. */
const mayApproveDocuments = (ctx: Pick<Ctx, "actor">): boolean => hasRole(ctx.actor, "supervisor");

/** Throws `forbidden`: viewers add nothing, and only supervisors approve. To be asked before anything is received. */
export function checkMayAdd(ctx: Pick<Ctx, "actor">, metadata: IngestInput["metadata"] = {}): void {
  if (!hasRole(ctx.actor, "technician", "quality", "supervisor", "expert"))
    throw new SunbaeError("forbidden", "A viewer adds no documents.", {
      fix: "Ask somebody of maintenance or quality.",
    });
  if (metadata.approved === true && !mayApproveDocuments(ctx))
    throw new SunbaeError("forbidden", "Only supervisors approve documents.", { fix: "Leave `approved` out." });
}

/**
 * Stores a job to read files and has it worked on; resolves once it is stored. Rejects with `forbidden` as
 * `checkMayAdd` does.
 */
export async function startIngest(ctx: Ctx, deps: IngestDeps, input: IngestInput): Promise<{ jobId: string }> {
  checkMayAdd(ctx, input.metadata);
  if (
    input.kind !== "reread" &&
    [input.paths, input.stored ?? [], input.gone ?? []].every((named) => named.length === 0)
  )
    throw new SunbaeError("invalid_input", "No files are named.");
  const jobId = await storeJob(ctx, deps, input);
  await deps.enqueue(jobId);
  return { jobId };
}

async function storeJob(ctx: Ctx, { knowledge }: IngestDeps, input: IngestInput): Promise<string> {
  const id = randomUUID();
  return await inTransaction(knowledge.database.pool, async (client) => {
    await client.query(
      `INSERT INTO ingest_jobs (id, kind, input, actor, state, created_at) VALUES ($1, $2, $3, $4, 'waiting', $5)`,
      [id, input.kind, JSON.stringify(input), JSON.stringify(ctx.actor), ctx.now()],
    );
    // The same again: what was left of the last time is done by this one.
    await client.query(
      `UPDATE ingest_jobs SET state = 'cancelled', finished_at = $3, error = 'It was started again.'
       WHERE kind = $1 AND input->'paths' = $2::jsonb AND id <> $4
         AND kind = 'paths' AND state = 'waiting' AND worker IS NULL AND started_at IS NOT NULL`,
      [input.kind, JSON.stringify(input.paths), ctx.now(), id],
    );
    // Their files wait in the database: named here, no sweep takes them.
    for (const [ordinal, { name, id: stored, bytes }] of (input.stored ?? []).entries())
      await client.query(
        `INSERT INTO ingest_files (job_id, ordinal, path, root, file, stored_file, bytes)
         VALUES ($1, $2, $3, '', '', $4, $5)`,
        [id, ordinal, name, stored, bytes],
      );
    for (const [at, { name, reason }] of (input.refused ?? []).entries())
      await client.query(
        `INSERT INTO ingest_files (job_id, ordinal, path, root, file, verdict, reason)
         VALUES ($1, $2, $3, '', '', 'skipped', $4)`,
        [id, (input.stored ?? []).length + at, name, reason],
      );
    const { kind, paths, stored, folder, metadata, prune } = input;
    const details = { kind, ...(stored ? { files: stored } : { paths: folder ?? paths }), metadata, prune };
    await recordAudit(
      drizzle({ client }),
      { actor: ctx.actor, action: "ingestion.start", entity: "ingestion", entityId: id, details },
      ctx.now(),
    );
    return id;
  });
}
