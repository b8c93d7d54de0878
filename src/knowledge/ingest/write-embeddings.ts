import type pg from "pg";
import type { Database } from "../../db/database.ts";
import { holdLock } from "../../db/hold-lock.ts";

const rowsAtOnce = 200;

/** Above this many vectors an exact scan takes longer than a search may. */
const indexAbove = 10_000;

/** pgvector's HNSW takes no longer vectors; of such a space every search is an exact scan. */
const longestIndexed = 2_000;

/** The number of a vector space, given at first use. Throws where the space is known with another dimension. */
export async function embeddingModelId(database: Database, name: string, dimension: number): Promise<number> {
  await database.pool.query(
    `INSERT INTO embedding_models (name, dimension) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`,
    [name, dimension],
  );
  const { rows } = await database.pool.query<{ id: number; dimension: number }>(
    `SELECT id, dimension FROM embedding_models WHERE name = $1`,
    [name],
  );
  const model = rows[0]!;
  if (model.dimension !== dimension)
    throw new Error(`The embedder "${name}" gives ${dimension} numbers; ${model.dimension} were stored before.`);
  return model.id;
}

export async function writeEmbeddings(
  client: Pick<pg.PoolClient, "query">,
  modelId: number,
  chunkIds: number[],
  vectors: Float32Array[],
): Promise<void> {
  for (let from = 0; from < chunkIds.length; from += rowsAtOnce) {
    const ids = chunkIds.slice(from, from + rowsAtOnce);
    const places = ids.map((_, index) => `($1::smallint, $${index * 2 + 2}::int, $${index * 2 + 3}::vector)`);
    const values = ids.flatMap((id, index) => [id, vectorBytes(vectors[from + index]!)]);
    await client.query(
      `INSERT INTO chunk_embeddings (model_id, chunk_id, embedding) VALUES ${places.join(", ")}
       ON CONFLICT (chunk_id, model_id) DO UPDATE SET embedding = excluded.embedding`,
      [modelId, ...values],
    );
  }
}

/** pgvector's binary form: int16 dimension, int16 zero, float4 each; a tenth of the cost of its text form. */
export function vectorBytes(vector: Float32Array): Buffer {
  const bytes = Buffer.alloc(4 + vector.length * 4);
  bytes.writeInt16BE(vector.length, 0);
  vector.forEach((value, index) => bytes.writeFloatBE(value, 4 + index * 4));
  return bytes;
}

/** Builds the approximate index of a space once it has grown beyond an exact scan. True if it was built now. */
export async function ensureVectorIndex(database: Database, modelId: number): Promise<boolean> {
  const { rows } = await database.pool.query<{ dimension: number; n: string }>(
    `SELECT dimension, (SELECT count(*) FROM chunk_embeddings WHERE model_id = $1) AS n
     FROM embedding_models WHERE id = $1 AND NOT indexed`,
    [modelId],
  );
  const model = rows[0];
  if (!model || Number(model.n) <= indexAbove || model.dimension > longestIndexed) return false;
  const build = (client: pg.PoolClient) => buildIndex(database, client, Number(modelId), Number(model.dimension));
  return (await holdLock(database, `vector index ${Number(modelId)}`, build, { wait: false })) ?? false;
}

async function buildIndex(database: Database, client: pg.PoolClient, modelId: number, dimension: number) {
  const name = `chunk_embeddings_hnsw_${modelId}`;
  const server = database.engine === "postgres";
  // A build that was cut short leaves an index behind that is never used.
  const { rows: broken } = await client.query(
    `SELECT FROM pg_index WHERE indexrelid = to_regclass($1) AND NOT indisvalid`,
    [name],
  );
  if (broken.length > 0) await client.query(`DROP INDEX ${name}`);
  // With the default of 64 MB the graph leaves memory early: 100,000 chunks then took four times as long and more.
  await client.query(`SET maintenance_work_mem = '512MB'`);
  try {
    await client.query(
      `CREATE INDEX ${server ? "CONCURRENTLY" : ""} IF NOT EXISTS ${name} ON chunk_embeddings
       USING hnsw ((embedding::vector(${dimension})) vector_cosine_ops) WHERE model_id = ${modelId}`,
    );
  } finally {
    await client.query(`RESET maintenance_work_mem`).catch(() => {});
  }
  await client.query(`UPDATE embedding_models SET indexed = true WHERE id = $1`, [modelId]);
  return true;
}
