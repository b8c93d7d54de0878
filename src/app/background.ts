import { toSunbaeError } from "../core/errors.ts";
import type { Database } from "../db/database.ts";
import { localActor } from "../http/http-env.ts";
import type { Uploads } from "../http/backend.ts";
import { ingestUpload, safeFileName, type UploadJob } from "../jobs/ingest-upload.ts";
import { startQueue, type Queue } from "../jobs/queue.ts";
import { startTimers, type Timer } from "../jobs/timers.ts";
import { embedMissing } from "../knowledge/embed-missing.ts";
import type { IngestReport, Knowledge } from "../knowledge/knowledge.ts";
import type { Logger } from "../observability/logger.ts";
import type { LiveSample } from "../plant/simulator/live-sample.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { SamplePlant } from "./sample-plant.ts";

// What runs beside the requests: the job queue, the live sample, the sweep for stale runs, missing embeddings.

export type BackgroundDeps = {
  config: { sample: boolean };
  database: Database;
  knowledge: Knowledge;
  runtime: Runtime;
  sample: SamplePlant;
  logger: Logger;
  site: { timeZone: string };
  now: () => Date;
};

export type Background = {
  start(): void;
  stop(): Promise<void>;
  forgetSample(): void;
  uploads: Uploads;
};

const liveEveryMs = 5_000;
const sweepEveryMs = 30_000;

export function createBackground(deps: BackgroundDeps): Background {
  const { config, database, knowledge, runtime, sample, logger, site, now } = deps;
  const ctx = { actor: { ...localActor("cli"), id: "sunbae", name: "Sunbae" }, timeZone: site.timeZone, now };
  const task = ingestUpload({ database, knowledge, site });
  let queue: Promise<Queue> | null = null;
  let live: LiveSample | null = null;
  let hasSample = config.sample;
  let timers: ReturnType<typeof startTimers> | null = null;

  const openQueue = () => {
    queue ??= startQueue({ database, logger, tasks: [task] });
    queue.catch((error: unknown) => {
      logger.error({ err: toSunbaeError(error) }, "the job queue did not start");
      queue = null;
    });
    return queue;
  };
  const work: Timer[] = [
    {
      name: "live sample",
      everyMs: liveEveryMs,
      async run() {
        if (!hasSample) return;
        live ??= await sample.live();
        if (live) await live.tick(now());
        else hasSample = false;
      },
    },
    { name: "sweep of stale runs", everyMs: sweepEveryMs, run: () => runtime.recover() },
    { name: "missing embeddings", everyMs: sweepEveryMs, run: () => embedMissing(ctx, knowledge) },
  ];

  return {
    start() {
      timers = startTimers(work, logger);
      void openQueue().catch(() => undefined); // said above; tried again with the first upload
    },
    async stop() {
      await timers?.stop();
      const opened = await queue?.catch(() => null);
      await opened?.stop();
    },
    forgetSample() {
      hasSample = false;
      live = null;
    },
    uploads: {
      async accept({ actor }, { name, bytes }) {
        const job: UploadJob = { name: safeFileName(name), base64: Buffer.from(bytes).toString("base64"), actor };
        return { jobId: await (await openQueue()).send(task, job) };
      },
      async state(jobId) {
        const found = await (await openQueue()).state<IngestReport>(task.name, jobId);
        return found && { jobId, state: found.state, report: found.output, error: found.error };
      },
    },
  };
}
