import type { Ctx } from "../../core/context.ts";
import { pipelineVersion } from "./content-hash.ts";
import type { IngestDeps } from "./ingest-job.ts";
import { startIngest } from "./start-ingest.ts";

/**
 * Has documents read again that an older version of reading or indexing made; until each is, its old form serves. Null
 * where there are none, or it is under way.
 */
export async function rereadOutdated(ctx: Ctx, deps: IngestDeps): Promise<{ jobId: string } | null> {
  const { pool } = deps.knowledge.database;
  const { rows } = await pool.query(
    `SELECT FROM documents WHERE pipeline <> $1 AND (file <> '' OR original IS NOT NULL)
       AND NOT EXISTS (SELECT FROM ingest_jobs WHERE kind = 'reread' AND state IN ('waiting', 'working')) LIMIT 1`,
    [pipelineVersion],
  );
  if (rows.length === 0) return null;
  return await startIngest(ctx, deps, { kind: "reread", paths: [] });
}
