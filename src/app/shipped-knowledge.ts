import { readFileSync } from "node:fs";
import { join, sep } from "node:path";
import type { Ctx } from "../core/context.ts";
import { deleteDocument } from "../knowledge/delete-document.ts";
import { storeKeptFiles } from "../knowledge/ingest/kept-files.ts";
import { lookAtFolder, type KeptFolder } from "../knowledge/ingest/look-at-folder.ts";
import { documentIdOf, ingestPaths } from "../knowledge/ingest-paths.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { TellStep } from "./start-steps.ts";

// The folder knowledge/: the glossary for every plant; what ships in manuals/ and tribal/ with the sample plant only;
// and whatever a person puts there.

export type ShippedKnowledgeDeps = {
  knowledge: Knowledge;
  packageRoot: string;
  knownModels: () => Promise<string[]>;
};

/** Which of the folder's files count: without the sample, those that ship with it are passed over. */
export function shippedFolder(packageRoot: string, withSample: boolean): KeptFolder {
  const path = join(packageRoot, "knowledge");
  const sample = new Set(withSample ? [] : sampleFiles(packageRoot));
  const described = join(path, "plant") + sep;
  const sources = join(path, "sources.json");
  return {
    path,
    root: packageRoot,
    takesNames: true,
    passesOver: (file) => file.startsWith(described) || file === sources || sample.has(file),
  };
}

/** Brings what differs into the knowledge before the server is ready: all of it at the first start. */
export async function ensureShippedKnowledge(
  ctx: Ctx,
  { knowledge, packageRoot, knownModels }: ShippedKnowledgeDeps,
  options: { withSample: boolean; tell: TellStep },
): Promise<void> {
  const folder = shippedFolder(packageRoot, options.withSample);
  const { files, changed, gone, problem } = await lookAtFolder(knowledge.database, folder);
  if (problem !== null || changed.length + gone.length === 0) return;
  const input = {
    paths: changed,
    root: folder.root,
    gone,
    folder: folder.path,
    takesNames: true,
    knownModels: await knownModels(),
    onProgress: ({ done, total }: { done: number; total: number }) =>
      options.tell({ text: "Reading the manuals and cards", done, total }),
  };
  const { jobId } = await ingestPaths(ctx, knowledge, input, { kind: "folder" });
  await storeKeptFiles(knowledge.database.pool, folder.path, jobId, files, gone);
}

/** Removes the sample plant's manuals and cards; returns how many there were. */
export async function removeSampleKnowledge(
  ctx: Ctx,
  { knowledge, packageRoot }: Pick<ShippedKnowledgeDeps, "knowledge" | "packageRoot">,
): Promise<number> {
  let removed = 0;
  for (const file of sampleFiles(packageRoot)) {
    const path = file
      .slice(packageRoot.length + 1)
      .split(sep)
      .join("/");
    if (await deleteDocument(ctx, knowledge, { documentId: documentIdOf(path) })) removed += 1;
  }
  return removed;
}

/** The files of knowledge/ that are the sample plant's. */
function sampleFiles(packageRoot: string): string[] {
  const { sample } = JSON.parse(readFileSync(join(packageRoot, "knowledge", "sources.json"), "utf8")) as {
    sample: { files: string[] };
  };
  return sample.files.map((file) => join(packageRoot, "knowledge", ...file.split("/")));
}
