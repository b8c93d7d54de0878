import { z } from "zod";
import type { Embedder } from "./embedder.ts";
import { createRemoteEmbedder } from "./remote.ts";
import type { RemoteOptions } from "./remote.ts";

const answer = z.object({ embeddings: z.array(z.array(z.number())) });

/** Embeddings by Ollama's own route, which cuts over-long texts at the model's context by `truncate`. */
export function createOllamaEmbedder(options: RemoteOptions): Embedder {
  return createRemoteEmbedder(options, {
    name: "ollama",
    url: (baseUrl) => `${baseUrl}/api/embed`,
    // Kept loaded between questions: loading takes longer than an answer may.
    body: (model, texts) => ({ model, input: texts, truncate: true, keep_alive: "30m" }),
    vectors: (json) => answer.parse(json).embeddings,
    limits: { texts: 32, bytes: 64_000, bytesOfText: 32_000 },
    fix: `Is Ollama running, and the model there (ollama pull ${options.model})?`,
  });
}
