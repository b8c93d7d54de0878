import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { agents } from "../../agents/index.ts";
import type { Ctx } from "../../src/core/context.ts";
import { defaultShifts } from "../../src/core/periods/period.ts";
import { silentLogger, type Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openDatabase } from "../../src/db/open-database.ts";
import { formKey, loadGlossary } from "../../src/knowledge/glossary/load-glossary.ts";
import { ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import { createBuiltinEmbedder } from "../../src/llm/embeddings/builtin.ts";
import { loadPrompts } from "../../src/llm/render-prompt.ts";
import type { Translate } from "../../src/plant/directory/build-directory.ts";
import { createDirectoryCache } from "../../src/plant/directory/create-directory.ts";
import { createEmbeddedPlantWriter } from "../../src/plant/embedded-plant-writer.ts";
import { importPlantData } from "../../src/plant/import/import-plant-data.ts";
import { createEmbeddedMesStore } from "../../src/plant/mes/embedded-mes-store.ts";
import { createEmbeddedSensorStore } from "../../src/plant/sensors/embedded-sensor-store.ts";
import { readPlantDescription } from "../../src/plant/simulator/description/read-description.ts";
import { writeSamplePlant } from "../../src/plant/simulator/write-sample-plant.ts";
import { createProposal } from "../../src/runtime/proposals/create-proposal.ts";
import { createRuntime, type Runtime } from "../../src/runtime/runtime.ts";
import { createVocabularyCache } from "../../src/runtime/understand/vocabulary.ts";
import { createToolRegistry } from "../../src/tools/registry.ts";

// A plant for evals and tests: an embedded database in a folder of its own, with a frozen clock, so that the same
// questions have the same answers at any time.

const repository = join(import.meta.dirname, "../..");
/** The public data beside the repository; it may be absent. */
export const sharedData = join(repository, "../shared/data");

/** Mappings of tests/acceptance that are imported, or folders of manuals that are ingested, from the shared data. */
const imports = {
  assetops: ["assetops.yaml", "assetops-telemetry.yaml"],
} as const;

export type PlantContent = "sample" | "assetops" | `manuals/${string}`;

export type PlantOptions = {
  content: readonly PlantContent[];
  /** The clock; frozen. */
  now?: Date;
  seed?: number;
  /** Kept and opened again where given; else a temporary folder that `close` removes. */
  folder?: string;
};

export type Plant = {
  runtime: Runtime;
  database: Database;
  /** For truth queries. */
  pool: pg.Pool;
  ctx: Ctx;
  now: Date;
  close(): Promise<void>;
};

/** A Wednesday afternoon in the day shift of the sample plant's site. */
export const frozenNow = new Date("2026-11-18T14:30:00+09:00");
const timeZone = "Asia/Seoul";

/** The folders that a plant's content needs and this machine lacks; empty where it can be opened. */
export function missingData(content: readonly PlantContent[]): string[] {
  return content
    .filter((one) => one !== "sample")
    .map((one) => join(sharedData, one))
    .filter((folder) => !existsSync(folder));
}

export async function openPlant(options: PlantOptions): Promise<Plant> {
  const { now = frozenNow } = options;
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "sunbae-plant-"));
  const fresh = !existsSync(join(folder, "postgres"));
  const database = await openDatabase({ dataDir: folder });
  await migrate(database, join(repository, "drizzle"));
  const mes = createEmbeddedMesStore(database);
  const sensors = createEmbeddedSensorStore(database);
  const knowledge = { database, embedder: createBuiltinEmbedder() };
  const ctx: Ctx = {
    actor: { id: "local", name: "local user", roles: ["admin"], door: "eval" },
    timeZone,
    now: () => now,
  };
  if (fresh) await fill(ctx, { database, knowledge, mes }, { ...options, now });
  const translate = await glossaryTranslate(database);
  const directory = createDirectoryCache({ mes, translate });
  const runtime = createRuntime({
    database,
    timeZone,
    logger: { ...silentLogger, error: (fields, message) => console.error(message, fields) },
    registry: createToolRegistry(),
    mes,
    sensors,
    directory,
    vocabulary: createVocabularyCache(mes),
    knowledge,
    translate,
    shifts: defaultShifts,
    timeZoneOf: zonesOf(database.pool),
    models: async () => [],
    prompts: loadPrompts(join(repository, "prompts")),
    agents,
    propose: (caller, runId, draft) => createProposal(caller, database.db, { ...draft, runId }),
    now: () => now,
  });
  return {
    runtime,
    database,
    pool: database.pool,
    ctx,
    now,
    async close() {
      await runtime.drain(1_000);
      await database.close();
      if (!options.folder) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

type Stores = {
  database: Database;
  knowledge: { database: Database; embedder: ReturnType<typeof createBuiltinEmbedder> };
  mes: ReturnType<typeof createEmbeddedMesStore>;
};

async function fill(ctx: Ctx, stores: Stores, options: PlantOptions & { now: Date }): Promise<void> {
  const writer = createEmbeddedPlantWriter(stores.database);
  const sample = options.content.includes("sample");
  if (sample)
    await writeSamplePlant({
      writer,
      description: await readPlantDescription(join(repository, "knowledge/plant")),
      seed: options.seed ?? 7,
      now: options.now,
    });
  const shipped = sample ? "knowledge" : "knowledge/glossary.csv";
  await ingestPaths(ctx, stores.knowledge, { paths: [join(repository, shipped)], root: repository });
  for (const one of options.content) {
    if (one === "sample") continue;
    if (one === "assetops")
      for (const name of imports.assetops)
        await importPlantData({
          mappingPath: join(repository, "tests/acceptance", name),
          dataFolder: join(sharedData, one),
          writer,
          store: stores.mes,
        });
    else await ingestPaths(ctx, stores.knowledge, { paths: [join(sharedData, one)], root: sharedData });
  }
}

async function glossaryTranslate(database: Database): Promise<Translate> {
  const glossary = await loadGlossary(database);
  return (term) => {
    const korean = /[가-힣]/.test(term);
    return (glossary.byForm.get(formKey(term)) ?? [])
      .flatMap((id) => glossary.concepts.get(id)?.forms ?? [])
      .filter((form) => (form.language === "ko") !== korean)
      .map((form) => form.text);
  };
}

function zonesOf(pool: pg.Pool): (source: string) => Promise<string | null> {
  const zones = pool
    .query<{ name: string; time_zone: string | null }>("select name, time_zone from data_sources")
    .then(({ rows }) => new Map(rows.map((row) => [row.name, row.time_zone])));
  return async (source) => (await zones).get(source) ?? null;
}
