import type pg from "pg";
import { takeBody } from "./bodies.ts";
import type { Body } from "./bodies.ts";

export type Removed = {
  path: string;
  /** Its stored file, which stays, for the caller to drop afterwards. */
  original: string | null;
  /** What is left of it, unseen, for the caller to remove afterwards by `removeBody`; null for a short document. */
  rest: Body | null;
};

type Row = {
  path: string;
  original: string | null;
  body: number;
  first_chunk: number;
  chunk_count: number;
  last_page: number;
};

/** Removes a document from all eyes inside the caller's transaction. Null if the document was not there. */
export async function removeDocument(client: pg.PoolClient, documentId: string): Promise<Removed | null> {
  const { rows } = await client.query<Row>(
    `SELECT path, original, body, first_chunk, chunk_count,
            coalesce((SELECT max(number) FROM document_pages WHERE document_id = $1), 0) AS last_page
     FROM documents WHERE id = $1 FOR UPDATE`,
    [documentId],
  );
  const document = rows[0];
  if (!document) return null;
  const live = await client.query(`DELETE FROM all_bm25_segments WHERE body = $1`, [document.body]);
  if (live.rowCount === 0 && document.chunk_count > 0) {
    // Its postings are packed with others': marked dead, and left out when segments are joined.
    await client.query(
      `INSERT INTO bm25_tombstones (chunk_id) SELECT generate_series($1::int, $2::int) ON CONFLICT DO NOTHING`,
      [document.first_chunk, document.first_chunk + document.chunk_count - 1],
    );
  }
  await client.query(`DELETE FROM documents WHERE id = $1`, [documentId]);
  const body = {
    number: document.body,
    documentId,
    firstChunk: document.first_chunk,
    chunks: document.chunk_count,
    pages: document.last_page,
  };
  return { path: document.path, original: document.original, rest: await takeBody(client, body) };
}
