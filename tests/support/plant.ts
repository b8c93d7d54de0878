import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { createSunbae } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import type { Ctx } from "../../src/core/context.ts";
import type { Database } from "../../src/db/database.ts";
import type { Backend } from "../../src/http/backend.ts";
import type { Runtime } from "../../src/runtime/runtime.ts";
import { writeDocuments } from "../evals/documents/build-documents.ts";

// A plant for evals and tests: the whole of Sunbae on an embedded database in a folder of its own, without a model,
// with a frozen clock, so that the same questions have the same answers at any time.

const repository = join(import.meta.dirname, "../..");
/** The public data beside the repository; it may be absent. */
export const sharedData = join(repository, "../shared/data");

const documentsPlant = join(import.meta.dirname, "../evals/documents/plant.yaml");
/** Mappings of tests/acceptance, in the order in which they are imported. */
const mappings: Record<string, string[]> = { assetops: ["assetops.yaml", "assetops-telemetry.yaml"] };

/** The sample plant, the documents of tests/evals/documents, a data set of the shared data, or a folder of its manuals. */
export type PlantContent = "sample" | "documents" | "assetops" | `manuals/${string}`;

export type PlantOptions = {
  content: readonly PlantContent[];
  /** The clock; frozen. */
  now?: Date;
  /** Kept and opened again where given; else a temporary folder that `close` removes. */
  folder?: string;
};

export type Plant = {
  runtime: Runtime;
  backend: Backend;
  database: Database;
  /** For truth queries. */
  pool: pg.Pool;
  ctx: Ctx;
  now: Date;
  close(): Promise<void>;
};

/** A Wednesday afternoon in the day shift of the sample plant's site. */
export const frozenNow = new Date("2026-11-18T14:30:00+09:00");

/** The folders that a plant's content needs and this machine lacks; empty where it can be opened. */
export function missingData(content: readonly PlantContent[]): string[] {
  return content
    .filter((one) => one !== "sample" && one !== "documents")
    .map((one) => join(sharedData, one))
    .filter((folder) => !existsSync(folder));
}

/** Rejects with what stands in the way; then nothing is left open. */
export async function openPlant(options: PlantOptions): Promise<Plant> {
  const { now = frozenNow, content } = options;
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "sunbae-plant-"));
  const fresh = !existsSync(join(folder, "postgres"));
  const environment = {
    SUNBAE_DATA_DIR: folder,
    SUNBAE_LLM: "none",
    SUNBAE_SAMPLE: content.includes("sample") ? "on" : "off",
    SUNBAE_LOG_LEVEL: "error",
  };
  const config = readConfig({ environment, folder, packageRoot: repository });
  const sunbae = createSunbae(config, { now: () => now, background: false });
  const close = async (): Promise<void> => {
    await sunbae.close(1_000);
    if (!options.folder) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const backend = await sunbae.ready;
    const actor: Ctx["actor"] = { id: "local", name: "local user", roles: ["admin"], door: "eval" };
    const ctx = (): Ctx => ({ actor, timeZone: backend.timeZone, now: () => now });
    if (fresh) for (const one of content) await fill(ctx(), backend, one);
    const { runtime, database } = backend;
    return { runtime, backend, database, pool: database.pool, ctx: ctx(), now, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

async function fill(ctx: Ctx, { maintenance }: Backend, content: PlantContent): Promise<void> {
  if (content === "sample") return;
  const ignore = (): void => {};
  if (content === "documents") {
    const root = mkdtempSync(join(tmpdir(), "sunbae-documents-"));
    await writeDocuments(root);
    // First: documents are told apart by the models that the plant knows.
    await maintenance.importPlantData(ctx, { mappingPath: documentsPlant }, ignore);
    await maintenance.ingest(ctx, { paths: [root], root }, ignore);
    rmSync(root, { recursive: true, force: true });
    return;
  }
  const dataFolder = join(sharedData, content);
  if (content.startsWith("manuals/")) await maintenance.ingest(ctx, { paths: [dataFolder], root: sharedData }, ignore);
  for (const name of mappings[content] ?? []) {
    const mappingPath = join(repository, "tests/acceptance", name);
    await maintenance.importPlantData(ctx, { mappingPath, dataFolder }, ignore);
  }
}
