import type { Language } from "../../core/context.ts";
import type { AgentName } from "../../core/run-event.ts";
import type { ModelRole } from "../../llm/call-budget.ts";

/** An agent as data; agents/ holds one file each and imports nothing but this type. */
export type AgentDefinition<Name extends string = AgentName> = {
  name: Name;
  title: Record<Language, string>;
  model: ModelRole;
  /** A file of prompts/, without ".md". */
  prompt: string;
  /** Names of tools, in the order a model sees them. */
  tools: readonly string[];
  limits: {
    /** Model calls of one task, before the turn's own budget. */
    modelCalls: number;
    toolCalls: number;
    /** Tool calls that may go wrong and be mended by the model; the next one ends the task. */
    mends: number;
  };
  /**
   * hand-over: the task ends when its tools have delivered, and the answer is written from their evidence: one call.
   * report: the model sees the results, may ask on, and writes findings: two calls and more.
   */
  afterTools: "hand-over" | "report";
};
