import type pg from "pg";
import { SunbaeError } from "../../core/errors.ts";
import type { Database } from "../../db/database.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { holdFamilies, settleEditions } from "../editions/settle-editions.ts";
import { inSlices } from "../index/in-slices.ts";
import { bumpVersion } from "../index/versions.ts";
import { giveUpBody, nextBody, openBody, removeBody, showBody, wholeUpTo } from "./bodies.ts";
import type { Body } from "./bodies.ts";
import { bodySlices, slicesWithDocument } from "./body-slices.ts";
import type { DocumentVectors } from "./body-slices.ts";
import { pipelineVersion } from "./content-hash.ts";
import type { IndexedDocument } from "./index-document.ts";
import { removeDocument } from "./remove-document.ts";
import type { SiblingRead } from "./siblings.ts";

export type DocumentRow = {
  id: string;
  path: string;
  root: string;
  /** Where it was read from; empty for what came by a door. */
  file: string;
  hash: string;
  bytes: number;
  audience: string[];
  /** The stored file; null where it is not kept. */
  original: string | null;
  reads: SiblingRead[];
  /** What a person set: as it is to be, and as it was when the file was read (null: no document was there). */
  overrides: object;
  overridesBefore: object | null;
  at: Date;
};

/**
 * Writes a document and all that belongs to it, in place of what was there before; nobody sees a part of it. A short
 * one goes in one transaction; of a long one first its body in slices, then in one transaction the rest. False where
 * another process wrote the very same meanwhile. `finish` is done in that transaction, whichever it is. Rejects with
 * `conflict` where a person changed the document since it was read: read it again.
 */
export async function writeDocument(
  database: Pick<Database, "pool" | "engine">,
  row: DocumentRow,
  indexed: IndexedDocument,
  vectors: DocumentVectors,
  finish: (client: pg.PoolClient, written: boolean) => Promise<void>,
  signal?: AbortSignal,
): Promise<boolean> {
  const { firstChunk, facts } = indexed;
  const isLong = facts.chunks > wholeUpTo || (facts.pages ?? 0) > wholeUpTo;
  const unseen = isLong ? await openBody(database.pool, row.id, firstChunk, facts.chunks) : null;
  let rest: Body | null = null;
  let isDone = false;
  try {
    if (unseen !== null)
      await inSlices(database, bodySlices({ number: unseen, documentId: row.id, indexed, vectors }, false), signal);
    isDone = await inTransaction(database.pool, async (client) => {
      // A row that isn't there yet can't be locked; its name can.
      await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('document ' || $1, 0))`, [row.id]);
      const same = await client.query(`SELECT FROM documents WHERE id = $1 AND content_hash = $2 AND reads = $3`, [
        row.id,
        row.hash,
        JSON.stringify(row.reads),
      ]);
      const written = same.rowCount === 0;
      if (written) rest = await replace(client, row, indexed, vectors, unseen);
      await finish(client, written);
      return written;
    });
  } finally {
    if (unseen !== null && !isDone) await giveUpBody(database, unseen, signal);
  }
  if (rest) await removeBody(database, rest);
  return isDone;
}

/** `unseen`: its body, where it is written already. Resolves with what is left to be removed of the former document. */
async function replace(
  client: pg.PoolClient,
  row: DocumentRow,
  indexed: IndexedDocument,
  vectors: DocumentVectors,
  unseen: number | null,
): Promise<Body | null> {
  const { family, supersedes } = indexed.facts;
  const touched = await holdFamilies(client, row.id, [{ family, supersedes }]);
  const changed = await client.query(`SELECT FROM documents WHERE id = $1 AND overrides <> $2::jsonb`, [
    row.id,
    row.overridesBefore ?? {},
  ]);
  if (changed.rowCount) throw new SunbaeError("conflict", "Somebody changed the document while its file was read.");
  const removed = await removeDocument(client, row.id);
  const number = unseen ?? (await nextBody(client));
  await insertDocument(client, row, indexed, number);
  const slices = slicesWithDocument(row.id, indexed);
  if (unseen === null) slices.unshift(...bodySlices({ number, documentId: row.id, indexed, vectors }, true));
  else await showBody(client, unseen);
  for (const { text, values } of slices) await client.query(text, values);
  await settleEditions(client, touched);
  await bumpVersion(client);
  return removed?.rest ?? null;
}

async function insertDocument(
  client: pg.PoolClient,
  row: DocumentRow,
  { facts, firstChunk }: IndexedDocument,
  body: number,
): Promise<void> {
  const values: Record<string, unknown> = {
    id: row.id,
    body,
    path: row.path,
    root: row.root,
    file: row.file,
    title: facts.title,
    format: facts.format,
    kind: facts.kind,
    language: facts.language,
    models: facts.models,
    equipment_ids: facts.equipmentIds,
    revision: facts.revision,
    date: facts.date,
    approved: facts.approved,
    translation_of: facts.translationOf,
    trust: facts.trust,
    audience: row.audience,
    content_hash: row.hash,
    pipeline: pipelineVersion,
    bytes: row.bytes,
    pages: facts.pages,
    unread_pages: facts.unreadPages,
    first_chunk: firstChunk,
    chunk_count: facts.chunks,
    entry_count: facts.entries,
    notices: facts.notices,
    original: row.original,
    reads: JSON.stringify(row.reads),
    family: facts.family,
    supersedes: facts.supersedes,
    overrides: row.overrides,
    ingested_at: row.at,
  };
  const names = Object.keys(values);
  await client.query(
    `INSERT INTO documents (${names.join(", ")}) VALUES (${names.map((_, index) => `$${index + 1}`).join(", ")})`,
    Object.values(values),
  );
}
