import type { Evidence } from "../../core/evidence.ts";
import { budgetEvidence, type BudgetedEvidence } from "../../llm/budget-evidence.ts";
import type { Model } from "../../llm/model.ts";
import { ModelError } from "../../llm/model-error.ts";
import { type Prompt, renderPrompt } from "../../llm/render-prompt.ts";
import { estimateTokens } from "../../llm/tokens.ts";

export type FittedPrompt = { system: string; user: string; evidence: BudgetedEvidence; tokensLeft: number };

/** Where evidence leaves less room than this, a model would answer from nothing. */
const leastEvidenceTokens = 150;

/**
 * The prompt with as much evidence as the smallest candidate can hold beside `reservedTokens` (tools, their results)
 * and its answer. Rejects with ModelError `too-long` where even a little evidence doesn't fit.
 */
export function fitPrompt(
  prompt: Prompt,
  slots: Record<string, string>,
  evidence: readonly Evidence[],
  models: readonly Model[],
  reservedTokens = 0,
): FittedPrompt {
  const bare = renderPrompt(prompt, { ...slots, evidence: "" });
  const room = roomOf(models) - reservedTokens - estimateTokens(bare.system) - estimateTokens(bare.user) - 20;
  const fitted = budgetEvidence(evidence, Math.max(0, room));
  if (room < 0 || (room < leastEvidenceTokens && fitted.leftOut.length > 0))
    throw new ModelError("too-long", `Prompt ${prompt.name} leaves no room for evidence in the model's context.`);
  const text = fitted.text === "" ? "(no evidence)" : fitted.text;
  return { ...renderPrompt(prompt, { ...slots, evidence: text }), evidence: fitted, tokensLeft: room - fitted.tokens };
}

/** Tokens for a prompt in the smallest candidate: a fallback must not overflow. */
export function roomOf(models: readonly Model[]): number {
  return Math.min(...models.map(({ contextTokens, answerTokens }) => Math.floor(contextTokens * 0.97) - answerTokens));
}

export function languageName(language: "ko" | "en"): string {
  return language === "ko" ? "Korean" : "English";
}

/** The end is what matters of a memory, the beginning of findings; both lose their middle least. */
export function clip(text: string, maxChars: number): string {
  return text.length <= maxChars ? text : `${text.slice(0, maxChars).trimEnd()} […]`;
}
