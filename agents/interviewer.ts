import type { AgentDefinition } from "../src/runtime/specialists/agent-definition.ts";

/** Asks a veteran, one question at a time; has no tools, the event's records are given to it. */
export const interviewer: AgentDefinition<"interviewer"> = {
  name: "interviewer",
  title: { ko: "면담 담당", en: "Interviewer" },
  model: "answer",
  prompt: "interviewer",
  tools: [],
  limits: { modelCalls: 1, toolCalls: 0, mends: 0 },
  afterTools: "report",
};
