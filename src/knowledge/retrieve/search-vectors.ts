import { toSql } from "pgvector";
import { indexedPlace } from "../index/vector-index.ts";
import type { Database } from "../../db/database.ts";
import type { ServedSpace } from "./served-space.ts";
import type { ScoredHit } from "./fuse.ts";

/** Chunks that may be found, as multiranges of ids for the database. */
export type AllowedRanges = {
  count: number;
  /** What may be found, "{[1,5),[9,12)}", and what may not. */
  allowed: string;
  denied: string;
};

export type VectorQuestion = {
  vector: Float32Array;
  /** Null for all. */
  allowed: AllowedRanges | null;
  /**
   * Chunks that are compared in any case: the best of the full text. An approximate index of hashed features misses a
   * part of the nearest, and nearly all that it misses shares words with the question. The index is asked meanwhile.
   */
  candidates: { id: number }[] | Promise<{ id: number }[]>;
  limit: number;
};

/**
 * The chunks nearest to a vector, nearest first, with their cosine: those of the index, those that wait for it, and
 * the candidates. The pool's sessions set how far the index is searched (src/db/pool.ts).
 */
export async function searchVectors(
  { pool }: Pick<Database, "pool">,
  space: ServedSpace,
  { vector, allowed, candidates, limit }: VectorQuestion,
): Promise<ScoredHit[]> {
  const question = { vector: toSql([...vector]), allowed, limit: Math.trunc(limit) };
  const ask = async ({ text, values }: Statement) => (await pool.query<ScoredHit>(text, values)).rows;
  const byFilter = async () => nearest([await ask(comparison(space, question))], question.limit);
  if (allowed !== null && isFew(allowed.count, space.chunks)) return await byFilter();
  const compare = async () => {
    const ids = (await candidates).slice(0, question.limit).map((one) => one.id);
    return space.indexed && ids.length > 0 ? await ask(ofCandidates(space, question.vector, ids)) : [];
  };
  const found = nearest(await Promise.all([ask(ofIndex(space, question)), compare()]), question.limit);
  // The index gave up before the filter was satisfied (pgvector 0.7 does at once): then the filter goes first.
  return allowed && found.length < Math.min(question.limit, allowed.count) ? await byFilter() : found;
}

/** The same chunk may come twice, and for a moment from both tables. */
function nearest(arms: ScoredHit[][], limit: number): ScoredHit[] {
  const scores = new Map<number, number>();
  for (const { id, score } of arms.flat()) scores.set(id, Math.max(score, scores.get(id) ?? score));
  return Array.from(scores, ([id, score]) => ({ id, score }))
    .toSorted((a, b) => b.score - a.score || a.id - b.id)
    .slice(0, limit);
}

type Statement = { text: string; values: unknown[] };
type Asked = { vector: string | null; allowed: AllowedRanges | null; limit: number };

/** What the filter lets through, compared one by one. */
function comparison(space: ServedSpace, { vector, allowed, limit }: Asked): Statement {
  const arms = tablesOf(space).map((table) => inRanges(table, space.id, "$2::int4multirange", limit));
  return { text: arms.join(" UNION ALL "), values: [vector, allowed?.allowed] };
}

/** The nearest in the index, and of what waits for it. */
function ofIndex(space: ServedSpace, { vector, allowed, limit }: Asked): Statement {
  const type = indexedPlace(space)?.type ?? `vector(${Number(space.dimension)})`;
  // As what is denied: the planner takes that for few and keeps to the index.
  const filter = allowed ? `AND NOT e.chunk_id <@ $2::int4multirange` : "";
  const ordered = (place: string) => `${filter} ORDER BY ${place} LIMIT ${limit}`;
  const arms = [one("staged_embeddings", space.id, ordered("e.embedding <=> $1::vector"))];
  if (space.indexed)
    arms.push(one("chunk_embeddings", space.id, ordered(`e.embedding::${type} <=> $1::vector::${type}`)));
  return { text: arms.join(" UNION ALL "), values: allowed ? [vector, allowed.denied] : [vector] };
}

function ofCandidates(space: ServedSpace, vector: string | null, ids: number[]): Statement {
  return { text: one("chunk_embeddings", space.id, `AND e.chunk_id = ANY($2::int[])`), values: [vector, ids] };
}

const score = `1 - (e.embedding <=> $1::vector) AS score`;

/** Vectors of what is being written or removed would take the places of others. */
const isSeen = `NOT e.chunk_id <@ (SELECT coalesce(range_agg(int4range(u.first_chunk, u.first_chunk + u.chunks)), '{}')
  FROM unseen_bodies u)`;

const tablesOf = (space: ServedSpace) =>
  space.indexed ? ["staged_embeddings", "chunk_embeddings"] : ["staged_embeddings"];

const one = (table: string, modelId: number, rest: string) =>
  `(SELECT e.chunk_id AS id, ${score} FROM ${table} e WHERE e.model_id = ${Number(modelId)} AND ${isSeen} ${rest})`;

/** OFFSET keeps the planner from joining otherwise than range by range over the primary key. */
const inRanges = (table: string, modelId: number, ranges: string, limit: number) =>
  `(SELECT e.chunk_id AS id, ${score} FROM unnest(${ranges}) AS r (ids)
    CROSS JOIN LATERAL (SELECT chunk_id, embedding FROM ${table} WHERE model_id = ${Number(modelId)}
      AND chunk_id >= lower(r.ids) AND chunk_id < upper(r.ids) OFFSET 0) e ORDER BY 2 DESC LIMIT ${limit})`;

/**
 * Whether comparing all that a filter lets through costs less than walking the index until it has met enough of them.
 * The database can't tell: it does not know the share of chunks.
 */
function isFew(allowed: number, chunks: number): boolean {
  return allowed * allowed <= 1_000 * chunks;
}
