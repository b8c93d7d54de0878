import type { AgentDefinition } from "../src/runtime/specialists/agent-definition.ts";

export const maintenance: AgentDefinition<"maintenance"> = {
  name: "maintenance",
  title: { ko: "보전 담당", en: "Maintenance" },
  model: "plan",
  prompt: "maintenance",
  // What is computed comes last: a small context keeps those before.
  tools: [
    "search_knowledge",
    "read_page",
    "read_sensors",
    "similar_work_orders",
    "compare_with_normal",
    "look_up_alarm",
    "find_spare_parts",
    "list_alarms",
    "list_work_orders",
    "draft_work_order",
    "find_equipment",
    "find_drift",
    "forecast_limit",
    "review_reliability",
    "review_alarm_limit",
    "review_alarms",
  ],
  limits: { modelCalls: 3, toolCalls: 8, mends: 3 },
  afterTools: "hand-over",
};
