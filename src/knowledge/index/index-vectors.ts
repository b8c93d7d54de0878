import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../../db/database.ts";
import { holdLock } from "../../db/hold-lock.ts";
import { ensureVectorIndex } from "./vector-index.ts";
import { quietMoments } from "./quiet-moments.ts";

/** How long one statement may hold the embedded database's only backend; a server has others. */
const sliceMs = { embedded: 25, postgres: 200 };
const fewest = 4;
const most = 400;
/** After so many moves the space they left is given back: it is read by every comparison one by one. */
const vacuumEvery = 5_000;

export type IndexProgress = { indexed: number; left: number };

/**
 * Moves staged vectors into their space's index, a few at a time between the questions of others, until none is left
 * or the signal ends it; what was moved stays. One process at a time; resolves with what it moved.
 */
export async function indexVectors(
  database: Database,
  options: { signal?: AbortSignal | undefined; onProgress?: (progress: IndexProgress) => void } = {},
): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    `SELECT id FROM embedding_models ORDER BY serving DESC, id`,
  );
  let indexed = 0;
  for (const { id } of rows) {
    if (await ensureVectorIndex(database, id)) indexed += await countIndexed(database, id);
    const move = () => moveAll(database, id, options);
    indexed += (await holdLock(database, `vectors of ${Number(id)}`, move, { wait: false })) ?? 0;
  }
  return indexed;
}

/** On a server the index was built of what was there. */
async function countIndexed({ pool, engine }: Database, modelId: number): Promise<number> {
  if (engine === "embedded") return 0;
  const { rows } = await pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM chunk_embeddings WHERE model_id = $1`,
    [modelId],
  );
  return rows[0]?.n ?? 0;
}

async function moveAll(
  database: Database,
  modelId: number,
  { signal, onProgress }: { signal?: AbortSignal | undefined; onProgress?: (progress: IndexProgress) => void },
): Promise<number> {
  const due = await database.pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM staged_embeddings s JOIN embedding_models m ON m.id = s.model_id
     WHERE m.id = $1 AND m.indexed`,
    [modelId],
  );
  let left = due.rows[0]?.n ?? 0;
  if (left === 0) return 0;
  const moments = quietMoments(database.pool);
  let [indexed, count, before] = [0, fewest * 4, 2_147_483_647];
  try {
    while (!signal?.aborted) {
      await moments.next();
      const began = performance.now();
      const moved = await moveSlice(database, modelId, before, count);
      if (moved === null) break;
      const share = sliceMs[database.engine] / Math.max(performance.now() - began, 1);
      count = Math.round(Math.min(Math.max(count * Math.min(share, 2), fewest), most));
      before = moved.lowest;
      left = Math.max(left - moved.n, 0);
      if (Math.floor((indexed + moved.n) / vacuumEvery) > Math.floor(indexed / vacuumEvery)) {
        await sleep(0);
        await database.pool.query(`VACUUM staged_embeddings`);
      }
      indexed += moved.n;
      onProgress?.({ indexed, left });
    }
  } finally {
    moments.stop();
  }
  if (indexed > 0) await database.pool.query(`VACUUM staged_embeddings`);
  return indexed;
}

/** The highest ids first: their rows are the last in the table, which then can be cut short. */
async function moveSlice(
  { pool }: Database,
  modelId: number,
  before: number,
  count: number,
): Promise<{ n: number; lowest: number } | null> {
  // The passage is locked first, as a deletion of its document does: the other way round they would stop each other.
  const { rows } = await pool.query<{ n: number; lowest: number | null }>(
    `WITH last AS MATERIALIZED (
       SELECT chunk_id FROM staged_embeddings WHERE model_id = $1 AND chunk_id < $2 ORDER BY chunk_id DESC LIMIT $3),
     due AS MATERIALIZED (
       SELECT c.id AS chunk_id FROM all_chunks c WHERE c.id = ANY(ARRAY(SELECT chunk_id FROM last))
       FOR KEY SHARE SKIP LOCKED),
     taken AS (
       DELETE FROM staged_embeddings s USING due WHERE s.model_id = $1 AND s.chunk_id = due.chunk_id
       RETURNING s.model_id, s.chunk_id, s.embedding),
     moved AS (
       INSERT INTO chunk_embeddings (model_id, chunk_id, embedding) SELECT model_id, chunk_id, embedding FROM taken
       ON CONFLICT (chunk_id, model_id) DO UPDATE SET embedding = excluded.embedding)
     SELECT (SELECT count(*)::int FROM due) AS n, (SELECT min(chunk_id) FROM last) AS lowest`,
    [modelId, before, count],
  );
  const { n = 0, lowest = null } = rows[0] ?? {};
  return lowest === null ? null : { n, lowest };
}
