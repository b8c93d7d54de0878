import { z } from "zod";
import type { Embedder } from "./embedder.ts";
import { createRemoteEmbedder } from "./remote.ts";
import type { RemoteOptions } from "./remote.ts";

const answer = z.object({ data: z.array(z.object({ index: z.number().int(), embedding: z.array(z.number()) })) });

/** Embeddings of OpenAI or any server that speaks its route; `baseUrl` ends in /v1. */
export function createOpenAiEmbedder(options: RemoteOptions): Embedder {
  return createRemoteEmbedder(options, {
    name: "openai",
    url: (baseUrl) => `${baseUrl}/embeddings`,
    body: (model, texts) => ({ model, input: texts, encoding_format: "float" }),
    vectors: (json) => inOrder(answer.parse(json).data),
    // OpenAI takes 2,048 texts, 300,000 tokens a request and 8,192 a text; servers of a plant take less.
    limits: { texts: 128, bytes: 250_000, bytesOfText: 20_000 },
    fix: "Check OPENAI_BASE_URL, OPENAI_API_KEY, the model's name, and that SUNBAE_EGRESS allows the host.",
  });
}

/** By index, each once; a server that numbers otherwise is not understood. */
function inOrder(data: { index: number; embedding: number[] }[]): number[][] {
  const sorted = data.toSorted((a, b) => a.index - b.index);
  if (sorted.some((one, index) => one.index !== index)) throw new Error("indexes have gaps");
  return sorted.map((one) => one.embedding);
}
