import {
  AIMessage,
  createAgent,
  modelCallLimitMiddleware,
  modelFallbackMiddleware,
  modelRetryMiddleware,
} from "langchain";
import type { CallScope, Model } from "../../llm/model.ts";
import { isWorthRetrying, ModelError } from "../../llm/model-error.ts";
import { createThinkingFilter } from "../../llm/strip-thinking.ts";
import { describeTools, toolCallMiddleware, type ToolHost } from "../../tools/langchain-adapter.ts";
import type { AgentDefinition } from "./agent-definition.ts";
import { endWhen, mendAnswers } from "./agent-middleware.ts";

// LangChain's agent loop with our middleware. Loaded on first use: it costs half a second and 100 MB, which a plant
// without a model never pays.

export type LoopRequest = {
  agent: AgentDefinition;
  models: readonly Model[];
  scope: CallScope;
  system: string;
  user: string;
  host: ToolHost;
};

/** `text` is the model's own last word, "" where there is none; `served`: the last round of tools went well. */
export async function runAgentLoop(request: LoopRequest): Promise<{ text: string; served: boolean }> {
  const { agent, host, scope } = request;
  const [first, ...others] = request.models.map((model) => model.open(scope));
  if (first === undefined) throw new ModelError("none", "No model is connected.");
  const tools = toolCallMiddleware(host);
  const loop = createAgent({
    model: first,
    tools: describeTools(host.tools),
    systemPrompt: request.system,
    // The first is the outermost: a fallback has its own retries; tool calls are mended closest to the model.
    middleware: [
      modelCallLimitMiddleware({ runLimit: agent.limits.modelCalls, exitBehavior: "end" }),
      endWhen(() => agent.afterTools === "hand-over" && tools.failuresOfLastRound() === 0),
      ...(others.length > 0 ? [modelFallbackMiddleware(...others)] : []),
      modelRetryMiddleware({
        maxRetries: 1,
        initialDelayMs: 300,
        jitter: false,
        retryOn: isWorthRetrying,
        onFailure: "error",
      }),
      mendAnswers(),
      tools.middleware,
    ],
  });
  const { messages } = await loop.invoke(
    { messages: [{ role: "user", content: request.user }] },
    { recursionLimit: agent.limits.modelCalls * 6 + 10, ...(scope.signal && { signal: scope.signal }) },
  );
  return { text: lastWord(messages), served: tools.failuresOfLastRound() === 0 };
}

/** The call limit's notice and tool calls are no words of the model's. */
function lastWord(messages: unknown[]): string {
  const last = messages.at(-1);
  if (!AIMessage.isInstance(last) || (last.tool_calls?.length ?? 0) > 0) return "";
  if (last.text.startsWith("Model call limits exceeded")) return "";
  const filter = createThinkingFilter();
  return (filter.push(last.text) + filter.end()).trim();
}
