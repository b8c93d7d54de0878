import type { Language } from "../../core/context.ts";
import { SunbaeError } from "../../core/errors.ts";
import type { Evidence, EvidenceDraft } from "../../core/evidence.ts";
import type { Proposal, RunEvent } from "../../core/run-event.ts";
import { budgetEvidence } from "../../llm/budget-evidence.ts";
import type { CallBudget } from "../../llm/call-budget.ts";
import type { Model } from "../../llm/model.ts";
import { ModelError, toModelError } from "../../llm/model-error.ts";
import { quoteText } from "../../llm/quote-evidence.ts";
import { promptNamed, type Prompts } from "../../llm/render-prompt.ts";
import { estimateTokens } from "../../llm/tokens.ts";
import type { ToolHost } from "../../tools/langchain-adapter.ts";
import type { Tool, ToolResult } from "../../tools/tool.ts";
import { toolDefinition } from "../../tools/tool-definition.ts";
import type { AgentDefinition } from "./agent-definition.ts";
import { fitPrompt, languageName, roomOf } from "./prompt-room.ts";

export type SpecialistRequest = {
  agent: AgentDefinition;
  task: string;
  question: string;
  language: Language;
  /** The tools of the turn; the agent is offered those it names. */
  tools: readonly Tool[];
  runTool: (name: string, rawInput: unknown) => Promise<ToolResult>;
  models: readonly Model[];
  prompts: Prompts;
  /** What is known already. */
  evidence: readonly Evidence[];
  addEvidence: (drafts: EvidenceDraft[]) => Evidence[];
  budget: CallBudget;
  emit: (event: RunEvent) => void;
  signal?: AbortSignal;
};

export type SpecialistReport = {
  /** With [E#] citations; "" where the task was handed over or ended early. */
  findings: string;
  /** What the task added, also where it ended early. */
  evidence: Evidence[];
  proposals: Proposal[];
  /** Why it ended before its report: its limits or the turn's budget. Null otherwise. */
  stopped: "budget" | "limits" | null;
};

/** Kept free in the context for what the tools bring. */
const resultTokens = 1_500;

/** How much of the context the descriptions of tools may take. */
const toolShare = 0.4;

/** Rejects with ModelError when every candidate failed, and `cancelled`; evidence added until then stays with the turn. */
export async function runSpecialist(request: SpecialistRequest): Promise<SpecialistReport> {
  const { agent, budget, signal, emit } = request;
  const models = request.models.filter((model) => model.tools);
  if (models.length === 0) throw new ModelError("none", "No model that can use tools is connected.");
  const { tools, tokens } = offerTools(agent, request.tools, models);
  const slots = {
    task: quoteText(request.task),
    question: quoteText(request.question),
    language: languageName(request.language),
  };
  const prompt = fitPrompt(
    promptNamed(request.prompts, agent.prompt),
    slots,
    request.evidence,
    models,
    tokens + resultTokens,
  );
  const report: SpecialistReport = { findings: "", evidence: [], proposals: [], stopped: null };
  const host = hostOf(request, tools, report, resultTokens + prompt.tokensLeft);

  emit({ type: "agent-started", agent: agent.name, task: request.task });
  try {
    const { runAgentLoop } = await import("./agent-loop.ts");
    const scope = { role: agent.model, budget, ...(signal && { signal }) };
    const { text, served } = await runAgentLoop({
      agent,
      models,
      scope,
      system: prompt.system,
      user: prompt.user,
      host,
    });
    const isDone = text !== "" || (agent.afterTools === "hand-over" && served);
    return { ...report, findings: text, stopped: isDone ? null : "limits" };
  } catch (thrown) {
    if (signal?.aborted) throw new SunbaeError("cancelled", "The turn was cancelled.");
    const error = toModelError(thrown);
    if (error.name === "ToolLimitError") return { ...report, stopped: "limits" };
    if (error instanceof ModelError && error.reason === "budget") return { ...report, stopped: "budget" };
    throw error;
  }
}

function hostOf(request: SpecialistRequest, tools: Tool[], report: SpecialistReport, tokens: number): ToolHost {
  let room = tokens;
  return {
    agent: request.agent.name,
    tools,
    run: request.runTool,
    emit: request.emit,
    limits: request.agent.limits,
    addProposal: (proposal) => report.proposals.push(proposal),
    addEvidence(drafts) {
      const numbered = request.addEvidence(drafts);
      report.evidence.push(...numbered.filter(({ id }) => !report.evidence.some((known) => known.id === id)));
      return numbered;
    },
    render(summary, evidence) {
      const quoted = budgetEvidence(evidence, Math.max(0, room));
      room -= quoted.tokens;
      const hidden = quoted.leftOut.length > 0 ? `(no room to show ${quoted.leftOut.join(", ")})` : "";
      return [quoteText(summary), quoted.text, hidden].filter(Boolean).join("\n");
    },
  };
}

/** The agent's tools, most useful first, as far as their descriptions leave the larger part of the context free. */
function offerTools(
  agent: AgentDefinition,
  all: readonly Tool[],
  models: readonly Model[],
): { tools: Tool[]; tokens: number } {
  const limit = roomOf(models) * toolShare;
  const tools: Tool[] = [];
  let tokens = 0;
  for (const name of agent.tools) {
    const tool = all.find((one) => one.name === name);
    const cost = tool ? estimateTokens(JSON.stringify(toolDefinition(tool))) + 20 : 0;
    if (!tool || tokens + cost > limit) continue;
    tools.push(tool);
    tokens += cost;
  }
  return { tools, tokens };
}
