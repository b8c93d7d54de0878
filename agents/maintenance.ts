import type { AgentDefinition } from "../src/runtime/specialists/agent-definition.ts";

export const maintenance: AgentDefinition<"maintenance"> = {
  name: "maintenance",
  title: { ko: "보전 담당", en: "Maintenance" },
  model: "plan",
  prompt: "maintenance",
  tools: [
    "search_knowledge",
    "read_page",
    "read_sensors",
    "similar_work_orders",
    "compare_with_normal",
    "find_drift",
    "forecast_limit",
    "review_reliability",
    "review_alarm_limit",
    "look_up_alarm",
    "find_spare_parts",
    "list_alarms",
    "review_alarms",
    "list_work_orders",
    "draft_work_order",
    "find_equipment",
  ],
  limits: { modelCalls: 3, toolCalls: 8, mends: 3 },
  afterTools: "hand-over",
};
