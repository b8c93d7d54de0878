import { embeddingProgress } from "./embed-missing.ts";
import type { Knowledge } from "./knowledge.ts";

export type EmbeddingStatus = {
  /** The wanted space. */
  name: string;
  /** The space that answers meanwhile where it is another one; null where none does or nobody can be asked. */
  answers: string | null;
  /** Passages that are being embedded now; null where nothing is under way. */
  progress: { done: number; total: number } | null;
};

export async function embeddingStatus(knowledge: Knowledge): Promise<EmbeddingStatus> {
  const { database, embedder, openEmbedder } = knowledge;
  const { rows } = await database.pool.query<{ name: string }>(`SELECT name FROM embedding_models WHERE serving`);
  const serving = rows[0]?.name ?? null;
  const isAskable = serving !== null && (serving === embedder.name || (openEmbedder?.(serving) ?? null) !== null);
  return { name: embedder.name, answers: isAskable ? serving : null, progress: embeddingProgress(database) };
}

/** As a person reads it. */
export function tellEmbeddings({ name, answers, progress }: EmbeddingStatus): string {
  const parts = [name];
  if (progress && progress.total > 0) parts.push(`${progress.done} of ${progress.total} passages embedded`);
  if (answers !== name && answers !== null) parts.push(`${answers} answers until it is whole`);
  return parts.join("; ");
}
