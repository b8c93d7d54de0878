import type { AgentDefinition } from "../src/runtime/specialists/agent-definition.ts";

export const maintenance: AgentDefinition<"maintenance"> = {
  name: "maintenance",
  title: { ko: "보전 담당", en: "Maintenance" },
  model: "plan",
  prompt: "maintenance",
  tools: [
    "look_up_alarm",
    "search_knowledge",
    "read_sensors",
    "compare_with_normal",
    "list_alarms",
    "similar_work_orders",
    "list_work_orders",
    "count_work_orders",
    "find_spare_parts",
    "find_equipment",
    "draft_work_order",
  ],
  limits: { modelCalls: 3, toolCalls: 8, mends: 3 },
  afterTools: "hand-over",
};
