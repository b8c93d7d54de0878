import type { Ctx } from "../../core/context.ts";
import { SunbaeError } from "../../core/errors.ts";
import type { IngestDeps, IngestJob, IngestJobWithFiles } from "./ingest-job.ts";
import { readJobFiles, readJobs } from "./job-rows.ts";

type Deps = Pick<IngestDeps, "knowledge">;

/** How far a job is, with the state of each file that the actor may know of; it counts them all. Rejects with `not_found`. */
export async function ingestJob(ctx: Ctx, { knowledge }: Deps, jobId: string): Promise<IngestJobWithFiles> {
  const { pool } = knowledge.database;
  // The job first: a state that ended is then never shown with files of before.
  const [job] = await readJobs(ctx, pool, { id: jobId });
  if (!job)
    throw new SunbaeError("not_found", `There is no ingestion "${jobId}", or it is long done.`, {
      fix: "GET /api/ingestions lists them.",
    });
  return { ...job, files: await readJobFiles(ctx, pool, jobId) };
}

/** Newest first, without their files. */
export async function listIngestJobs(
  ctx: Ctx,
  { knowledge }: Deps,
  input: { limit?: number | undefined; unended?: boolean | undefined } = {},
): Promise<IngestJob[]> {
  const { limit = 50, unended = false } = input;
  return await readJobs(ctx, knowledge.database.pool, { limit: Math.min(limit, 500), unended });
}
