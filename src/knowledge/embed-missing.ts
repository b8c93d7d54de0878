import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import { bumpVersion } from "./index/versions.ts";
import { indexedText } from "./ingest/prepare-document.ts";
import { embeddingModelId, ensureVectorIndex, writeEmbeddings } from "./ingest/write-embeddings.ts";
import type { Knowledge } from "./knowledge.ts";

const chunksAtOnce = 64;

type Row = { id: number; title: string; headings: string[]; text: string };

/**
 * Embeds every chunk that the current embedder's space lacks: after a change of embedder, or where it was out of
 * reach during ingestion. Resumable. Throws `unavailable` when the embedder is, with what is done kept.
 */
export async function embedMissing(
  ctx: Ctx,
  knowledge: Knowledge,
  input: { onProgress?: (progress: { done: number }) => void } = {},
): Promise<{ embedded: number }> {
  const { database, embedder } = knowledge;
  let done = 0;
  for (;;) {
    if (ctx.signal?.aborted) throw new SunbaeError("cancelled", `Stopped after ${done} passages.`);
    const { rows } = await database.pool.query<Row>(
      `SELECT c.id, d.title, c.headings, c.text FROM chunks c JOIN documents d ON d.id = c.document_id
       WHERE NOT EXISTS (SELECT 1 FROM chunk_embeddings e JOIN embedding_models m ON m.id = e.model_id
                         WHERE e.chunk_id = c.id AND m.name = $1)
       ORDER BY c.id LIMIT ${chunksAtOnce}`,
      [embedder.name],
    );
    if (rows.length === 0) break;
    const vectors = await embedder.embedPassages(
      rows.map((row) => indexedText(row, row)),
      ctx.signal,
    );
    const modelId = await embeddingModelId(database, embedder.name, vectors[0]!.length);
    await writeEmbeddings(
      database.pool,
      modelId,
      rows.map((row) => row.id),
      vectors,
    );
    done += rows.length;
    input.onProgress?.({ done });
  }
  if (done > 0 && embedder.dimension !== null) {
    await ensureVectorIndex(database, await embeddingModelId(database, embedder.name, embedder.dimension));
    await bumpVersion(database.pool);
  }
  return { embedded: done };
}
