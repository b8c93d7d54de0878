// A port: turns texts into vectors of one space. Built in (no download), Ollama, or OpenAI-compatible.
export type Embedder = {
  /** Names the vector space; vectors of different names are never compared. */
  readonly name: string;
  /** Length of every vector; null until a remote model has answered once. */
  readonly dimension: number | null;
  /** How far ranking may lean on this space against BM25, 0 to 1. */
  readonly reliability: number;
  /** One L2-normalised vector a text, in order. Throws `unavailable` after its retries. */
  embedPassages(texts: string[], signal?: AbortSignal): Promise<Float32Array[]>;
  /** The vector of a question. Throws `unavailable` after its retries. */
  embedQuestion(text: string, signal?: AbortSignal): Promise<Float32Array>;
};
