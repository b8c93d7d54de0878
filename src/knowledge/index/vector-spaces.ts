import type { Database } from "../../db/database.ts";
import { indexName } from "./vector-index.ts";
import { bumpVersion } from "./versions.ts";

const rowsAtOnce = 1_000;

/** Lets a space answer questions from now on; the numbers of the others, which nobody needs any more. */
export async function serveSpace({ pool }: Database, name: string): Promise<number[]> {
  const { rows } = await pool.query<{ id: number; name: string; serving: boolean }>(
    `SELECT id, name, serving FROM embedding_models`,
  );
  const wanted = rows.find((row) => row.name === name);
  if (!wanted) return [];
  if (!wanted.serving || rows.some((row) => row.serving && row !== wanted)) {
    await pool.query(`UPDATE embedding_models SET serving = (id = $1)`, [wanted.id]);
    await bumpVersion(pool);
  }
  return rows.filter((row) => row !== wanted).map((row) => row.id);
}

/** Removes a space, its index first and its vectors a few at a time, so that no question waits for long. */
export async function dropSpace({ pool }: Database, modelId: number): Promise<void> {
  await pool.query(`DROP INDEX IF EXISTS ${indexName(modelId)}`);
  for (const table of ["chunk_embeddings", "staged_embeddings"]) {
    let deleted: number | null;
    do {
      const { rowCount } = await pool.query(
        `DELETE FROM ${table} WHERE model_id = $1 AND chunk_id IN (
           SELECT chunk_id FROM ${table} WHERE model_id = $1 ORDER BY chunk_id DESC LIMIT ${rowsAtOnce})`,
        [modelId],
      );
      deleted = rowCount;
    } while (deleted);
  }
  await pool.query(`DELETE FROM embedding_models WHERE id = $1`, [modelId]);
}

/** A model that was replaced under the same name makes another space: the former can't be asked any more and goes. */
export async function forgetReplacedModel(database: Database, name: string, dimension: number): Promise<boolean> {
  const { rows } = await database.pool.query<{ id: number }>(
    `UPDATE embedding_models SET name = name || ' of ' || dimension || ' numbers', serving = false
     WHERE name = $1 AND dimension <> $2 RETURNING id`,
    [name, dimension],
  );
  if (!rows[0]) return false;
  await bumpVersion(database.pool);
  await dropSpace(database, rows[0].id);
  return true;
}
