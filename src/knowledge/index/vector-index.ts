import type pg from "pg";
import type { Database } from "../../db/database.ts";
import { holdLock } from "../../db/hold-lock.ts";
import { bumpVersion } from "./versions.ts";

// Each vector space has an HNSW index of its own, made while it is empty and grown a few vectors at a time: building
// it in one go held the embedded database, and every question with it, for minutes at 100,000 passages. pgvector's own
// 16 neighbours and 64 looked at: by 8 and 32 an insertion takes 1.7 ms instead of 6, but of the ten nearest of the
// built-in embedder's hashed features, the hardest there are, the index then finds .46 instead of .75.

/** Up to this many vectors comparing one by one takes 10 ms and misses nothing. */
const exactUpTo = 10_000;

/** The longest vectors that pgvector indexes as they are, and in half precision. */
const longestVector = 2_000;
const longestHalf = 4_000;

export type SpaceShape = { id: number; dimension: number };

/** What the index holds of a row, and the type that a question is compared as. Null where no index can. */
export function indexedPlace({ dimension }: SpaceShape): { type: string; operators: string } | null {
  if (dimension <= longestVector) return { type: `vector(${Number(dimension)})`, operators: "vector_cosine_ops" };
  if (dimension <= longestHalf) return { type: `halfvec(${Number(dimension)})`, operators: "halfvec_cosine_ops" };
  return null;
}

export const indexName = (modelId: number): string => `chunk_embeddings_hnsw_${Number(modelId)}`;

/** Makes a space's index, empty, once comparing one by one takes too long. True if it was made now. */
export async function ensureVectorIndex(database: Database, modelId: number): Promise<boolean> {
  const { rows } = await database.pool.query<SpaceShape>(
    `SELECT id, dimension FROM embedding_models WHERE id = $1 AND NOT indexed
       AND (SELECT count(*) FROM (SELECT FROM staged_embeddings WHERE model_id = $1 LIMIT ${exactUpTo + 1}) s) > ${exactUpTo}`,
    [modelId],
  );
  const space = rows[0];
  const place = space && indexedPlace(space);
  if (!place) return false;
  const make = (client: pg.PoolClient) => makeIndex(client, space.id, place);
  return (await holdLock(database, `vector index ${Number(modelId)}`, make, { wait: false })) ?? false;
}

async function makeIndex(
  client: pg.PoolClient,
  modelId: number,
  { type, operators }: { type: string; operators: string },
): Promise<boolean> {
  const name = indexName(modelId);
  // An older version's build that was cut short leaves an index behind that is never used.
  const { rows: broken } = await client.query(
    `SELECT FROM pg_index WHERE indexrelid = to_regclass($1) AND NOT indisvalid`,
    [name],
  );
  if (broken.length > 0) await client.query(`DROP INDEX ${name}`);
  await client.query(
    `CREATE INDEX IF NOT EXISTS ${name} ON chunk_embeddings
     USING hnsw ((embedding::${type}) ${operators}) WHERE model_id = ${Number(modelId)}`,
  );
  const { rowCount } = await client.query(`UPDATE embedding_models SET indexed = true WHERE id = $1 AND NOT indexed`, [
    modelId,
  ]);
  await bumpVersion(client);
  return rowCount === 1;
}
