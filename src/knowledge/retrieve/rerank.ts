import { z } from "zod";
import { createCallBudget } from "../../llm/call-budget.ts";
import type { Models } from "../../llm/models.ts";
import { quoteText } from "../../llm/quote-evidence.ts";
import { promptNamed, renderPrompt } from "../../llm/render-prompt.ts";
import type { Prompts } from "../../llm/render-prompt.ts";
import type { Logger } from "../../observability/logger.ts";
import type { Reranker } from "../knowledge.ts";

const orderSchema = z.object({ order: z.array(z.number()) });
/** Of a passage: what it is about shows at its beginning, and a local model reads slowly. */
const longestPassage = 500;

/**
 * Lets the first model that is connected sort passages, listwise, in one call. Gives null, and the order stays as it is,
 * where there is no model, it fails, takes longer than `timeoutMs` or answers with something else than an order.
 */
export function createReranker(
  models: Models,
  prompts: Prompts,
  options: { timeoutMs?: number; logger?: Logger } = {},
): Reranker {
  const { timeoutMs = 10_000, logger } = options;
  return async (question, passages, signal) => {
    const [model] = await models.current();
    if (model === undefined || passages.length < 2) return null;
    const limit = AbortSignal.timeout(timeoutMs);
    const blocks = passages.map(({ heading, text }, at) =>
      [`Passage ${at + 1}:`, quoteText(`${heading}\n${text.slice(0, longestPassage)}`)].join("\n"),
    );
    const prompt = renderPrompt(promptNamed(prompts, "rerank"), {
      question: quoteText(question),
      passages: blocks.join("\n\n"),
    });
    try {
      const chat = model.open({
        role: "plan",
        budget: createCallBudget({ limit: 1, reserve: 0 }),
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      });
      const { raw } = await chat.withStructuredOutput(orderSchema, { name: "order", includeRaw: true }).invoke([
        { role: "system" as const, content: prompt.system },
        { role: "user" as const, content: prompt.user },
      ]);
      return readOrder(raw.text, passages.length);
    } catch (thrown) {
      if (signal?.aborted) throw thrown;
      logger?.debug({ err: thrown }, "passages were not reranked");
      return null;
    }
  };
}

/**
 * Places of the passages, from 0, in the model's order; those that it forgot follow as they were. Null for a text that
 * names none, or one that is not there: whoever invents passages has not read them.
 */
export function readOrder(text: string, count: number): number[] | null {
  const list = /"order"\s*:\s*\[([\d\s,]*)\]/.exec(text)?.[1];
  const named = (list ?? "").split(",").flatMap((part) => (part.trim() === "" ? [] : [Number(part) - 1]));
  if (named.length === 0 || named.some((at) => at < 0 || at >= count)) return null;
  const order = new Set(named);
  for (let at = 0; at < count; at += 1) order.add(at);
  return [...order];
}
