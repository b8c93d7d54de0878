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
   * part of the nearest, and nearly all that it misses shares words with the question.
   */
  candidates: number[];
  limit: number;
};

/**
 * The chunks nearest to a vector, nearest first, with their cosine: those of the index, those that wait for it, and
 * the candidates. One statement; the pool's sessions set how far the index is searched (src/db/pool.ts).
 */
export async function searchVectors(
  database: Database,
  space: ServedSpace,
  { vector, allowed, candidates, limit }: VectorQuestion,
): Promise<ScoredHit[]> {
  const ask = async (byFilter: boolean) => {
    const { text, values } = statement(space, { vector, allowed, candidates, limit }, byFilter);
    return (await database.pool.query<ScoredHit>(text, values)).rows;
  };
  const few = allowed !== null && isFew(allowed.count, space.chunks);
  const rows = await ask(few);
  // The index gave up before the filter was satisfied (pgvector 0.7 does at once): then the filter goes first.
  if (allowed && !few && rows.length < Math.min(limit, allowed.count)) return await ask(true);
  return rows;
}

/** `byFilter`: what the filter lets through is compared one by one. */
function statement(space: ServedSpace, { vector, allowed, candidates, limit }: VectorQuestion, byFilter: boolean) {
  const values: unknown[] = [toSql([...vector])];
  const add = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
  const type = indexedPlace(space)?.type ?? `vector(${Number(space.dimension)})`;
  const best = Math.trunc(limit);
  const arms: string[] = [];
  if (allowed && byFilter) {
    const ranges = add(allowed.allowed, "int4multirange");
    for (const table of tablesOf(space)) arms.push(inRanges(table, space.id, ranges, best));
  } else {
    // As what is denied: the planner takes that for few and keeps to the index.
    const filter = allowed ? `AND NOT e.chunk_id <@ ${add(allowed.denied, "int4multirange")}` : "";
    const ordered = (place: string) => `${filter} ORDER BY ${place} LIMIT ${best}`;
    arms.push(one("staged_embeddings", space.id, ordered("e.embedding <=> $1::vector")));
    if (space.indexed) {
      arms.push(one("chunk_embeddings", space.id, ordered(`e.embedding::${type} <=> $1::vector::${type}`)));
      if (candidates.length > 0)
        arms.push(one("chunk_embeddings", space.id, `AND e.chunk_id = ANY(${add(candidates, "int[]")})`));
    }
  }
  // The same chunk may come from two arms, and for a moment from both tables.
  const text = `SELECT id, max(score)::float8 AS score FROM (${arms.join(" UNION ALL ")}) found
    GROUP BY id ORDER BY 2 DESC, id LIMIT ${best}`;
  return { text, values };
}

const score = `1 - (e.embedding <=> $1::vector) AS score`;

const tablesOf = (space: ServedSpace) =>
  space.indexed ? ["staged_embeddings", "chunk_embeddings"] : ["staged_embeddings"];

const one = (table: string, modelId: number, rest: string) =>
  `(SELECT e.chunk_id AS id, ${score} FROM ${table} e WHERE e.model_id = ${Number(modelId)} ${rest})`;

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
