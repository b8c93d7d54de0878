import type { Embedder } from "../../llm/embeddings/embedder.ts";
import type { IndexView } from "../index/index-view.ts";
import type { Knowledge } from "../knowledge.ts";

/** A vector space that answers a question; `chunks` of the whole index, about as many as its vectors. */
export type ServedSpace = { id: number; dimension: number; indexed: boolean; chunks: number; embedder: Embedder };

/**
 * The space to search: the wanted embedder's, or, while that is being filled, the one before, asked in its own
 * embedder's words. Null where there is none, or nobody to ask for the former.
 */
export function servedSpace({ embedder, openEmbedder }: Knowledge, view: IndexView): ServedSpace | null {
  const wanted = view.models.get(embedder.name);
  const serving = [...view.models.values()].find((one) => one.serving);
  if (wanted && (wanted.serving || !serving)) return { ...wanted, chunks: view.chunks, embedder };
  const before = serving && openEmbedder?.(serving.name);
  if (serving && before) return { ...serving, chunks: view.chunks, embedder: before };
  return wanted ? { ...wanted, chunks: view.chunks, embedder } : null;
}
