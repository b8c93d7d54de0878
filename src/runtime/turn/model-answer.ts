import type { Ctx } from "../../core/context.ts";
import type { AgentName, RunEvent } from "../../core/run-event.ts";
import { createCallBudget, type CallUsage } from "../../llm/call-budget.ts";
import type { Model } from "../../llm/model.ts";
import { ModelError, describeFailure, toModelError, type ModelFailure } from "../../llm/model-error.ts";
import { runTool } from "../../tools/registry.ts";
import { createGrounder } from "../ground/create-grounder.ts";
import { composeWithModel } from "../specialists/compose-with-model.ts";
import { planWithModel, type PlannedTask } from "../specialists/plan-with-model.ts";
import { runSpecialist } from "../specialists/run-specialist.ts";
import type { Intent, Memory, Understanding } from "../understand/understanding.ts";
import { memoryText } from "./memory.ts";
import type { TurnDeps } from "./turn-deps.ts";
import type { TurnTools } from "./turn-tools.ts";

export type ModelAnswer =
  | { text: string; usage: CallUsage & { calls: number } }
  | { failed: string; usage: CallUsage & { calls: number } };

/** Intents where the rules gathered all there is; elsewhere a model plans what else to look at. */
const gathered: ReadonlySet<Intent> = new Set([
  "alarm",
  "records",
  "readings",
  "stock",
  "affected",
  "handover",
  "last-time",
  "in-control",
  // Computed: a model words what the tool found and has nothing to add up.
  "drift",
  "forecast",
  "reliability",
  "alarm-limit",
  "oee",
  "downtime-causes",
  "alarm-review",
  "energy",
  "genealogy",
  "compare-lots",
]);

/**
 * Plans, asks the specialists in parallel and composes on the evidence. Shows only grounded statements. Never rejects but
 * for `cancelled`: a model that fails, or says nothing that holds, is told as `failed` and the rules' draft stands.
 */
export async function answerWithModel(input: {
  understood: Understanding;
  tools: TurnTools;
  deps: TurnDeps;
  models: readonly Model[];
  memory: Memory | null;
  ctx: Ctx;
  abstained: boolean;
  emit: (event: RunEvent) => void;
}): Promise<ModelAnswer> {
  const { understood, tools, deps, models, ctx, emit } = input;
  const budget = createCallBudget();
  const signal = ctx.signal ? { signal: ctx.signal } : {};
  const common = {
    models,
    prompts: deps.prompts,
    budget,
    question: understood.question,
    language: understood.language,
    ...signal,
  };
  const { book } = tools;
  try {
    const plan = await planTasks();
    const reports = await Promise.all(plan.map((task) => investigate(task)));
    const grounder = createGrounder({
      evidence: () => book.byId(),
      question: understood.question,
      onText: (text) => emit({ type: "answer-delta", text }),
    });
    await composeWithModel({
      ...common,
      evidence: book.all(),
      findings: reports.filter((findings) => findings !== ""),
      memory: memoryText(input.memory),
      onDelta: (delta) => grounder.push(delta),
    });
    const { text } = grounder.end();
    const failed =
      understood.language === "ko"
        ? "모델의 답이 근거와 맞지 않았습니다"
        : "the model's answer did not hold against the evidence";
    return text === "" ? { failed, usage: budget.spent() } : { text, usage: budget.spent() };
  } catch (thrown) {
    ctx.signal?.throwIfAborted();
    const error = toModelError(thrown);
    if (error.code === "cancelled") throw error;
    const reason: ModelFailure = error instanceof ModelError ? error.reason : "failed";
    return { failed: describeFailure(reason, understood.language), usage: budget.spent() };
  }

  async function planTasks(): Promise<PlannedTask[]> {
    if (gathered.has(understood.intent) && !input.abstained) {
      emit({ type: "plan-made", tasks: [], by: "rules" });
      return [];
    }
    const planned = await planWithModel({ ...common, understood: understood.reading, evidence: book.all() });
    const tasks = planned ?? defaultTasks();
    emit({ type: "plan-made", tasks, by: planned === null ? "rules" : "model" });
    return tasks;
  }

  function defaultTasks(): PlannedTask[] {
    const agent: AgentName = understood.intent === "in-control" ? "quality" : "maintenance";
    return [{ agent, task: understood.question.slice(0, 300) }];
  }

  async function investigate({ agent, task }: PlannedTask): Promise<string> {
    const report = await runSpecialist({
      ...common,
      agent: deps.agents[agent],
      task,
      tools: deps.registry.forAgent(agent),
      runTool: (name, rawInput) => runTool(deps.registry, name, rawInput, tools.context),
      evidence: book.all(),
      addEvidence: (drafts) => book.add(drafts),
      emit,
    });
    for (const proposal of report.proposals) emit({ type: "proposal-made", proposal });
    return report.findings;
  }
}
