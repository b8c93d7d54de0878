import type pg from "pg";
import { SunbaeError } from "../../core/errors.ts";
import type { Database } from "../../db/database.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { holdFamilies, settleEditions } from "../editions/settle-editions.ts";
import { bumpVersion } from "../index/versions.ts";
import { pipelineVersion } from "./content-hash.ts";
import type { TableRows } from "./document-rows.ts";
import type { IndexedDocument } from "./index-document.ts";
import { removeDocument } from "./remove-document.ts";
import type { SiblingRead } from "./siblings.ts";
import { writeEmbeddings } from "./write-embeddings.ts";

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
export type DocumentVectors = { modelId: number; vectors: Float32Array[] } | null;

/**
 * Writes a document and all that belongs to it in one transaction, in place of what was there before. False where
 * another process wrote the very same meanwhile. `finish` is done in the same transaction, whichever it is. Rejects
 * with `conflict` where a person changed the document since it was read: read it again.
 */
export async function writeDocument(
  database: Pick<Database, "pool">,
  row: DocumentRow,
  indexed: IndexedDocument,
  vectors: DocumentVectors,
  finish: (client: pg.PoolClient, written: boolean) => Promise<void>,
): Promise<boolean> {
  return await inTransaction(database.pool, async (client) => {
    // A row that isn't there yet can't be locked; its name can.
    await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('document ' || $1, 0))`, [row.id]);
    const same = await client.query(`SELECT FROM documents WHERE id = $1 AND content_hash = $2 AND reads = $3`, [
      row.id,
      row.hash,
      JSON.stringify(row.reads),
    ]);
    const written = same.rowCount === 0;
    if (written) await replace(client, row, indexed, vectors);
    await finish(client, written);
    return written;
  });
}

async function replace(client: pg.PoolClient, row: DocumentRow, indexed: IndexedDocument, vectors: DocumentVectors) {
  const { facts, firstChunk, segment } = indexed;
  const { family, supersedes } = facts;
  const touched = await holdFamilies(client, row.id, [{ family, supersedes }]);
  const changed = await client.query(`SELECT FROM documents WHERE id = $1 AND overrides <> $2::jsonb`, [
    row.id,
    row.overridesBefore ?? {},
  ]);
  if (changed.rowCount) throw new SunbaeError("conflict", "Somebody changed the document while its file was read.");
  await removeDocument(client, row.id);
  await insertDocument(client, row, indexed);
  for (const rows of indexed.rows) await insertRows(client, row.id, rows);
  if (facts.chunks > 0)
    await client.query(`INSERT INTO bm25_segments (document_id, chunks, tokens, live) VALUES ($1, $2, $3, $4)`, [
      row.id,
      facts.chunks,
      segment.tokens,
      Buffer.from(segment.data),
    ]);
  if (vectors) {
    const ids = vectors.vectors.map((_, ordinal) => firstChunk + ordinal);
    await writeEmbeddings(client, vectors.modelId, ids, vectors.vectors);
  }
  await settleEditions(client, touched);
  await bumpVersion(client);
}

async function insertDocument(client: pg.PoolClient, row: DocumentRow, { facts, firstChunk }: IndexedDocument) {
  const values: Record<string, unknown> = {
    id: row.id,
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

/** Rows of one table from a JSON list: one statement however many. */
async function insertRows(client: pg.PoolClient, id: string, { table, columns, json }: TableRows) {
  const names = columns.split(", ").map((column) => column.split(" ")[0]!);
  await client.query(
    `INSERT INTO ${table} (document_id, ${names.join(", ")})
     SELECT $1, ${names.join(", ")} FROM jsonb_to_recordset($2::jsonb) AS row (${columns})`,
    [id, json],
  );
}
