import { createHash } from "node:crypto";
import { extname, sep } from "node:path";
import { SunbaeError, toSunbaeError } from "../../core/errors.ts";
import type { Knowledge } from "../knowledge.ts";
import { isReadable, whyNotReadable } from "../load/choose-reader.ts";
import { readBytes } from "../load/read-bytes.ts";
import type { Metadata } from "../load/metadata.ts";
import { besideOf, readSidecars } from "../load/read-sidecars.ts";
import type { Sidecars } from "../load/read-sidecars.ts";
import { contentHash, hashOf, pipelineVersion } from "./content-hash.ts";
import { documentIdOf, noVerdict } from "./file-task.ts";
import type { Before, FileTask, ReadFile, ReadingJob, Verdict } from "./file-task.ts";
import { readStaged } from "./read-staged.ts";
import { areUnchanged } from "./siblings.ts";
import type { Place } from "./siblings.ts";
import { readStoredFile } from "./stored-files.ts";

/** Reads a file, or finds that it need not be. Rejects with `cancelled` only; what is wrong with a file is its verdict. */
export async function readOneFile(job: ReadingJob, task: FileTask): Promise<Verdict | ReadFile> {
  const { ctx, knowledge } = job;
  if (!isReadable(task.path)) return { ...noVerdict, verdict: "skipped", reason: whyNotReadable(task.path) };
  try {
    const bytes = task.storedFile
      ? await readStoredFile(knowledge.database, task.storedFile)
      : await readBytes(task.file);
    const place = placeOf(task, job.keptFolders);
    const sidecars = place ? await readSidecars(place.file, task.root) : noSidecars;
    const documentId = documentIdOf(task.path);
    const before = await readBefore(knowledge, documentId);
    const overrides = overridesOf(job, task, before);
    const bytesHash = await hashOf(bytes);
    const hash = contentHash(bytesHash, job.audience ?? [], besideOf(sidecars, overrides));
    if (before?.content_hash === hash && (await areUnchanged(place, before.reads))) {
      if (before.file !== task.file) await moved(knowledge, documentId, task);
      return unchanged(documentId, before);
    }
    const pagesKey = keyOfPages(bytesHash, task.path);
    const given = { sidecars, overrides, knownModels: job.knownModels };
    const request = { path: task.path, bytes, place, given, embedder: knowledge.embedder.name };
    const result = await readStaged(job, task, request, pagesKey);
    if (ctx.signal?.aborted) throw new SunbaeError("cancelled", "The reading was stopped.");
    const audience = job.audience ?? result.indexed.facts.audience ?? [];
    return { task, documentId, bytes, bytesHash, hash, audience, overrides, before, result, pagesKey };
  } catch (thrown) {
    const error = toSunbaeError(thrown);
    if (error.code === "cancelled" || ctx.signal?.aborted) throw error;
    return { ...noVerdict, verdict: "failed", reason: [error.message, error.fix].filter(Boolean).join(" ") };
  }
}

/** Null for what came by a door. Names are relative to the root, which may be the parent of a folder that others fill. */
function placeOf({ file, root }: FileTask, keptFolders: string[]): Place | null {
  const own = keptFolders.filter((folder) => file.startsWith(folder + sep)).toSorted((a, b) => b.length - a.length);
  return file === "" ? null : { file, root: own[0] ?? root };
}

const noSidecars: Sidecars = { folder: {}, file: {}, notices: [], fingerprint: "" };

const keyOfPages = (bytesHash: string, path: string): string =>
  createHash("sha256")
    .update(`${pipelineVersion} ${extname(path).toLowerCase()} ${bytesHash}`)
    .digest("hex");

async function readBefore({ database }: Knowledge, documentId: string): Promise<Before | null> {
  const { rows } = await database.pool.query<Before>(
    `SELECT file, content_hash, chunk_count, entry_count, pages, unread_pages, original, overrides, reads
     FROM documents WHERE id = $1`,
    [documentId],
  );
  return rows[0] ?? null;
}

/** The same document, found elsewhere. */
async function moved({ database }: Knowledge, documentId: string, { file, root }: FileTask): Promise<void> {
  await database.pool.query(`UPDATE documents SET file = $2, root = $3 WHERE id = $1`, [documentId, file, root]);
}

/**
 * A person's word stays. That an upload is approved counts only from who may approve, and for the bytes that were: the
 * next file of that name may say anything. Files of this machine are its owner's.
 */
function overridesOf({ metadata, mayApprove }: ReadingJob, task: FileTask, before: Before | null): Metadata {
  const overrides = { ...before?.overrides, ...metadata };
  const isSameFile = before?.original === task.storedFile && overrides.approved !== undefined;
  return mayApprove || task.storedFile === null || isSameFile ? overrides : { ...overrides, approved: false };
}

const unchanged = (documentId: string, before: Before): Verdict => ({
  ...noVerdict,
  verdict: "unchanged",
  documentId,
  chunks: before.chunk_count,
  entries: before.entry_count,
  pages: before.pages,
  unreadPages: before.unread_pages,
});
