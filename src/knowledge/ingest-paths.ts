import { randomUUID } from "node:crypto";
import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import { cancelIngest } from "./ingest/cancel-ingest.ts";
import type { FileTask, Verdict } from "./ingest/file-task.ts";
import type { IngestInput, IngestJobWithFiles } from "./ingest/ingest-job.ts";
import { ingestJob } from "./ingest/read-ingest-job.ts";
import { runIngest } from "./ingest/run-ingest.ts";
import type { RunDeps } from "./ingest/run-ingest.ts";
import { startIngest } from "./ingest/start-ingest.ts";
import type { FileReport, IngestPathsInput, IngestReport, Knowledge } from "./knowledge.ts";

export { documentIdOf } from "./ingest/file-task.ts";

/**
 * Reads files and folders into the index by a job that this process works on now. Unchanged files cost one hash; a bad
 * file gets its verdict, the rest goes on. Rejects with `cancelled` where the signal is aborted, what is done kept.
 */
export async function ingestPaths(
  ctx: Ctx,
  knowledge: Knowledge,
  input: IngestPathsInput & Pick<IngestInput, "metadata" | "prune" | "gone" | "folder" | "takesNames">,
  options: Pick<RunDeps, "reading"> & { kind?: IngestInput["kind"] } = {},
): Promise<IngestReport> {
  const started = performance.now();
  const { onProgress, knownModels = [], ...asked } = input;
  const { kind = "paths", reading = {} } = options;
  const deps = { knowledge, enqueue: async () => {} };
  const { jobId } = await startIngest(ctx, deps, { ...asked, kind });
  const onFile = (task: FileTask, verdict: Verdict, { done, total }: { done: number; total: number }) =>
    onProgress?.({ done, total, file: reportOf(task.path, verdict) });
  const run = { knowledge, worker: `inline ${randomUUID()}`, knownModels: async () => knownModels, reading };
  await runIngest(ctx, run, jobId, { onFile });
  let job = await ingestJob(ctx, deps, jobId);
  if (job.state === "waiting" || job.state === "working") {
    await cancelIngest(ctx, deps, jobId);
    job = await ingestJob(ctx, deps, jobId);
  }
  if (job.state === "cancelled")
    throw new SunbaeError("cancelled", `Stopped after ${job.filesDone} of ${job.filesTotal} files.`);
  if (job.error !== null) throw new SunbaeError("internal", job.error);
  return toIngestReport(job, Math.round(performance.now() - started));
}

/** A job that has ended, as one report. */
function toIngestReport(job: IngestJobWithFiles, ms: number): IngestReport {
  const files = job.files.flatMap(({ path, verdict, ...file }) =>
    verdict === null ? [] : [reportOf(path, { ...file, verdict })],
  );
  return { jobId: job.id, files, ...job.counts, chunks: job.chunks, entries: job.entries, ms };
}

function reportOf(
  path: string,
  { verdict, reason, notices, documentId, chunks, entries, ...rest }: Verdict,
): FileReport {
  const { pages, unreadPages } = rest;
  return {
    path,
    verdict,
    ...(reason !== null && { reason }),
    notices,
    documentId,
    chunks,
    entries,
    pages,
    unreadPages,
  };
}
