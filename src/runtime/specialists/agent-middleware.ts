import { randomUUID } from "node:crypto";
import { AIMessage, createMiddleware, ToolMessage } from "langchain";
import { unparsedArguments } from "../../tools/langchain-adapter.ts";

/**
 * A fresh id for every answer, because servers that reuse one make messages overwrite each other, and calls whose
 * arguments are not JSON as calls that will be answered with that mistake; LangChain would end the loop in silence.
 */
export function mendAnswers() {
  return createMiddleware({
    name: "sunbaeAnswers",
    async wrapModelCall(request, handler) {
      const answer = await handler(request);
      if (!AIMessage.isInstance(answer)) return answer;
      const broken = (answer.invalid_tool_calls ?? []).map(({ name, args, id }) => ({
        type: "tool_call" as const,
        name: name ?? "",
        args: readArguments(args ?? ""),
        id: id ?? randomUUID(),
      }));
      return new AIMessage({
        id: randomUUID(),
        content: answer.content,
        tool_calls: [...(answer.tool_calls ?? []), ...broken],
        response_metadata: answer.response_metadata,
        ...(answer.usage_metadata && { usage_metadata: answer.usage_metadata }),
      });
    },
  });
}

/** LangChain also calls a call invalid whose only fault is that the server gave it no id. */
function readArguments(written: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(written);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // told to the model below
  }
  return { [unparsedArguments]: written };
}

/** Ends the loop before the next model call when the last round of tools has delivered. */
export function endWhen(isDone: () => boolean) {
  return createMiddleware({
    name: "sunbaeEnd",
    beforeModel: {
      canJumpTo: ["end"],
      hook: ({ messages }) =>
        ToolMessage.isInstance(messages.at(-1)) && isDone() ? { jumpTo: "end" as const } : undefined,
    },
  });
}
