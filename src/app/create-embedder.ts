import type { Config } from "../config.ts";
import type { EgressGate } from "../llm/egress.ts";
import { createBuiltinEmbedder } from "../llm/embeddings/builtin.ts";
import type { Embedder } from "../llm/embeddings/embedder.ts";
import { createOllamaEmbedder } from "../llm/embeddings/ollama.ts";
import { createOpenAiEmbedder } from "../llm/embeddings/openai.ts";
import { toBaseUrl } from "../llm/hosts.ts";

/** The embedder that SUNBAE_EMBEDDINGS names, and those of other spaces by name; nothing is asked of them yet. */
export function createEmbedders(
  config: Config,
  egress: EgressGate,
): { embedder: Embedder; openEmbedder: (name: string) => Embedder | null } {
  const opened = new Map<string, Embedder | null>();
  const openEmbedder = (name: string) => {
    if (!opened.has(name)) opened.set(name, open(name, config, egress));
    return opened.get(name) ?? null;
  };
  const embedder = open(config.embeddings, config, egress) ?? createBuiltinEmbedder();
  return { embedder, openEmbedder };
}

function open(name: string, config: Config, egress: EgressGate): Embedder | null {
  const builtin = createBuiltinEmbedder();
  if (name === builtin.name || name === "builtin") return builtin;
  const [, kind, model] = /^(ollama|openai):(.+)$/.exec(name) ?? [];
  if (model === undefined) return null;
  const fetch = egress.fetch("embedding");
  if (kind === "ollama")
    return createOllamaEmbedder({ model, baseUrl: toBaseUrl(config.ollamaHost ?? "127.0.0.1:11434", 11_434), fetch });
  const baseUrl = config.openaiBaseUrl ?? "https://api.openai.com/v1";
  return createOpenAiEmbedder({ model, baseUrl, fetch, ...(config.openaiApiKey && { apiKey: config.openaiApiKey }) });
}
