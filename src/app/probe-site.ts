import { createEgressGate, parseEgress } from "../llm/egress.ts";
import type { Logger } from "../observability/logger.ts";
import type { PlantWriter } from "../plant/plant-writer.ts";
import type { Site } from "../plant/site/read-site.ts";
import type { CollectorDeps, SourceView } from "../plant/source.ts";
import { openCollectors } from "./open-collectors.ts";
import { createReach, openSources, probeSources } from "./open-sources.ts";

/** One look at everything that a site file connects, without starting Sunbae. Rejects never. */
export async function probeSite(
  site: Site,
  { egress, logger, timeZone, dataDir }: { egress: string; logger: Logger; timeZone: string; dataDir: string },
): Promise<SourceView[]> {
  const mayReach = createReach(createEgressGate({ allow: parseEgress(egress) }));
  const deps = { logger, timeZone: site.timeZone ?? timeZone, now: () => new Date(), mayReach };
  const opened = openSources(site, deps);
  const collectors = openCollectors(site.collectors, { ...deps, dataDir, writer: noWriter, memory: noMemory });
  const named = [...opened.sensors, ...opened.mes].map(({ settings, source }) => ({
    ...settings,
    probe: source.probe,
  }));
  const listening = collectors.map((one, at) => ({
    name: one.name,
    kind: String(site.collectors[at]?.kind),
    probe: one.probe,
  }));
  try {
    return await probeSources([...named, ...listening]);
  } finally {
    await Promise.allSettled(collectors.map((one) => one.close()));
    await opened.close();
  }
}

const refuse = () => Promise.reject(new Error("A probe writes nothing."));
const noWriter: PlantWriter = {
  upsert: refuse,
  appendReadings: refuse,
  declareSource: refuse,
  removeSource: refuse,
};
const noMemory: CollectorDeps["memory"] = {
  recall: async () => new Map(),
  remember: refuse,
  knownElsewhere: async () => [],
  newest: async () => new Map(),
};
