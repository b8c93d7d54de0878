import type pg from "pg";

/** Removes a document with everything that hangs on it, inside the caller's transaction. False if it was not there. */
export async function removeDocument(client: pg.PoolClient, documentId: string): Promise<boolean> {
  const { rows } = await client.query<{ first_chunk: number; chunk_count: number }>(
    `SELECT first_chunk, chunk_count FROM documents WHERE id = $1 FOR UPDATE`,
    [documentId],
  );
  const document = rows[0];
  if (!document) return false;
  const live = await client.query(`DELETE FROM bm25_segments WHERE document_id = $1`, [documentId]);
  if (live.rowCount === 0 && document.chunk_count > 0) {
    // Its postings are packed with others': marked dead, and left out when segments are joined.
    await client.query(
      `INSERT INTO bm25_tombstones (chunk_id) SELECT generate_series($1::int, $2::int) ON CONFLICT DO NOTHING`,
      [document.first_chunk, document.first_chunk + document.chunk_count - 1],
    );
  }
  await client.query(`DELETE FROM documents WHERE id = $1`, [documentId]);
  return true;
}
