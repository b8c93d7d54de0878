import { runIngest } from "../knowledge/ingest/run-ingest.ts";
import type { RunDeps } from "../knowledge/ingest/run-ingest.ts";
import type { Task } from "./queue.ts";

/** The queue carries the job's number only: what is to be read, and how far it is, stands in the job's own tables. */
export type IngestTask = { jobId: string };

export function ingestTask(
  deps: RunDeps & { site: { timeZone: string }; now: () => Date; ended: () => Promise<void> },
): Task<IngestTask, { worked: boolean }> {
  return {
    name: "ingest",
    // A thousand scanned pages take hours on a small machine; a dead process is noticed by its silence, not by this.
    longestSeconds: 82_800,
    // One file somebody waits for does not stand behind a folder that takes all night.
    atOnce: 2,
    async run({ jobId }, signal) {
      const ctx = { timeZone: deps.site.timeZone, now: deps.now, signal };
      const worked = await runIngest(ctx, deps, jobId);
      if (worked) await deps.ended();
      return { worked };
    },
  };
}
