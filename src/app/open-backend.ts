import { join } from "node:path";
import { agents } from "../../agents/index.ts";
import type { Config } from "../config.ts";
import type { Ctx } from "../core/context.ts";
import { defaultShifts } from "../core/periods/period.ts";
import type { Database } from "../db/database.ts";
import { holdLock } from "../db/hold-lock.ts";
import { migrate } from "../db/migrate.ts";
import { localActor } from "../http/http-env.ts";
import type { Backend } from "../http/backend.ts";
import { freeAllJobs } from "../knowledge/ingest/job-lease.ts";
import { readStoredFile } from "../knowledge/ingest/stored-files.ts";
import { createPagePictures } from "../knowledge/pages/page-pictures.ts";
import { search } from "../knowledge/search.ts";
import type { EgressGate } from "../llm/egress.ts";
import type { Models } from "../llm/models.ts";
import { createReranker } from "../knowledge/retrieve/rerank.ts";
import { loadPrompts } from "../llm/render-prompt.ts";
import type { Logger } from "../observability/logger.ts";
import { observePool, type Metrics } from "../observability/metrics.ts";
import { createDirectoryCache } from "../plant/directory/create-directory.ts";
import { createEmbeddedPlantWriter } from "../plant/embedded-plant-writer.ts";
import type { Equipment } from "../plant/mes-store.ts";
import { createEmbeddedMesStore } from "../plant/mes/embedded-mes-store.ts";
import { createEmbeddedWorkOrderWriter } from "../plant/mes/embedded-work-order-writer.ts";
import { createEmbeddedSensorStore } from "../plant/sensors/embedded-sensor-store.ts";
import { createMachineRules } from "../plant/site/machine-rules-settings.ts";
import { createPlannedTime } from "../plant/site/planned-time.ts";
import type { Site } from "../plant/site/read-site.ts";
import type { Unseen } from "../plant/source.ts";
import { createProposal } from "../runtime/proposals/create-proposal.ts";
import { createRuntime } from "../runtime/runtime.ts";
import { createVocabularyCache } from "../runtime/understand/vocabulary.ts";
import { createToolRegistry } from "../tools/registry.ts";
import { createBackground } from "./background.ts";
import { createEmbedders } from "./create-embedder.ts";
import { describeStatus } from "./describe-status.ts";
import { createIngestion } from "./ingestion.ts";
import { createGlossaryTranslate } from "./glossary-translate.ts";
import { createPlantMaintenance } from "./plant-maintenance.ts";
import { createCollectorMemory } from "../plant/collectors/collector-memory.ts";
import { createPlantSources, type PlantSources } from "./plant-sources.ts";
import { noteKnownModels, rereadDocuments } from "./reread-documents.ts";
import { createSamplePlant } from "./sample-plant.ts";
import { ensureShippedKnowledge } from "./shipped-knowledge.ts";
import { createSourceZones } from "./source-zones.ts";
import type { TellStep } from "./start-steps.ts";

export type OpenBackendDeps = {
  config: Config;
  /** What the site file declares. */
  declared: Site;
  database: Database;
  models: Models;
  egress: EgressGate;
  logger: Logger;
  metrics: Metrics;
  version: string;
  now: () => Date;
  tell: TellStep;
  /** Writes the sample plant and reads the shipped knowledge where they are missing. */
  fill: boolean;
  /** Timers and the job queue: a server's; a single command does without. */
  background: boolean;
};

export type OpenedBackend = { backend: Backend; close(drainMs: number): Promise<void> };

/** Brings an open database to life: schema, first data, stores, runtime. Rejects with what stands in the way. */
export async function openBackend(deps: OpenBackendDeps): Promise<OpenedBackend> {
  const { config, declared, database, models, egress, logger, metrics, now, tell } = deps;
  const { packageRoot } = config;
  tell({ text: "Preparing the database" });
  await migrate(database, join(packageRoot, "drizzle"));
  observePool(metrics, database.pool);

  const kept = { mes: createEmbeddedMesStore(database), sensors: createEmbeddedSensorStore(database) };
  const writer = createEmbeddedPlantWriter(database);
  const workOrders = createEmbeddedWorkOrderWriter(database);
  const prompts = loadPrompts(join(packageRoot, "prompts"));
  const reranker = config.rerank ? { reranker: createReranker(models, prompts, { logger }) } : {};
  const knowledge = { database, ...createEmbedders(config, egress), ...reranker };
  const zones = createSourceZones(database.db);
  let sources: PlantSources | null = null;
  // Documents are read whether or not a foreign MES can be seen: its models are known when it is back.
  const knownModels = async () => modelsOf(await (sources ?? kept).mes.equipment().catch(() => kept.mes.equipment()));
  const sample = createSamplePlant({ db: database.db, writer, sensors: kept.sensors, packageRoot, now });
  const own: Ctx = { actor: { ...localActor("cli"), id: "sunbae", name: "Sunbae" }, timeZone: "UTC", now };

  const fill = async () => {
    if (config.sample) await sample.ensure(tell);
    const withSample = config.sample && (await sample.isThere());
    await ensureShippedKnowledge(own, { knowledge, packageRoot, knownModels }, { withSample, tell });
    await noteKnownModels(own, { knowledge, knownModels });
    zones.invalidate();
  };
  if (database.engine === "embedded") await freeAllJobs(database.pool);
  // Replicas that start together on an empty server: one fills it, the others find it full.
  if (deps.fill) await holdLock(database, "fill", fill);

  tell({ text: "Starting" });
  const shifts = declared.shifts ?? defaultShifts;
  const chosenZone = config.timeZone ?? declared.timeZone;
  const siteZone = async () => chosenZone ?? (await zones.site()) ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  // An import may bring the plant's own zone while everything runs.
  const site = { timeZone: await siteZone() };
  const plant = createPlantSources({
    ...{ declared, own: kept, writer, egress, logger, metrics, now, timeZone: site.timeZone },
    ...{ database, memory: createCollectorMemory(database), dataDir: config.dataDir },
    onChanged() {
      directory.invalidate();
      vocabulary.invalidate();
    },
  });
  sources = plant;
  const { mes, sensors } = plant;
  const plannedTime = declared.plannedTime && createPlannedTime({ ...declared.plannedTime, timeZone: site.timeZone });
  const machineRules = declared.machineRules.length > 0 ? createMachineRules(declared.machineRules) : null;
  const declaredParts = {
    ...(plannedTime && { plannedTime }),
    ...(machineRules && { machineRules }),
    isDeclared: (source: string) => plant.timeZoneOf(source) !== undefined,
  };
  const glossary = await createGlossaryTranslate(database);
  // An embedded database has no other writer, and who writes here says so; a server's data is looked at every minute.
  const isAlone = database.engine === "embedded" && plant.count === 0;
  const maxAgeMs = isAlone ? 3_600_000 : 60_000;
  const directory = createDirectoryCache({ mes, translate: glossary.translate, maxAgeMs });
  // The words of a foreign MES are many questions to it.
  const vocabulary = createVocabularyCache(mes, Math.max(maxAgeMs, plant.count > 0 ? 300_000 : 0));
  const tools = createToolRegistry();
  const runtime = createRuntime({
    database,
    get timeZone() {
      return site.timeZone;
    },
    logger: logger.child({ component: "runtime" }),
    registry: tools,
    mes,
    sensors,
    storesForTurn: plant.forTurn,
    declared: declaredParts,
    directory,
    vocabulary,
    knowledge,
    translate: glossary.translate,
    shifts,
    timeZoneOf: async (source) => plant.timeZoneOf(source) ?? (await zones.of(source)),
    models: () => models.current(),
    prompts,
    agents,
    propose: (ctx, runId, draft) => createProposal(ctx, database.db, { ...draft, runId }),
    observe({ mode, outcome, firstEvidenceMs, totalMs }) {
      metrics.runs.inc({ mode, outcome });
      metrics.answerMs.observe({ mode }, totalMs);
      if (firstEvidenceMs !== null) metrics.firstEvidenceMs.observe(firstEvidenceMs);
    },
    now,
  });
  const recovered = await runtime.recover();
  if (recovered.interrupted + recovered.requeued > 0) logger.warn(recovered, "runs of a stopped process were found");

  const plantChanged = async () => {
    zones.invalidate();
    site.timeZone = await siteZone();
    await glossary.reload();
    directory.invalidate();
    vocabulary.invalidate();
    await rereadDocuments(own, { ...ingestion, knownModels });
  };
  const ingestion = createIngestion({
    knowledge,
    logger,
    site,
    now,
    knownModels,
    async ended() {
      await glossary.reload();
      directory.invalidate();
    },
    queued: deps.background,
  });
  const pictures = createPagePictures({ readFile: (id) => readStoredFile(database, id) });
  const background = createBackground({ ...deps, knowledge, ingestion, knownModels, runtime, sample, site });
  const maintenance = createPlantMaintenance({
    database,
    knowledge,
    mes,
    writer,
    sample,
    packageRoot,
    knownModels,
    plantChanged,
    sampleRemoved: background.forgetSample,
  });
  const folders = async () => (deps.background ? await background.folders() : []);
  // The first asker must not wait for what everyone after him finds in memory.
  const warmUp = () =>
    Promise.all([directory.load(), vocabulary.load(), search(own, knowledge, { query: "alarm 알람" })]);
  // LangChain takes a second to load: not within the first turn that has a model.
  const warmModel = async () => {
    if ((await models.current()).length > 0) await import("../runtime/specialists/agent-loop.ts");
  };
  if (deps.background) {
    background.start();
    plant.start();
    void warmUp()
      .then(warmModel)
      .catch((error: unknown) => logger.warn({ err: error }, "warming up failed"));
  }

  const backend: Backend = {
    database,
    runtime,
    tools,
    knowledge,
    mes,
    sensors,
    sources: plant,
    directory,
    workOrders,
    get timeZone() {
      return site.timeZone;
    },
    ingestion,
    pictures,
    maintenance,
    toolContext: (ctx, language) => ({
      ctx,
      language,
      ...contextStores(plant),
      ...declaredParts,
      directory,
      knowledge,
      shifts,
      propose: (draft) => createProposal(ctx, database.db, { ...draft, runId: null }),
    }),
    status: () => describeStatus({ ...deps, mes, sources: plant, knowledge, timeZone: site.timeZone, folders }),
  };
  return {
    backend,
    async close(drainMs) {
      await background.stop();
      await plant.stop();
      await pictures.close();
      await runtime.drain(drainMs);
    },
  };
}

/** The stores of one tool that a person calls, which hears of the sources that can't be seen. */
function contextStores(plant: PlantSources) {
  const unseen = new Map<string, Unseen>();
  const stores = plant.forTurn((one) => void unseen.set(one.source, one));
  return { mes: stores.mes, sensors: stores.sensors, unseen: () => [...unseen.values()] };
}

const modelsOf = (machines: Equipment[]): string[] => [
  ...new Set(machines.flatMap((machine) => (machine.model === null ? [] : [machine.model]))),
];
