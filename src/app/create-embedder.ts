import type { Config } from "../config.ts";
import type { EgressGate } from "../llm/egress.ts";
import { createBuiltinEmbedder } from "../llm/embeddings/builtin.ts";
import type { Embedder } from "../llm/embeddings/embedder.ts";
import { createOllamaEmbedder } from "../llm/embeddings/ollama.ts";
import { createOpenAiEmbedder } from "../llm/embeddings/openai.ts";
import { toBaseUrl } from "../llm/hosts.ts";

/** The embedder that SUNBAE_EMBEDDINGS names; nothing is asked of it yet. */
export function createEmbedder(config: Config, egress: EgressGate): Embedder {
  const [, kind, model] = /^(ollama|openai):(.+)$/.exec(config.embeddings) ?? [];
  if (model === undefined) return createBuiltinEmbedder();
  const fetch = egress.fetch("embedding");
  if (kind === "ollama")
    return createOllamaEmbedder({ model, baseUrl: toBaseUrl(config.ollamaHost ?? "127.0.0.1:11434", 11_434), fetch });
  const baseUrl = config.openaiBaseUrl ?? "https://api.openai.com/v1";
  return createOpenAiEmbedder({ model, baseUrl, fetch, ...(config.openaiApiKey && { apiKey: config.openaiApiKey }) });
}
