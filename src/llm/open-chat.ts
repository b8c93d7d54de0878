import { ChatOllama } from "@langchain/ollama";
import { ChatOpenAI } from "@langchain/openai";
import { BaseCallbackHandler } from "@langchain/core/callbacks/base";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { ModelRole } from "./call-budget.ts";

// LangChain's chat models, opened anew for every call or agent loop: ChatOllama aborts every stream of its client when
// one of them is cancelled, so two turns must not share one.

export type ChatSettings = {
  model: string;
  baseUrl: string;
  fetch: typeof fetch;
  role: ModelRole;
  contextTokens: number;
  answerTokens: number;
};

const temperature: Record<ModelRole, number> = { plan: 0, answer: 0.2 };

/**
 * A handler that does nothing but make LangChain stream inside `invoke` too. Without it ChatOpenAI either waits for the
 * whole answer (no idle clock) or, with `streaming`, downloads a tokenizer from the internet to count tokens.
 */
function alwaysStream(): BaseCallbackHandler {
  return Object.assign(BaseCallbackHandler.fromMethods({}), {
    name: "always-stream",
    lc_prefer_streaming: true as const,
  });
}

/** The native route: only there can num_ctx be set. It is the same in every role, or Ollama would load the model anew. */
export function openOllama(settings: ChatSettings & { think: boolean | null }): BaseChatModel {
  return new ChatOllama({
    model: settings.model,
    baseUrl: settings.baseUrl,
    fetch: settings.fetch,
    numCtx: settings.contextTokens,
    numPredict: settings.answerTokens,
    temperature: temperature[settings.role],
    keepAlive: "30m",
    maxRetries: 0,
    callbacks: [alwaysStream()],
    ...(settings.think === null ? {} : { think: settings.think }),
  });
}

export function openOpenAi(settings: ChatSettings & { apiKey: string }): BaseChatModel {
  const reasons = /^(o\d|gpt-5)/.test(settings.model); // these refuse a temperature
  return new ChatOpenAI({
    model: settings.model,
    apiKey: settings.apiKey,
    maxTokens: settings.answerTokens,
    ...(reasons ? {} : { temperature: temperature[settings.role] }),
    maxRetries: 0,
    timeout: 3_600_000, // ours are shorter and say why
    callbacks: [alwaysStream()],
    // An explicit address: without one, a LANGSMITH_GATEWAY in the environment would reroute every prompt.
    configuration: { baseURL: settings.baseUrl, fetch: settings.fetch, logLevel: "off" },
  });
}
