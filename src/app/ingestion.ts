import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { toSunbaeError } from "../core/errors.ts";
import { ingestTask, type IngestTask } from "../jobs/ingest.ts";
import { startQueue, type Queue } from "../jobs/queue.ts";
import type { Timer } from "../jobs/timers.ts";
import type { IngestDeps } from "../knowledge/ingest/ingest-job.ts";
import { waitingJobs } from "../knowledge/ingest/job-lease.ts";
import { createReadingPool } from "../knowledge/ingest/reading-pool.ts";
import { runIngest, type RunDeps } from "../knowledge/ingest/run-ingest.ts";
import { sweepIngestion } from "../knowledge/ingest/sweep-ingestion.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Logger } from "../observability/logger.ts";

// Ingestion jobs in this process: by the queue in a server, one after another in a single command.

export type IngestionOptions = {
  knowledge: Knowledge;
  logger: Logger;
  site: { timeZone: string };
  now: () => Date;
  knownModels: () => Promise<string[]>;
  /** After each job: what is kept in memory of the documents may be stale. */
  ended: () => Promise<void>;
  /** False: a single command, without a queue. */
  queued: boolean;
};

export type Ingestion = IngestDeps & {
  timers: Timer[];
  /** Takes up what a stopped process left. */
  start(): void;
  /** Jobs under way are given back, to be taken up by whoever comes next. */
  stop(): Promise<void>;
};

const lookEveryMs = 4_000;
const sweepEveryMs = 600_000;

export function createIngestion(options: IngestionOptions): Ingestion {
  const { knowledge, logger, site, now, knownModels, ended, queued } = options;
  const stopping = new AbortController();
  const threads = createReadingPool();
  const run: RunDeps = {
    knowledge,
    knownModels,
    threads,
    worker: `${hostname()} ${process.pid} ${randomUUID().slice(0, 8)}`,
  };
  const task = ingestTask({ ...run, site, now, ended });
  const either = (signal: AbortSignal) => AbortSignal.any([signal, stopping.signal]);
  const stoppable = { ...task, run: (input: IngestTask, signal: AbortSignal) => task.run(input, either(signal)) };
  let queue: Promise<Queue> | null = null;
  let here: Promise<unknown> = Promise.resolve();

  const openQueue = () => {
    queue ??= startQueue({ database: knowledge.database, logger, tasks: [stoppable] });
    queue.catch((error: unknown) => {
      logger.error({ err: toSunbaeError(error) }, "the job queue did not start");
      queue = null;
    });
    return queue;
  };
  /** Without a queue: here and now, behind what is under way. */
  const runHere = (jobId: string) => {
    here = here
      .then(() => runIngest({ timeZone: site.timeZone, now, signal: stopping.signal }, run, jobId))
      .then(ended)
      .catch((error: unknown) => logger.error({ err: toSunbaeError(error), jobId }, "an ingestion failed"));
  };
  const enqueue = async (jobId: string) => {
    if (queued) await (await openQueue()).send(task, { jobId });
    else runHere(jobId);
  };
  const asked = new Map<string, number>();
  /** Jobs whose process died, or whose place in the queue was lost. */
  const takeUp = async () => {
    for (const jobId of await waitingJobs(knowledge.database.pool)) {
      if (Date.now() - (asked.get(jobId) ?? 0) < 60_000) continue;
      asked.set(jobId, Date.now());
      await enqueue(jobId);
    }
  };

  return {
    knowledge,
    enqueue,
    timers: [
      { name: "jobs of stopped processes", everyMs: lookEveryMs, run: takeUp },
      { name: "sweep of ingestion", everyMs: sweepEveryMs, run: () => sweepIngestion(knowledge.database) },
    ],
    start() {
      const begin = async () => {
        await sweepIngestion(knowledge.database);
        await openQueue();
        await takeUp();
      };
      begin().catch((error: unknown) => logger.warn({ err: toSunbaeError(error) }, "ingestion starts later"));
    },
    async stop() {
      stopping.abort();
      await here;
      const opened = await queue?.catch(() => null);
      await opened?.stop();
      await threads.close();
    },
  };
}
