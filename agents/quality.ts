import type { AgentDefinition } from "../src/runtime/specialists/agent-definition.ts";

export const quality: AgentDefinition<"quality"> = {
  name: "quality",
  title: { ko: "품질 담당", en: "Quality" },
  model: "plan",
  prompt: "quality",
  tools: [
    "list_inspections",
    "defect_pareto",
    "check_control_limits",
    "search_knowledge",
    "list_alarms",
    "find_equipment",
    "draft_quality_hold",
  ],
  limits: { modelCalls: 3, toolCalls: 6, mends: 3 },
  afterTools: "hand-over",
};
