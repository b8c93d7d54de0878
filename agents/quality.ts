import type { AgentDefinition } from "../src/runtime/specialists/agent-definition.ts";

export const quality: AgentDefinition<"quality"> = {
  name: "quality",
  title: { ko: "품질 담당", en: "Quality" },
  model: "plan",
  prompt: "quality",
  // What is computed comes last: a small context keeps those before.
  tools: [
    "check_control_limits",
    "defect_pareto",
    "list_inspections",
    "search_knowledge",
    "list_alarms",
    "draft_quality_hold",
    "find_equipment",
    "trace_lots",
    "compare_lots",
  ],
  limits: { modelCalls: 3, toolCalls: 6, mends: 3 },
  afterTools: "hand-over",
};
