import type { Database } from "../../../src/db/database.ts";
import type { Memory, Understanding } from "../../../src/runtime/understand/understanding.ts";
import { understand } from "../../../src/runtime/understand/understand.ts";
import { createScriptedRuntime, ingestTexts } from "../../support/scripted-runtime.ts";
import { bakeryDocuments } from "../bakery-documents.ts";

export type Reader = (question: string, more?: { memory?: Memory; hint?: string }) => Promise<Understanding>;

/** Reads questions as a turn on the bakery would. */
export async function createReader(database: Database): Promise<Reader> {
  const { deps, ctx, ...runtime } = createScriptedRuntime(database);
  await ingestTexts({ deps, ctx, ...runtime }, bakeryDocuments);
  const directory = await deps.directory.load();
  const vocabulary = await deps.vocabulary.load();
  return async (question, { memory = null, hint = null } = {}) =>
    await understand({ ...deps, question, ctx, directory, vocabulary, memory, equipmentHint: hint });
}
