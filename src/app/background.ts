import { localActor } from "../http/http-env.ts";
import { startTimers, type Timer } from "../jobs/timers.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Logger } from "../observability/logger.ts";
import type { LiveSample } from "../plant/simulator/live-sample.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Ingestion } from "./ingestion.ts";
import type { SamplePlant } from "./sample-plant.ts";
import { createVectorUpkeep } from "./vector-upkeep.ts";

// What runs beside the requests: ingestion, the live sample, the sweep for stale runs, missing embeddings.

export type BackgroundDeps = {
  config: { sample: boolean };
  knowledge: Knowledge;
  ingestion: Ingestion;
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
};

const liveEveryMs = 5_000;
const sweepEveryMs = 30_000;

export function createBackground(deps: BackgroundDeps): Background {
  const { config, knowledge, ingestion, runtime, sample, logger, site, now } = deps;
  const ctx = { actor: { ...localActor("cli"), id: "sunbae", name: "Sunbae" }, timeZone: site.timeZone, now };
  const vectors = createVectorUpkeep(ctx, knowledge);
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
    ...ingestion.timers,
    ...vectors.timers,
  ];

  return {
    start() {
      timers = startTimers(work, logger);
      ingestion.start();
    },
    async stop() {
      vectors.stop();
      await timers?.stop();
      await ingestion.stop();
    },
    forgetSample() {
      hasSample = false;
      live = null;
    },
  };
}
