import type pg from "pg";
import { SunbaeError } from "../../core/errors.ts";
import type { Database } from "../../db/database.ts";
import { inSlices } from "../index/in-slices.ts";
import type { Slice } from "../index/in-slices.ts";

// Body: what was read of a document at one time: its pages, passages, entries, safety text and vectors. A long one is
// written and removed in slices, so that no question waits for it; while `unseen_bodies` names it, nobody sees it.

type Queryable = Pick<pg.PoolClient, "query">;

export type Body = { number: number; documentId: string; firstChunk: number; chunks: number; pages: number };

/** Up to so many passages and pages go in one transaction of some twenty milliseconds. */
export const wholeUpTo = 150;

const chunksAtOnce = 200;
const pagesAtOnce = 100;

export async function nextBody(client: Queryable): Promise<number> {
  const { rows } = await client.query<{ body: number }>(`SELECT nextval('body_numbers')::int AS body`);
  return rows[0]!.body;
}

/** Begins a body that nobody sees; resolves with its number. */
export async function openBody(client: Queryable, documentId: string, firstChunk: number, chunks: number) {
  const { rows } = await client.query<{ body: number }>(
    `INSERT INTO unseen_bodies (document_id, first_chunk, chunks) VALUES ($1, $2, $3) RETURNING body`,
    [documentId, firstChunk, chunks],
  );
  return rows[0]!.body;
}

/** Lets everybody see it once the caller's transaction ends. Rejects with `conflict` where a sweep took it for dead. */
export async function showBody(client: Queryable, body: number): Promise<void> {
  const { rowCount } = await client.query(`DELETE FROM unseen_bodies WHERE body = $1`, [body]);
  if (rowCount === 0) throw new SunbaeError("conflict", "What was written of the document has been removed meanwhile.");
  await client.query(`UPDATE all_bm25_segments SET seen = true WHERE body = $1`, [body]);
}

/** Takes a document's body away in the caller's transaction: a short one at once, a long one is to be removed later. */
export async function takeBody(client: Queryable, body: Body): Promise<Body | null> {
  if (body.chunks <= wholeUpTo && body.pages <= wholeUpTo) {
    for (const { text, values } of removal(body)) await client.query(text, values);
    return null;
  }
  await client.query(`INSERT INTO unseen_bodies (body, document_id, first_chunk, chunks) VALUES ($1, $2, $3, $4)`, [
    body.number,
    body.documentId,
    body.firstChunk,
    body.chunks,
  ]);
  return body;
}

/** Removes a body that nobody sees. */
export async function removeBody(database: Pick<Database, "pool" | "engine">, body: Body): Promise<void> {
  await inSlices(database, removal(body));
  await database.pool.query(`DELETE FROM unseen_bodies WHERE body = $1`, [body.number]);
}

function* removal({ number, documentId, firstChunk, chunks, pages }: Body): Iterable<Slice> {
  yield { text: `DELETE FROM all_bm25_segments WHERE body = $1`, values: [number] };
  // Vectors, entries and safety text go with their passages.
  for (let from = firstChunk; from < firstChunk + chunks; from += chunksAtOnce)
    yield {
      text: `DELETE FROM all_chunks WHERE id >= $1 AND id < $2 AND body = $3`,
      values: [from, from + chunksAtOnce, number],
    };
  for (let from = 1; from <= pages; from += pagesAtOnce)
    yield {
      text: `DELETE FROM all_document_pages WHERE document_id = $1 AND number >= $2 AND number < $3 AND body = $4`,
      values: [documentId, from, from + pagesAtOnce, number],
    };
}

/** At the start of the embedded database's one process: nobody is writing any of them. */
export async function giveUpBodies(client: Queryable): Promise<void> {
  await client.query(`UPDATE unseen_bodies SET since = '-infinity'`);
}

/**
 * Removes a body that did not become a document's, unless it did: nobody knows of a commit whose connection was lost.
 * Once the signal is aborted, or where the database is away, the next sweep does. Never rejects.
 */
export async function giveUpBody(
  database: Pick<Database, "pool" | "engine">,
  body: number,
  signal?: AbortSignal,
): Promise<void> {
  try {
    await database.pool.query(`UPDATE unseen_bodies SET since = '-infinity' WHERE body = $1`, [body]);
    if (!signal?.aborted) await sweepBodies(database);
  } catch {
    // Its writer has an error of its own to tell.
  }
}

/** Removes what processes that died were writing or removing: at once where given up, else after an hour. */
export async function sweepBodies(database: Pick<Database, "pool" | "engine">): Promise<void> {
  const { rows } = await database.pool.query<Body>(
    `SELECT u.body AS number, u.document_id AS "documentId", u.first_chunk AS "firstChunk", u.chunks,
            coalesce((SELECT max(p.number) FROM all_document_pages p
              WHERE p.document_id = u.document_id AND p.body = u.body), 0) AS pages
     FROM unseen_bodies u WHERE u.since < now() - interval '1 hour' ORDER BY u.body`,
  );
  for (const body of rows) await removeBody(database, body);
}
