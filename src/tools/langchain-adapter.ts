import { randomUUID } from "node:crypto";
import { createMiddleware, tool as defineLangChainTool, ToolMessage, type StructuredTool } from "langchain";
import { SunbaeError, toSunbaeError } from "../core/errors.ts";
import type { Evidence, EvidenceDraft } from "../core/evidence.ts";
import type { AgentName, Proposal, RunEvent } from "../core/run-event.ts";
import type { Tool, ToolResult } from "./tool.ts";
import { toolDefinition } from "./tool-definition.ts";

// The one place where our tools meet LangChain. It shows a tool's schema to the model; running, checking and telling
// the model what went wrong is ours (runTool), because LangChain's own check refuses the nulls that small models send.

export type ToolHost = {
  agent: AgentName;
  tools: readonly Tool[];
  /** Runs one of the tools on raw input: `runTool` of the registry, bound to the turn's context. */
  run(name: string, rawInput: unknown): Promise<ToolResult>;
  /** Numbers the evidence of the turn; what is known already comes back under its old id. */
  addEvidence(drafts: EvidenceDraft[]): Evidence[];
  addProposal?(proposal: Proposal): void;
  emit(event: RunEvent): void;
  /** A result as the model reads it, evidence with its ids; the caller keeps it within the context. */
  render(summary: string, evidence: Evidence[]): string;
  limits: { toolCalls: number; mends: number };
};

/** Ends an agent's loop: it has called tools too often or wrongly too often. What it found so far counts. */
export class ToolLimitError extends SunbaeError {
  constructor(message: string) {
    super("conflict", message);
    this.name = "ToolLimitError";
  }
}

/** Key under which arguments that are not JSON arrive (see runtime/specialists/agent-middleware.ts). */
export const unparsedArguments = "__unparsed";

/** What the model is shown: name, description, schema. They are run by the middleware below, never by themselves. */
export function describeTools(tools: readonly Tool[]): StructuredTool[] {
  const notRun = () => {
    throw new SunbaeError("internal", "Tools are run by toolCallMiddleware.");
  };
  return tools.map((tool) => {
    const { name, description, schema } = toolDefinition(tool);
    return defineLangChainTool(notRun, { name, description, schema }) as unknown as StructuredTool; // overloads by schema
  });
}

/** Runs every tool call: mistakes go back to the model as text, `mends` times at most; then ToolLimitError. */
export function toolCallMiddleware(host: ToolHost): {
  middleware: ReturnType<typeof createMiddleware>;
  failuresOfLastRound(): number;
} {
  const known = new Set(host.tools.map(({ name }) => name));
  const answered = new Map<string, string>();
  const failedCalls = new Map<unknown, number>(); // by round: the messages of the state that the calls belong to
  let calls = 0;
  let failures = 0;
  let lastRound: unknown;

  async function runOnce(name: string, args: Record<string, unknown>): Promise<{ text: string; result: ToolResult }> {
    if (!known.has(name))
      throw new SunbaeError("not_found", `There is no tool ${name}.`, { fix: `Use one of: ${[...known].join(", ")}.` });
    if (unparsedArguments in args)
      throw new SunbaeError(
        "invalid_input",
        `The arguments of ${name} were not valid JSON: ${String(args[unparsedArguments]).slice(0, 200)}`,
      );
    const result = await host.run(name, args);
    if (result.proposal) host.addProposal?.(result.proposal);
    return { text: host.render(result.summary, host.addEvidence(result.evidence)), result };
  }

  async function answer(name: string, args: Record<string, unknown>): Promise<{ text: string; failed: boolean }> {
    const key = `${name} ${JSON.stringify(args)}`;
    const before = answered.get(key);
    if (before !== undefined) return { text: `You have called this already. ${before}`, failed: false };
    calls += 1;
    if (calls > host.limits.toolCalls)
      throw new ToolLimitError(`More than ${host.limits.toolCalls} tool calls in one task.`);
    const callId = randomUUID();
    const startedAt = performance.now();
    host.emit({ type: "tool-started", agent: host.agent, tool: name, callId, input: args });
    const finish = (ok: boolean, summary: string) =>
      host.emit({
        type: "tool-finished",
        agent: host.agent,
        tool: name,
        callId,
        ok,
        summary,
        ms: Math.round(performance.now() - startedAt),
      });
    try {
      const { text, result } = await runOnce(name, args);
      finish(true, result.summary);
      answered.set(key, result.summary);
      return { text, failed: false };
    } catch (thrown) {
      const error = toSunbaeError(thrown);
      // A defect of ours is no business of the model's; it only learns that the tool can't help.
      const told = error.code === "internal" ? `${name} failed.` : [error.message, error.fix].filter(Boolean).join(" ");
      finish(false, told);
      if (error.code === "cancelled") throw error;
      failures += 1;
      if (failures > host.limits.mends) throw new ToolLimitError(`${failures} tool calls went wrong in one task.`);
      return { text: `Error: ${told}`, failed: true };
    }
  }

  const middleware = createMiddleware({
    name: "sunbaeTools",
    async wrapToolCall({ toolCall, state }) {
      lastRound = state.messages.length;
      const { text, failed } = await answer(toolCall.name, toolCall.args);
      if (failed) failedCalls.set(lastRound, (failedCalls.get(lastRound) ?? 0) + 1);
      return new ToolMessage({
        content: text,
        tool_call_id: toolCall.id ?? "",
        name: toolCall.name,
        status: failed ? "error" : "success",
      });
    },
  });
  return { middleware, failuresOfLastRound: () => failedCalls.get(lastRound) ?? 0 };
}
