import type pg from "pg";
import type { Ctx } from "../../core/context.ts";
import { toSunbaeError } from "../../core/errors.ts";
import type { Knowledge } from "../knowledge.ts";
import type { FileTask, ReadFile, Verdict } from "./file-task.ts";
import { noVerdict } from "./file-task.ts";
import { dropStagedPages } from "./staged-pages.ts";
import { dropUnusedFile, storeBytes } from "./stored-files.ts";
import { writeDocument } from "./write-document.ts";
import type { DocumentVectors } from "./body-slices.ts";
import { embeddingModelId } from "./write-embeddings.ts";

/** Formats of which pages are shown keep their file; so does what came by a door, to be read again one day. */
const keepsFile = ({ task, result }: ReadFile) => task.storedFile !== null || result.indexed.facts.hasPictures;

/** Puts a file that was read into the index, its verdict (`record`) in the same transaction. */
export async function writeFile(
  ctx: Ctx,
  knowledge: Knowledge,
  read: ReadFile,
  record: (client: pg.PoolClient, task: FileTask, verdict: Verdict) => Promise<void>,
): Promise<Verdict> {
  const { task, result, before } = read;
  const { database } = knowledge;
  const { facts } = result.indexed;
  const { vectors, notices } = await vectorsOf(ctx, knowledge, read);
  const original = keepsFile(read) ? read.bytesHash : null;
  if (original) await storeBytes(database, original, read.bytes);
  const row = {
    id: read.documentId,
    path: task.path,
    root: task.root,
    file: task.file,
    hash: read.hash,
    bytes: read.bytes.length,
    audience: read.audience,
    original,
    reads: result.reads,
    overrides: read.overrides,
    overridesBefore: before?.overrides ?? null,
    at: ctx.now(),
  };
  const said: Verdict = {
    ...noVerdict,
    verdict: before ? "updated" : "added",
    documentId: row.id,
    chunks: facts.chunks,
    entries: facts.entries,
    pages: facts.pages,
    unreadPages: facts.unreadPages,
    notices: [...facts.notices, ...notices],
  };
  const verdictOf = (written: boolean): Verdict => (written ? said : { ...said, verdict: "unchanged" });
  try {
    const finish = async (client: pg.PoolClient, isWritten: boolean) => {
      await dropStagedPages(client, read.pagesKey);
      await record(client, task, verdictOf(isWritten));
    };
    const written = await writeDocument(database, row, result.indexed, vectors, finish, ctx.signal);
    if (before?.original && before.original !== original) await dropUnusedFile(database.pool, before.original);
    return verdictOf(written);
  } catch (thrown) {
    if ((thrown as { constraint?: string }).constraint !== "cards_pkey") throw thrown;
    return { ...noVerdict, verdict: "failed", reason: "Another file already has a card of this id." };
  }
}

/** An embedder out of reach does not stop reading: `embed-missing.ts` catches up. */
async function vectorsOf(
  ctx: Ctx,
  { database, embedder }: Knowledge,
  { result: { vectors, texts, indexed } }: ReadFile,
): Promise<{ vectors: DocumentVectors; notices: string[] }> {
  if (indexed.facts.chunks === 0) return { vectors: null, notices: [] };
  try {
    const made = vectors ? split(vectors, indexed.facts.chunks) : await embedder.embedPassages(texts!, ctx.signal);
    const modelId = await embeddingModelId(database, embedder.name, made[0]!.length);
    return { vectors: { modelId, vectors: made }, notices: [] };
  } catch (thrown) {
    const error = toSunbaeError(thrown);
    if (error.code !== "unavailable") throw error;
    return { vectors: null, notices: [`Not embedded yet: ${error.message}`] };
  }
}

function split(vectors: Float32Array, count: number): Float32Array[] {
  const dimension = vectors.length / count;
  return Array.from({ length: count }, (_, at) => vectors.subarray(at * dimension, (at + 1) * dimension));
}
