import { z } from "zod";
import { SunbaeError } from "../core/errors.ts";
import type { AgentName } from "../core/run-event.ts";
import { allTools } from "./all-tools.ts";
import type { Tool, ToolContext, ToolResult } from "./tool.ts";

export type ToolRegistry = {
  all: Tool[];
  byName: Map<string, Tool>;
  /** The few tools an agent is offered. */
  forAgent(agent: AgentName): Tool[];
};

export function createToolRegistry(tools: Tool[] = allTools()): ToolRegistry {
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  if (byName.size !== tools.length) throw new SunbaeError("internal", "Two tools have the same name.");
  return { all: tools, byName, forAgent: (agent) => tools.filter((tool) => tool.agents.includes(agent)) };
}

/**
 * Runs one tool on raw input (of a person, a rule or a model). Rejects with `not_found` for an unknown tool and
 * `invalid_input` with one detail per field for input that does not fit; both say the fix, so that a model can mend it.
 */
export async function runTool(
  registry: ToolRegistry,
  name: string,
  rawInput: unknown,
  context: ToolContext,
): Promise<ToolResult> {
  const tool = registry.byName.get(name);
  if (!tool)
    throw new SunbaeError("not_found", `There is no tool "${name}".`, {
      fix: `Use one of: ${registry.all.map((one) => one.name).join(", ")}.`,
    });
  context.ctx.signal?.throwIfAborted();
  return await tool.run(parseToolInput(tool, rawInput), context);
}

/** The input as the tool's `run` takes it. An argument that the tool does not know is refused: dropping a filter would make a wrong answer. */
function parseToolInput(tool: Tool, rawInput: unknown): unknown {
  const input = withoutEmpty(rawInput);
  const known = tool.input instanceof z.ZodObject ? Object.keys(tool.input.shape) : null;
  const strange = known && isObject(input) ? Object.keys(input).filter((key) => !known.includes(key)) : [];
  const parsed = tool.input.safeParse(input);
  if (parsed.success && strange.length === 0) return parsed.data;
  const issues = parsed.success ? [] : parsed.error.issues;
  const details = [
    ...strange.map((key) => ({ path: key, message: `unknown; ${tool.name} takes ${known?.join(", ")}` })),
    ...issues.map((issue) => ({ path: issue.path.join("."), message: issue.message })),
  ];
  const said = details.map((one) => (one.path === "" ? one.message : `${one.path}: ${one.message}`)).join("; ");
  throw new SunbaeError("invalid_input", `The input of ${tool.name} does not fit: ${said}.`, {
    fix: known ? `${tool.name} takes: ${known.join(", ")}.` : undefined,
    details,
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Small models fill what they don't know with null or "": that is the same as leaving it out. */
function withoutEmpty(input: unknown): unknown {
  if (input === undefined || input === null) return {};
  if (!isObject(input)) return input;
  return Object.fromEntries(
    Object.entries(input).filter(([, value]) => value !== null && value !== undefined && value !== ""),
  );
}
