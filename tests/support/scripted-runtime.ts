import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { agents } from "../../agents/index.ts";
import type { Actor, Ctx } from "../../src/core/context.ts";
import { defaultShifts } from "../../src/core/periods/period.ts";
import type { Answer, NumberedRunEvent, RunEvent } from "../../src/core/run-event.ts";
import type { Database } from "../../src/db/database.ts";
import { ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import { createEgressGate, type EgressRecord } from "../../src/llm/egress.ts";
import { createBuiltinEmbedder } from "../../src/llm/embeddings/builtin.ts";
import { createModels, type Models, type ModelSettings } from "../../src/llm/models.ts";
import { loadPrompts } from "../../src/llm/render-prompt.ts";
import { createDirectoryCache } from "../../src/plant/directory/create-directory.ts";
import type { MesStore } from "../../src/plant/mes-store.ts";
import { createMemoryMesStore, type MemoryPlant } from "../../src/plant/mes/memory-mes-store.ts";
import type { SensorStore } from "../../src/plant/sensor-store.ts";
import { createMemorySensorStore } from "../../src/plant/sensors/memory-sensor-store.ts";
import { createProposal } from "../../src/runtime/proposals/create-proposal.ts";
import { createRuntime, type AskInput, type Runtime, type RuntimeDeps } from "../../src/runtime/runtime.ts";
import { createVocabularyCache } from "../../src/runtime/understand/vocabulary.ts";
import { createToolRegistry } from "../../src/tools/registry.ts";
import { bakery, tags, translate } from "../runtime/bakery.ts";

// A whole runtime on the bakery of tests/runtime/bakery.ts: a real database for runs and knowledge, memory stores for
// the plant, and models by setting (none unless told). Whatever may be replaced is an option.

/** Thursday, 13 March 2025, 10:00 in Paris. */
export const bakeryNow = new Date("2025-03-13T09:00:00Z");
export const technician: Actor = { id: "u-1", name: "Ines", roles: ["technician"], door: "test" };

export type ScriptedOptions = {
  plant?: MemoryPlant;
  mes?: Partial<MesStore>;
  sensors?: Partial<SensorStore>;
  models?: Partial<ModelSettings>;
  egress?: readonly string[] | "none";
  deps?: Partial<RuntimeDeps>;
};
export type Turn = { runId: string; events: RunEvent[]; numbered: NumberedRunEvent[]; answer: Answer | null };
export type ScriptedRuntime = {
  runtime: Runtime;
  database: Database;
  ctx: Ctx;
  deps: RuntimeDeps;
  egress: EgressRecord[];
  models: Models;
  /** Errors and warnings that were logged. */
  logged: { level: string; message: string; fields: object }[];
  /** A question and everything that came of it. */
  turn(question: string, input?: Partial<AskInput>): Promise<Turn>;
};

export function createScriptedRuntime(database: Database, options: ScriptedOptions = {}): ScriptedRuntime {
  const egress: EgressRecord[] = [];
  const logged: ScriptedRuntime["logged"] = [];
  const note = (level: string) => (fields: object, message: string) => void logged.push({ level, message, fields });
  const mes: MesStore = { ...createMemoryMesStore(options.plant ?? bakery), ...options.mes };
  const sensors: SensorStore = { ...createMemorySensorStore(tags), ...options.sensors };
  const models = createModels(
    {
      llm: "none",
      ollamaHost: "127.0.0.1:1",
      timeouts: { firstByteMs: 800, idleMs: 300, totalMs: 5_000 },
      ...options.models,
    },
    { egress: createEgressGate({ allow: options.egress ?? "none", record: (record) => void egress.push(record) }) },
  );
  const deps: RuntimeDeps = {
    database,
    timeZone: "Europe/Paris",
    logger: { info: () => {}, warn: note("warn"), error: note("error") },
    registry: createToolRegistry(),
    mes,
    sensors,
    directory: createDirectoryCache({ mes, translate }),
    vocabulary: createVocabularyCache(mes),
    knowledge: { database, embedder: createBuiltinEmbedder() },
    translate,
    shifts: defaultShifts,
    timeZoneOf: async () => null,
    models: () => models.current(),
    prompts: loadPrompts(join(import.meta.dirname, "../../prompts")),
    agents,
    propose: (ctx, runId, draft) => createProposal(ctx, database.db, { ...draft, runId }),
    now: () => bakeryNow,
    ...options.deps,
  };
  const runtime = createRuntime(deps);
  const ctx: Ctx = { actor: technician, timeZone: "Europe/Paris", now: deps.now ?? (() => bakeryNow) };
  return {
    ...{ runtime, database, ctx, deps, egress, models, logged },
    async turn(question, input = {}) {
      const { runId } = await runtime.start(ctx, { question, ...input });
      return { runId, ...(await follow(runtime, runId)) };
    },
  };
}

export async function follow(runtime: Runtime, runId: string, afterSeq = 0): Promise<Omit<Turn, "runId">> {
  const numbered: NumberedRunEvent[] = [];
  for await (const event of runtime.follow(runId, { afterSeq })) numbered.push(event);
  const events = numbered.map(({ event }) => event);
  const answer = events.flatMap((event) => (event.type === "answer-finished" ? [event.answer] : []))[0] ?? null;
  return { numbered, events, answer };
}

/** Files by path, ingested as documents of the plant. */
export async function ingestTexts(runtime: ScriptedRuntime, files: Record<string, string>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "sunbae-documents-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const report = await ingestPaths(runtime.ctx, runtime.deps.knowledge, { paths: [root], root });
    const wrong = report.files.filter((file) => file.documentId === null);
    if (wrong.length > 0) throw new Error(`not ingested: ${JSON.stringify(wrong)}`);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
