import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Config } from "../config.ts";
import { localActor } from "../http/http-env.ts";
import type { FolderStatus } from "../http/backend.ts";
import { startTimers, type Timer } from "../jobs/timers.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Logger } from "../observability/logger.ts";
import type { LiveSample } from "../plant/simulator/live-sample.ts";
import type { Site } from "../plant/site/read-site.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Ingestion } from "./ingestion.ts";
import { createKeptFolders } from "./kept-folders.ts";
import { rereadDocuments } from "./reread-documents.ts";
import type { SamplePlant } from "./sample-plant.ts";
import { shippedFolder } from "./shipped-knowledge.ts";
import { createReadingUpkeep } from "./reading-upkeep.ts";
import { createVectorUpkeep } from "./vector-upkeep.ts";

// What runs beside the requests: ingestion and its folders, the live sample, the sweep for stale runs, missing embeddings.

export type BackgroundDeps = {
  config: Pick<Config, "sample" | "watch" | "dataDir" | "packageRoot">;
  knowledge: Knowledge;
  ingestion: Ingestion;
  knownModels: () => Promise<string[]>;
  runtime: Runtime;
  sample: SamplePlant;
  logger: Logger;
  site: { timeZone: string };
  declared: Pick<Site, "retention">;
  now: () => Date;
};

export type Background = {
  start(): void;
  stop(): Promise<void>;
  forgetSample(): void;
  folders(): Promise<FolderStatus[]>;
};

const liveEveryMs = 5_000;
const sweepEveryMs = 30_000;
const rereadEveryMs = 300_000;

export function createBackground(deps: BackgroundDeps): Background {
  const { config, knowledge, ingestion, runtime, sample, logger, site, now } = deps;
  const ctx = { actor: { ...localActor("cli"), id: "sunbae", name: "Sunbae" }, timeZone: site.timeZone, now };
  const kept = createKeptFolders({ ctx: () => ctx, ingestion, logger, folders });
  const vectors = createVectorUpkeep(ctx, knowledge);
  const readings = createReadingUpkeep({
    pool: knowledge.database.pool,
    retention: deps.declared.retention,
    logger,
    now,
  });
  let live: LiveSample | null = null;
  let hasSample = config.sample;
  let timers: ReturnType<typeof startTimers> | null = null;

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
    { name: "documents to read again", everyMs: rereadEveryMs, run: () => reread() },
    ...ingestion.timers,
    ...vectors.timers,
    ...readings.timers,
    kept.timer,
  ];

  async function reread() {
    const job = await rereadDocuments(ctx, { ...ingestion, knownModels: deps.knownModels });
    if (job) logger.info(job, "documents are read again");
  }

  async function folders() {
    const watched = config.watch.map((path) => ({ path, root: dirname(path), shipped: false }));
    // Replicas may be of different versions for a while: each brings its own folder once, at its start.
    if (knowledge.database.engine !== "embedded") return watched;
    const withSample = config.sample && (await sample.isThere());
    return [{ ...shippedFolder(config.packageRoot, withSample), shipped: true }, ...watched];
  }

  return {
    start() {
      const inbox = join(config.dataDir, "inbox");
      if (config.watch.includes(inbox)) mkdirSync(inbox, { recursive: true });
      timers = startTimers(work, logger);
      ingestion.start();
      void reread().catch((error: unknown) => logger.warn({ err: error }, "no document is read again"));
    },
    async stop() {
      vectors.stop();
      readings.stop();
      await timers?.stop();
      await ingestion.stop();
    },
    folders: () => kept.status(),
    forgetSample() {
      hasSample = false;
      live = null;
    },
  };
}
