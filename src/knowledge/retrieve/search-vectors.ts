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

/**
 * The chunks nearest to a vector, nearest first, with their cosine. `condition` numbers its parameters from $3 and lets
 * `allowed` chunks through; null for all.
 */
export async function searchVectors(
  knowledge: Knowledge,
  space: VectorSpace,
  question: Float32Array,
  condition: DocumentCondition,
  allowed: number | null,
  limit: number,
): Promise<ScoredHit[]> {
  const filtered = allowed !== null;
  const place = `embedding::vector(${Number(space.dimension)})`;
  const filter = filtered
    ? `AND EXISTS (SELECT 1 FROM chunks c JOIN documents d ON d.id = c.document_id
                   WHERE c.id = e.chunk_id AND ${condition.sql})`
    : "";
  const distance = `${place} <=> $1::vector(${Number(space.dimension)})`;
  const text = `SELECT e.chunk_id AS id, 1 - (${distance}) AS score
    FROM chunk_embeddings e WHERE e.model_id = ${Number(space.id)} ${filter} ORDER BY ${distance} LIMIT $2`;
  const values = [vectorBytes(question), limit, ...(filtered ? condition.values : [])];
  const few = filtered && isFew(allowed, space.vectors);
  if (few || !space.indexed) {
    const exact = few ? filterFirst(space, distance, condition) : text;
    return (await knowledge.database.pool.query<ScoredHit>(exact, values)).rows;
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

/**
 * Whether comparing all that a filter lets through costs less than walking the index until it has met enough of them.
 * The database can't tell: it knows the share of documents, not of chunks.
 */
function isFew(allowed: number, vectors: number): boolean {
  return allowed * allowed <= 1_000 * vectors;
}

/** Ordered by the score, which no index knows, over what the filter lets through. */
function filterFirst(space: VectorSpace, distance: string, condition: DocumentCondition): string {
  return `WITH allowed AS MATERIALIZED (
      SELECT c.id FROM chunks c JOIN documents d ON d.id = c.document_id WHERE ${condition.sql})
    SELECT e.chunk_id AS id, 1 - (${distance}) AS score
    FROM allowed a JOIN chunk_embeddings e ON e.chunk_id = a.id AND e.model_id = ${Number(space.id)}
    ORDER BY 2 DESC LIMIT $2`;
}
