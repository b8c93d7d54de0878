import type pg from "pg";
import { SunbaeError } from "../../core/errors.ts";
import type { Database } from "../../db/database.ts";
import type { Slice } from "../index/in-slices.ts";

const rowsAtOnce = 100;

/** The number of a vector space, given at first use. Throws `conflict` where it is known with another dimension. */
export async function embeddingModelId(database: Database, name: string, dimension: number): Promise<number> {
  const find = () =>
    database.pool.query<{ id: number; dimension: number }>(
      `SELECT id, dimension FROM embedding_models WHERE name = $1`,
      [name],
    );
  let { rows } = await find();
  if (rows.length === 0) {
    // The first space serves at once; a later one when it is whole.
    await database.pool.query(
      `INSERT INTO embedding_models (name, dimension, serving)
       SELECT $1, $2, NOT EXISTS (SELECT FROM embedding_models WHERE serving) ON CONFLICT (name) DO NOTHING`,
      [name, dimension],
    );
    rows = (await find()).rows;
  }
  const model = rows[0]!;
  if (model.dimension !== dimension)
    throw new SunbaeError(
      "unavailable",
      `"${name}" gives ${dimension} numbers; ${model.dimension} were stored before.`,
      {
        fix: "Its model was replaced: all passages are embedded again in the background.",
      },
    );
  return model.id;
}

/** Vectors wait outside the index, so that writing is short; `index-vectors.ts` moves them into it. */
export async function writeEmbeddings(
  client: Pick<pg.PoolClient, "query">,
  modelId: number,
  chunkIds: number[],
  vectors: Float32Array[],
): Promise<void> {
  for (const { text, values } of embeddingSlices(modelId, chunkIds, vectors)) await client.query(text, values);
}

export function* embeddingSlices(modelId: number, chunkIds: number[], vectors: Float32Array[]): Iterable<Slice> {
  for (let from = 0; from < chunkIds.length; from += rowsAtOnce) {
    const ids = chunkIds.slice(from, from + rowsAtOnce);
    const places = ids.map((_, index) => `($1::smallint, $${index * 2 + 2}::int, $${index * 2 + 3}::vector)`);
    const values = ids.flatMap((id, index) => [id, vectorBytes(vectors[from + index]!)]);
    yield {
      text: `INSERT INTO staged_embeddings (model_id, chunk_id, embedding) VALUES ${places.join(", ")}
       ON CONFLICT (chunk_id, model_id) DO UPDATE SET embedding = excluded.embedding`,
      values: [modelId, ...values],
    };
  }
}

/** pgvector's binary form: int16 dimension, int16 zero, float4 each; a tenth of the cost of its text form. */
export function vectorBytes(vector: Float32Array): Buffer {
  const bytes = Buffer.alloc(4 + vector.length * 4);
  bytes.writeInt16BE(vector.length, 0);
  vector.forEach((value, index) => bytes.writeFloatBE(value, 4 + index * 4));
  return bytes;
}
