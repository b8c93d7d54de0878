import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Ctx } from "../core/context.ts";
import { deleteDocument } from "../knowledge/delete-document.ts";
import { findFiles } from "../knowledge/ingest/find-files.ts";
import { documentIdOf, ingestPaths } from "../knowledge/ingest-paths.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { keep, readKept } from "./keep-setting.ts";
import type { TellStep } from "./start-steps.ts";

// What ships in knowledge/: the glossary for every plant; manuals and cards with the sample plant only.

const key = "shipped-knowledge";
const samplePaths = (root: string) => [join(root, "knowledge", "manuals"), join(root, "knowledge", "tribal")];

export type ShippedKnowledgeDeps = {
  knowledge: Knowledge;
  packageRoot: string;
  knownModels: () => Promise<string[]>;
};

/** Reads it in once, and again when an update brings other files: what a person deletes stays deleted until then. */
export async function ensureShippedKnowledge(
  ctx: Ctx,
  { knowledge, packageRoot, knownModels }: ShippedKnowledgeDeps,
  options: { withSample: boolean; tell: TellStep },
): Promise<void> {
  const { db } = knowledge.database;
  const glossary = join(packageRoot, "knowledge", "glossary.csv");
  const paths = [glossary, ...(options.withSample ? samplePaths(packageRoot) : [])];
  const stamp = await stampOf(paths, packageRoot);
  if ((await readKept<string>(db, key)) === stamp) return;
  await ingestPaths(ctx, knowledge, {
    paths,
    root: packageRoot,
    knownModels: await knownModels(),
    onProgress: ({ done, total }) => options.tell({ text: "Reading the manuals and cards", done, total }),
  });
  await keep(db, key, stamp, ctx.now());
}

/** Removes the sample plant's manuals and cards; returns how many there were. */
export async function removeSampleKnowledge(ctx: Ctx, deps: ShippedKnowledgeDeps): Promise<number> {
  const { knowledge, packageRoot } = deps;
  const files = await findFiles(samplePaths(packageRoot), packageRoot);
  let removed = 0;
  for (const { path } of files)
    if (await deleteDocument(ctx, knowledge, { documentId: documentIdOf(path) })) removed += 1;
  await keep(
    knowledge.database.db,
    key,
    await stampOf([join(packageRoot, "knowledge", "glossary.csv")], packageRoot),
    ctx.now(),
  );
  return removed;
}

async function stampOf(paths: string[], root: string): Promise<string> {
  const hash = createHash("sha256");
  for (const { file, path, error } of await findFiles(paths, root))
    if (error === undefined) hash.update(`${path}\n`).update(await readFile(file));
  return hash.digest("hex");
}
