import type pg from "pg";

/**
 * Removes a document with everything that hangs on it, inside the caller's transaction; its stored file stays, for the
 * caller to drop afterwards. Null if the document was not there.
 */
export async function removeDocument(
  client: pg.PoolClient,
  documentId: string,
): Promise<{ path: string; original: string | null } | null> {
  const { rows } = await client.query<{
    path: string;
    original: string | null;
    first_chunk: number;
    chunk_count: number;
  }>(`SELECT path, original, first_chunk, chunk_count FROM documents WHERE id = $1 FOR UPDATE`, [documentId]);
  const document = rows[0];
  if (!document) return null;
  const live = await client.query(`DELETE FROM bm25_segments WHERE document_id = $1`, [documentId]);
  if (live.rowCount === 0 && document.chunk_count > 0) {
    // Its postings are packed with others': marked dead, and left out when segments are joined.
    await client.query(
      `INSERT INTO bm25_tombstones (chunk_id) SELECT generate_series($1::int, $2::int) ON CONFLICT DO NOTHING`,
      [document.first_chunk, document.first_chunk + document.chunk_count - 1],
    );
  }
  await client.query(`DELETE FROM documents WHERE id = $1`, [documentId]);
  return { path: document.path, original: document.original };
}
