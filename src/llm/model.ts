import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { CallBudget, ModelRole } from "./call-budget.ts";

// Model: one configured model that can be opened for a call. Candidates: the models of a turn in the order of
// fallback (hosted, then local); none at all is extractive mode.

export type CallScope = { role: ModelRole; budget: CallBudget; signal?: AbortSignal };

export type Model = {
  /** "ollama:qwen3:8b": what people set and see. */
  id: string;
  /** The prompt leaves the plant; personal data is redacted from it. */
  hosted: boolean;
  tools: boolean;
  /** Prompt and answer together. */
  contextTokens: number;
  answerTokens: number;
  /** A fresh LangChain model for one call or one agent loop. Its calls reject with a ModelError among the causes. */
  open(scope: CallScope): BaseChatModel;
};
