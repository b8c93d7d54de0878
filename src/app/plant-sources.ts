import type { Database } from "../db/database.ts";
import type { Logger } from "../observability/logger.ts";
import { observeSources, type Metrics } from "../observability/metrics.ts";
import type { EgressGate } from "../llm/egress.ts";
import type { MesStore } from "../plant/mes-store.ts";
import type { CollectorMemory } from "../plant/collectors/collector-memory.ts";
import type { PlantWriter } from "../plant/plant-writer.ts";
import { createPlantStores, type PlantStores } from "../plant/routing/plant-stores.ts";
import type { SensorStore } from "../plant/sensor-store.ts";
import type { Site } from "../plant/site/read-site.ts";
import type { CollectorStatus, SourceState, SourceView } from "../plant/source.ts";
import { collectAlone } from "./collect-alone.ts";
import { openCollectors } from "./open-collectors.ts";
import { createReach, openSources, probeSources } from "./open-sources.ts";

export type PlantSourcesDeps = {
  declared: Site;
  own: { mes: MesStore; sensors: SensorStore };
  writer: PlantWriter;
  database: Pick<Database, "pool" | "engine">;
  memory: CollectorMemory;
  dataDir: string;
  egress: EgressGate;
  logger: Logger;
  metrics: Metrics;
  /** IANA zone of the plant. */
  timeZone: string;
  now: () => Date;
  /** What was remembered of the plant's machines may be old. */
  onChanged: () => void;
};

/** Everything that the site file connects, behind the two ports. */
export type PlantSources = Pick<PlantStores, "mes" | "sensors" | "forTurn"> & {
  /** How many stores and collectors the site file declares. */
  count: number;
  states(): SourceState[];
  collectors(): CollectorStatus[];
  /** One look at each, all at once; changes nothing. */
  probe(): Promise<SourceView[]>;
  /** The IANA zone of a declared source; null where it has none of its own, undefined where there is no such source. */
  timeZoneOf(source: string): string | null | undefined;
  /** Looks for each source and starts the collectors; returns at once. */
  start(): void;
  stop(): Promise<void>;
};

/** Longer waits are not an asker's: a turn gives up its stores after eight seconds. */
const longestWaitMs = 6_000;
const lookEveryMs = 60_000;

export function createPlantSources(deps: PlantSourcesDeps): PlantSources {
  const { declared, own, writer, logger, now, timeZone, onChanged } = deps;
  const mayReach = createReach(deps.egress);
  const log = logger.child({ component: "sources" });
  const opened = openSources(declared, { logger: log, now, timeZone, mayReach });
  const route = ({
    name,
    machines,
    timeout_ms: ms,
  }: {
    name: string;
    machines?: string[] | undefined;
    timeout_ms: number;
  }) => ({
    ...{ name, machines: machines ?? null, timeoutMs: Math.min(ms, longestWaitMs) },
  });
  const stores = createPlantStores({
    own,
    sensors: opened.sensors.map(({ settings, source }) => ({ ...route(settings), store: source.store })),
    mes: opened.mes.map(({ settings, source, holds }) => ({ ...route(settings), store: source.store, holds })),
    collectors: () => statuses(),
    logger: log,
    now,
    onChanged,
  });
  const collectors = openCollectors(declared.collectors, {
    ...{ logger: log, now, timeZone, mayReach, memory: deps.memory, dataDir: deps.dataDir },
    writer: tellChanges(writer, onChanged),
  });
  const all = [...opened.sensors, ...opened.mes].map(({ settings, source }) => ({
    ...{ name: settings.name, kind: settings.kind, timeZone: "time_zone" in settings ? settings.time_zone : undefined },
    probe: source.probe,
  }));
  const probed = [
    ...all,
    ...collectors.map((one, at) => ({ name: one.name, kind: kindOf(declared, at), probe: one.probe })),
  ];
  const statuses = () => collectors.map((one) => one.status());
  if (probed.length > 0) observeSources(deps.metrics, { now, sources: stores.states, collectors: statuses });
  let timer: NodeJS.Timeout | null = null;
  const stopping = new AbortController();

  return {
    mes: stores.mes,
    sensors: stores.sensors,
    forTurn: stores.forTurn,
    count: probed.length,
    states: stores.states,
    collectors: statuses,
    probe: () => probeSources(probed),
    timeZoneOf(source) {
      const found = all.find((one) => one.name === source);
      return found && (found.timeZone ?? null);
    },
    start() {
      void collectAlone(deps.database, collectors, stopping.signal);
      if (all.length === 0) return;
      // A source that is dead is found to be before somebody asks.
      void stores.look();
      timer = setInterval(() => void stores.look(), lookEveryMs).unref();
    },
    async stop() {
      if (timer) clearInterval(timer);
      stores.close();
      stopping.abort();
      await Promise.allSettled(collectors.map((one) => one.close()));
      await opened.close();
    },
  };
}

const kindOf = (declared: Site, at: number): string => String(declared.collectors[at]?.kind);

/** New machines and tags of a collector are known to the next question. */
function tellChanges(writer: PlantWriter, onChanged: () => void): PlantWriter {
  return {
    ...writer,
    async upsert(records, source, rows) {
      const counts = await writer.upsert(records, source, rows);
      if (counts.inserted + counts.updated > 0 && (records === "equipment" || records === "tags")) onChanged();
      return counts;
    },
  };
}
