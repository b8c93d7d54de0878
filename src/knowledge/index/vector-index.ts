import type pg from "pg";
import type { Database } from "../../db/database.ts";
import { holdLock } from "../../db/hold-lock.ts";
import { bumpVersion } from "./versions.ts";

// An HNSW index for each vector space. On the embedded database it is grown from empty: building it in one go held up
// every question for minutes at 100,000 passages; a server builds it concurrently, six times as fast. pgvector's own 16
// neighbours and 64 looked at stay: with 8 and 32 it finds .46 of the ten nearest hashed features instead of .75.

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

/**
 * Makes a space's index once comparing one by one takes too long: empty on the embedded database, of all that is there
 * on a server. True if it was made now.
 */
export async function ensureVectorIndex(database: Database, modelId: number): Promise<boolean> {
  const { rows } = await database.pool.query<SpaceShape>(
    `SELECT id, dimension FROM embedding_models WHERE id = $1 AND NOT indexed
       AND (SELECT count(*) FROM (SELECT FROM staged_embeddings WHERE model_id = $1 LIMIT ${exactUpTo + 1}) s) > ${exactUpTo}`,
    [modelId],
  );
  const space = rows[0];
  const place = space && indexedPlace(space);
  if (!place) return false;
  const make = (client: pg.PoolClient) => makeIndex(database, client, space.id, place);
  return (await holdLock(database, `vector index ${Number(modelId)}`, make, { wait: false })) ?? false;
}

async function makeIndex(
  database: Database,
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
  const server = database.engine === "postgres";
  if (server) await copyStaged(database, modelId);
  // With the default of 64 MB the graph leaves memory early, and building takes four times as long.
  await client.query(`SET maintenance_work_mem = '512MB'`);
  try {
    await client.query(
      `CREATE INDEX ${server ? "CONCURRENTLY" : ""} IF NOT EXISTS ${name} ON chunk_embeddings
       USING hnsw ((embedding::${type}) ${operators}) WHERE model_id = ${Number(modelId)}`,
    );
  } finally {
    await client.query(`RESET maintenance_work_mem`).catch(() => {});
  }
  const { rowCount } = await client.query(`UPDATE embedding_models SET indexed = true WHERE id = $1 AND NOT indexed`, [
    modelId,
  ]);
  // Until everybody knows of the index the copies are searched; both at once does no harm.
  await bumpVersion(client);
  await client.query(
    `DELETE FROM staged_embeddings s USING chunk_embeddings e
     WHERE s.model_id = $1 AND e.model_id = $1 AND e.chunk_id = s.chunk_id AND e.embedding = s.embedding`,
    [modelId],
  );
  return rowCount === 1;
}

const copiedAtOnce = 1_000;

/** The passages are locked first, as their documents' deletion does. */
async function copyStaged({ pool }: Database, modelId: number): Promise<void> {
  for (let after: number | null = 0; after !== null;) {
    const { rows }: pg.QueryResult<{ reached: number | null }> = await pool.query(
      `WITH next AS MATERIALIZED (
         SELECT chunk_id FROM staged_embeddings WHERE model_id = $1 AND chunk_id > $2 ORDER BY chunk_id LIMIT $3),
       due AS MATERIALIZED (
         SELECT id FROM all_chunks WHERE id = ANY(ARRAY(SELECT chunk_id FROM next)) FOR KEY SHARE SKIP LOCKED),
       copied AS (
         INSERT INTO chunk_embeddings (model_id, chunk_id, embedding)
         SELECT s.model_id, s.chunk_id, s.embedding FROM staged_embeddings s JOIN due ON due.id = s.chunk_id
         WHERE s.model_id = $1 ON CONFLICT (chunk_id, model_id) DO UPDATE SET embedding = excluded.embedding)
       SELECT max(chunk_id) AS reached FROM next`,
      [modelId, after, copiedAtOnce],
    );
    after = rows[0]?.reached ?? null;
  }
}
