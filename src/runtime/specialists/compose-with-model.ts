import type { Language } from "../../core/context.ts";
import { SunbaeError } from "../../core/errors.ts";
import type { Evidence } from "../../core/evidence.ts";
import type { CallBudget } from "../../llm/call-budget.ts";
import type { Model } from "../../llm/model.ts";
import { ModelError } from "../../llm/model-error.ts";
import { quoteText } from "../../llm/quote-evidence.ts";
import { promptNamed, type Prompts } from "../../llm/render-prompt.ts";
import { createThinkingFilter } from "../../llm/strip-thinking.ts";
import { tryCandidates } from "../../llm/try-candidates.ts";
import { clip, fitPrompt, languageName } from "./prompt-room.ts";

export type ComposeRequest = {
  question: string;
  language: Language;
  /** Most important first where two weigh the same. */
  evidence: readonly Evidence[];
  findings: readonly string[];
  /** What the conversation was about so far, in a few lines; "" at its start. */
  memory: string;
  models: readonly Model[];
  prompts: Prompts;
  budget: CallBudget;
  onDelta: (text: string) => void;
  signal?: AbortSignal;
};

export type Composed = {
  text: string;
  /** The candidate that wrote it. */
  modelId: string;
  /** Evidence that the model didn't see for want of room. */
  leftOut: string[];
};

/**
 * Streams one answer. Until the first delta a failing model is retried and replaced; after it nobody starts over.
 * Rejects with ModelError (the turn goes on in extractive mode), or `cancelled`.
 */
export async function composeWithModel(request: ComposeRequest): Promise<Composed> {
  const { models, budget, signal, onDelta } = request;
  if (models.length === 0) throw new ModelError("none", "No model is connected.");
  const slots = {
    question: quoteText(request.question),
    memory: request.memory === "" ? "(nothing)" : quoteText(clip(request.memory, 1_500)),
    findings: request.findings.map((text) => quoteFindings(clip(text, 3_000))).join("\n\n") || "(none)",
    language: languageName(request.language),
  };
  const prompt = fitPrompt(promptNamed(request.prompts, "compose"), slots, request.evidence, models);
  const messages = [
    { role: "system" as const, content: prompt.system },
    { role: "user" as const, content: prompt.user },
  ];
  let text = "";
  const show = (delta: string) => {
    if (delta === "") return;
    text += delta;
    onDelta(delta);
  };

  async function write(model: Model): Promise<Composed> {
    const filter = createThinkingFilter();
    const stream = await model.open({ role: "answer", budget, ...(signal && { signal }) }).stream(messages);
    for await (const chunk of stream) show(filter.push(chunk.text));
    show(filter.end());
    if (signal?.aborted) throw new SunbaeError("cancelled", "The turn was cancelled.");
    if (text.trim() === "") throw new ModelError("malformed", "The model wrote nothing.");
    return { text, modelId: model.id, leftOut: prompt.evidence.leftOut };
  }

  return tryCandidates(models, write, { isFinal: () => text !== "" });
}

/** Findings are quoted too, but keep their citations: they point to evidence that is shown. */
function quoteFindings(findings: string): string {
  const citations = findings.match(/\[E\d+\]/g) ?? [];
  let next = 0;
  return quoteText(findings.replace(/\[E\d+\]/g, "\ue000")).replace(/\ue000/g, () => citations[next++] ?? "");
}
