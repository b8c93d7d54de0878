import type { AgentDefinition } from "../src/runtime/specialists/agent-definition.ts";

/** Plans the turn (prompts/planner.md) and answers the production questions of a task itself (prompts/mes.md). */
export const planner: AgentDefinition<"planner"> = {
  name: "planner",
  title: { ko: "생산 계획 담당", en: "Planner" },
  model: "plan",
  prompt: "mes",
  // What is computed comes last: a small context keeps those before.
  tools: [
    "list_job_orders",
    "affected_orders",
    "list_downtime",
    "count_work_orders",
    "list_work_orders",
    "find_equipment",
    "oee",
    "energy_per_part",
    "bundle_work_orders",
  ],
  limits: { modelCalls: 3, toolCalls: 6, mends: 3 },
  afterTools: "hand-over",
};
