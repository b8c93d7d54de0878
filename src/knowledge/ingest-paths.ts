import { createHash } from "node:crypto";
import type { Ctx } from "../core/context.ts";
import { SunbaeError, toSunbaeError } from "../core/errors.ts";
import { distinctPath, findFiles } from "./ingest/find-files.ts";
import type { FoundFile } from "./ingest/find-files.ts";
import { contentHash, indexedText, prepareDocument } from "./ingest/prepare-document.ts";
import type { PreparedDocument } from "./ingest/prepare-document.ts";
import { writeDocument } from "./ingest/write-document.ts";
import type { DocumentVectors } from "./ingest/write-document.ts";
import { embeddingModelId, ensureVectorIndex } from "./ingest/write-embeddings.ts";
import { settleSegments } from "./index/settle-segments.ts";
import { bumpVersion } from "./index/versions.ts";
import type { FileReport, FileVerdict, IngestPathsInput, IngestReport, Knowledge } from "./knowledge.ts";
import { isReadable, readableExtensions, readBytes } from "./load/load-file.ts";
import type { Metadata } from "./load/metadata.ts";
import { besideOf, isSidecar, readSidecars } from "./load/read-sidecars.ts";

type Known = {
  root: string;
  content_hash: string;
  chunk_count: number;
  entry_count: number;
  overrides: Metadata;
};

/**
 * Reads files and folders into the index. Unchanged files cost one hash; each file is one transaction, so that an
 * interrupted run is taken up by running it again. A bad file gets its verdict, the rest goes on.
 */
export async function ingestPaths(ctx: Ctx, knowledge: Knowledge, input: IngestPathsInput): Promise<IngestReport> {
  const started = performance.now();
  const found = (await findFiles(input.paths, input.root)).filter((one) => !isSidecar(one.file));
  const { rows } = await knowledge.database.pool.query<Known & { path: string }>(
    `SELECT path, root, content_hash, chunk_count, entry_count, overrides FROM documents`,
  );
  const known = new Map(rows.map((row) => [row.path, row]));
  const files: FileReport[] = [];
  for (const one of found) {
    if (ctx.signal?.aborted)
      throw new SunbaeError("cancelled", `Stopped after ${files.length} of ${found.length} files.`);
    const file = await ingestFile(ctx, knowledge, one, known, input);
    files.push(file);
    input.onProgress?.({ done: files.length, total: found.length, file });
  }
  const changed = files.some((file) => file.verdict === "added" || file.verdict === "updated");
  if (changed) await settleIndex(knowledge);
  const count = (verdict: FileVerdict) => files.filter((file) => file.verdict === verdict).length;
  return {
    files,
    added: count("added"),
    updated: count("updated"),
    unchanged: count("unchanged"),
    skipped: count("skipped"),
    failed: count("failed"),
    chunks: files.reduce((sum, file) => sum + file.chunks, 0),
    entries: files.reduce((sum, file) => sum + file.entries, 0),
    ms: Math.round(performance.now() - started),
  };
}

async function settleIndex({ database, embedder }: Knowledge): Promise<void> {
  await settleSegments(database);
  if (embedder.dimension === null) return;
  const modelId = await embeddingModelId(database, embedder.name, embedder.dimension);
  if (await ensureVectorIndex(database, modelId)) await bumpVersion(database.pool);
}

async function ingestFile(
  ctx: Ctx,
  knowledge: Knowledge,
  found: FoundFile,
  known: Map<string, Known>,
  input: IngestPathsInput,
): Promise<FileReport> {
  const path = distinctPath(found, known.get(found.path));
  const report: FileReport = { path, verdict: "failed", notices: [], documentId: null, chunks: 0, entries: 0 };
  if (found.error) return { ...report, reason: found.error };
  if (!isReadable(found.file))
    return {
      ...report,
      verdict: "skipped",
      reason: `No reader for this kind of file; read are ${readableExtensions.join(" ")}.`,
    };
  try {
    const bytes = await readBytes(found.file);
    const sidecars = await readSidecars(found.file, found.root);
    const audience = input.audience ?? sidecars.file.audience ?? sidecars.folder.audience ?? [];
    const before = known.get(path);
    const overrides = before?.overrides ?? {};
    const { knownModels = [] } = input;
    const hash = contentHash(bytes, audience, besideOf(sidecars, overrides, knownModels));
    const documentId = documentIdOf(path);
    if (before?.content_hash === hash)
      return { ...report, verdict: "unchanged", documentId, chunks: before.chunk_count, entries: before.entry_count };
    const prepared = await prepareDocument(path, bytes, { sidecars, overrides, knownModels });
    const { vectors, notices } = await embed(ctx, knowledge, prepared);
    const row = { id: documentId, path, root: found.root, hash, bytes: bytes.length, audience, at: ctx.now() };
    const written = await writeDocument(knowledge.database, row, prepared, vectors);
    const [chunks, entries] = [prepared.chunks.length, prepared.entries.length];
    known.set(path, { root: found.root, content_hash: hash, chunk_count: chunks, entry_count: entries, overrides });
    const verdict = !written ? "unchanged" : before ? "updated" : "added";
    return { path, verdict, documentId, chunks, entries, notices: [...prepared.document.notices, ...notices] };
  } catch (thrown) {
    const error = toSunbaeError(thrown);
    if (error.code === "cancelled") throw error;
    const twice = (thrown as { constraint?: string }).constraint === "cards_pkey";
    return { ...report, reason: twice ? "Another file already has a card of this id." : error.message };
  }
}

/** An embedder out of reach does not stop reading: `embed-missing.ts` catches up. */
async function embed(
  ctx: Ctx,
  { database, embedder }: Knowledge,
  prepared: PreparedDocument,
): Promise<{ vectors: DocumentVectors; notices: string[] }> {
  if (prepared.chunks.length === 0) return { vectors: null, notices: [] };
  try {
    const texts = prepared.chunks.map((chunk) => indexedText(prepared.document, chunk));
    const vectors = await embedder.embedPassages(texts, ctx.signal);
    const modelId = await embeddingModelId(database, embedder.name, vectors[0]!.length);
    return { vectors: { modelId, vectors }, notices: [] };
  } catch (thrown) {
    const error = toSunbaeError(thrown);
    if (error.code !== "unavailable") throw error;
    return { vectors: null, notices: [`Not embedded yet: ${error.message}`] };
  }
}

/** The same path is the same document for good, so that citations survive a new reading. */
export const documentIdOf = (path: string) => `d${createHash("sha256").update(path).digest("hex").slice(0, 14)}`;
