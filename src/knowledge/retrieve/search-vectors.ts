import { vectorBytes } from "../ingest/write-embeddings.ts";
import type { IndexView } from "../index/index-view.ts";
import type { Knowledge } from "../knowledge.ts";
import type { DocumentCondition } from "./filter-documents.ts";
import type { ScoredHit } from "./fuse.ts";

export type VectorSpace = { id: number; dimension: number; indexed: boolean; vectors: number };

/** The embedder's space if anything is stored in it. */
export function spaceOf(knowledge: Knowledge, view: IndexView): VectorSpace | null {
  const space = view.models.get(knowledge.embedder.name);
  return space && space.vectors > 0 ? space : null;
}

/** The chunks nearest to a vector, nearest first, with their cosine; `condition` numbers its parameters from $3. */
export async function searchVectors(
  knowledge: Knowledge,
  space: VectorSpace,
  question: Float32Array,
  condition: DocumentCondition,
  filtered: boolean,
  limit: number,
): Promise<ScoredHit[]> {
  const place = `embedding::vector(${Number(space.dimension)})`;
  const filter = filtered
    ? `AND EXISTS (SELECT 1 FROM chunks c JOIN documents d ON d.id = c.document_id
                   WHERE c.id = e.chunk_id AND ${condition.sql})`
    : "";
  const distance = `${place} <=> $1::vector(${Number(space.dimension)})`;
  const text = `SELECT e.chunk_id AS id, 1 - (${distance}) AS score
    FROM chunk_embeddings e WHERE e.model_id = ${Number(space.id)} ${filter} ORDER BY ${distance} LIMIT $2`;
  const values = [vectorBytes(question), limit, ...(filtered ? condition.values : [])];
  if (!space.indexed) {
    const { rows } = await knowledge.database.pool.query<ScoredHit>(text, values);
    return rows;
  }
  const client = await knowledge.database.pool.connect();
  try {
    // The pool's sessions scan on until they have their rows, in no strict order; see src/db/pool.ts.
    await client.query(`BEGIN READ ONLY; SET LOCAL hnsw.ef_search = ${Math.min(Math.max(limit, 40), 400)}`);
    let { rows } = await client.query<ScoredHit>(text, values);
    // The index gave up before a narrow filter was satisfied (pgvector 0.7 does at once): then the filter goes first.
    if (filtered && rows.length < limit)
      rows = (await client.query<ScoredHit>(filterFirst(space, distance, condition), values)).rows;
    await client.query("COMMIT");
    return rows.toSorted((a, b) => b.score - a.score);
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/** Ordered by the score, which no index knows, over what the filter lets through. */
function filterFirst(space: VectorSpace, distance: string, condition: DocumentCondition): string {
  return `WITH allowed AS MATERIALIZED (
      SELECT c.id FROM chunks c JOIN documents d ON d.id = c.document_id WHERE ${condition.sql})
    SELECT e.chunk_id AS id, 1 - (${distance}) AS score
    FROM allowed a JOIN chunk_embeddings e ON e.chunk_id = a.id AND e.model_id = ${Number(space.id)}
    ORDER BY 2 DESC LIMIT $2`;
}
