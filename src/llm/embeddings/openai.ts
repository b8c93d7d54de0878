import { z } from "zod";
import type { Embedder } from "./embedder.ts";
import { createRemoteEmbedder } from "./remote.ts";
import type { RemoteOptions } from "./remote.ts";

const answer = z.object({ data: z.array(z.object({ index: z.number(), embedding: z.array(z.number()) })) });

/** Embeddings of OpenAI or any server that speaks its route; `baseUrl` ends in /v1. */
export function createOpenAiEmbedder(options: RemoteOptions): Embedder {
  return createRemoteEmbedder(options, {
    name: "openai",
    url: (baseUrl) => `${baseUrl}/embeddings`,
    body: (model, texts) => ({ model, input: texts, encoding_format: "float" }),
    vectors: (json) =>
      answer
        .parse(json)
        .data.toSorted((a, b) => a.index - b.index)
        .map((one) => one.embedding),
    textsAtOnce: 64,
    fix: "Check OPENAI_BASE_URL, OPENAI_API_KEY, the model's name, and that SUNBAE_EGRESS allows the host.",
  });
}
