import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import type { Database } from "../db/database.ts";
import { holdLock } from "../db/hold-lock.ts";
import { inTransaction } from "../db/in-transaction.ts";
import { bumpVersion, readVersion } from "./index/versions.ts";
import { dropSpace, forgetReplacedModel, serveSpace } from "./index/vector-spaces.ts";
import { indexedText } from "./ingest/prepare-document.ts";
import { embeddingModelId, writeEmbeddings } from "./ingest/write-embeddings.ts";
import type { Knowledge } from "./knowledge.ts";

const chunksAtOnce = 64;

export type EmbeddingProgress = { done: number; total: number };
type Row = { id: number; title: string; headings: string[]; text: string };

/** What is under way in this process, for status; null where nothing is. */
const underWay = new WeakMap<Database, EmbeddingProgress>();
/** The index's version at which nothing was missing: looking again costs a scan of all passages. */
const wholeAt = new WeakMap<Database, string>();

export const embeddingProgress = (database: Database): EmbeddingProgress | null => underWay.get(database) ?? null;

/**
 * Embeds every chunk that the embedder's space lacks: after a change of embedder, or where it was out of reach during
 * ingestion. The former space answers questions until this one is whole, then it is dropped. What is done is kept.
 * Throws `unavailable` when the embedder is, `cancelled` by the signal. Nothing where another process is at it.
 */
export async function embedMissing(
  ctx: Ctx,
  knowledge: Knowledge,
  input: { onProgress?: (progress: EmbeddingProgress) => void } = {},
): Promise<{ embedded: number }> {
  const { database, embedder } = knowledge;
  const state = async () => `${embedder.name} ${embedder.dimension} ${await readVersion(database.pool)}`;
  if (underWay.has(database) || wholeAt.get(database) === (await state())) return { embedded: 0 };
  underWay.set(database, { done: 0, total: 0 });
  try {
    const work = () => embedAll(ctx, knowledge, input.onProgress ?? (() => {}));
    const embedded = await holdLock(database, "missing embeddings", work, { wait: false });
    if (embedded === null) return { embedded: 0 };
    wholeAt.set(database, await state());
    return { embedded };
  } finally {
    underWay.delete(database);
  }
}

async function embedAll(
  ctx: Ctx,
  knowledge: Knowledge,
  onProgress: (progress: EmbeddingProgress) => void,
): Promise<number> {
  const { database, embedder } = knowledge;
  let total: number | null = null;
  let [done, after] = [0, 0];
  for (;;) {
    if (ctx.signal?.aborted) throw new SunbaeError("cancelled", `Stopped after ${done} passages.`);
    const rows = await missing(database, embedder.name, after);
    if (rows.length === 0) break;
    total ??= await countMissing(database, embedder.name);
    const vectors = await embedder.embedPassages(
      rows.map((row) => indexedText(row, row)),
      ctx.signal,
    );
    const dimension = vectors[0]!.length;
    const anew = await forgetReplacedModel(database, embedder.name, dimension);
    const modelId = await embeddingModelId(database, embedder.name, dimension);
    await writeForLiving(database, modelId, rows, vectors);
    done += rows.length;
    after = anew ? 0 : rows.at(-1)!.id;
    if (anew) total = null;
    const progress = { done, total: Math.max(total ?? done, done) };
    underWay.set(database, progress);
    onProgress(progress);
  }
  const others = await serveSpace(database, embedder.name);
  for (const id of others) await dropSpace(database, id);
  if (done > 0 || others.length > 0) await bumpVersion(database.pool);
  return done;
}

const lacks = `NOT EXISTS (SELECT FROM staged_embeddings e JOIN embedding_models m ON m.id = e.model_id
    WHERE e.chunk_id = c.id AND m.name = $1)
  AND NOT EXISTS (SELECT FROM chunk_embeddings e JOIN embedding_models m ON m.id = e.model_id
    WHERE e.chunk_id = c.id AND m.name = $1)`;

async function missing({ pool }: Database, name: string, after: number): Promise<Row[]> {
  const { rows } = await pool.query<Row>(
    `SELECT c.id, d.title, c.headings, c.text FROM chunks c JOIN documents d ON d.id = c.document_id
     WHERE c.id > $2 AND ${lacks} ORDER BY c.id LIMIT ${chunksAtOnce}`,
    [name, after],
  );
  return rows;
}

async function countMissing({ pool }: Database, name: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM chunks c WHERE ${lacks}`, [name]);
  return rows[0]?.n ?? 0;
}

/** A document may have been deleted or read anew while its passages were with the model. */
async function writeForLiving(database: Database, modelId: number, rows: Row[], vectors: Float32Array[]) {
  await inTransaction(database.pool, async (client) => {
    const ids = rows.map((row) => row.id);
    const found = await client.query<{ id: number }>(`SELECT id FROM all_chunks WHERE id = ANY($1) FOR KEY SHARE`, [
      ids,
    ]);
    const living = new Set(found.rows.map((row) => row.id));
    const kept = ids.map((id, index) => ({ id, vector: vectors[index]! })).filter(({ id }) => living.has(id));
    await writeEmbeddings(
      client,
      modelId,
      kept.map((one) => one.id),
      kept.map((one) => one.vector),
    );
  });
}
