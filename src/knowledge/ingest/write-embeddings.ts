import type pg from "pg";
import type { Database } from "../../db/database.ts";

const rowsAtOnce = 200;

/** Above this many vectors an exact scan takes longer than a search may. */
const indexAbove = 10_000;

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
  if (!model || Number(model.n) <= indexAbove) return false;
  const concurrently = database.engine === "postgres" ? "CONCURRENTLY" : "";
  await database.pool.query(
    `CREATE INDEX ${concurrently} IF NOT EXISTS chunk_embeddings_hnsw_${Number(modelId)} ON chunk_embeddings
     USING hnsw ((embedding::vector(${Number(model.dimension)})) vector_cosine_ops) WHERE model_id = ${Number(modelId)}`,
  );
  await database.pool.query(`UPDATE embedding_models SET indexed = true WHERE id = $1`, [modelId]);
  return true;
}
