import type { Answer, RunEvent, UnderstoodSummary } from "../../src/core/run-event.ts";
import type { Plant } from "../support/plant.ts";
import type { EvalCase } from "./case.ts";

/** What came back for one case. */
export type Reply = {
  answer: Answer;
  understood: UnderstoodSummary;
  refused: boolean;
  failedTools: string[];
};

/** Asks the earlier questions and then the case's own in one conversation. A run that fails is thrown. */
export async function askCase(plant: Plant, one: EvalCase): Promise<Reply> {
  let conversationId: string | undefined;
  let reply: Reply | null = null;
  for (const question of [...one.previous, one.question]) {
    const started = await plant.runtime.start(plant.ctx, { question, ...(conversationId ? { conversationId } : {}) });
    conversationId = started.conversationId;
    const events: RunEvent[] = [];
    for await (const { event } of plant.runtime.follow(started.runId)) events.push(event);
    reply = toReply(events);
  }
  if (!reply) throw new Error("No question was asked.");
  return reply;
}

function toReply(events: RunEvent[]): Reply {
  let answer: Answer | null = null;
  let understood: UnderstoodSummary | null = null;
  let refused = false;
  const failedTools: string[] = [];
  for (const event of events) {
    if (event.type === "answer-finished") answer = event.answer;
    if (event.type === "understood") understood = event.understood;
    if (event.type === "safety-notice" && event.refusal) refused = true;
    if (event.type === "tool-finished" && !event.ok) failedTools.push(`${event.tool}: ${event.summary}`);
    if (event.type === "run-failed") throw new Error(`${event.code}: ${event.message}`);
    if (event.type === "run-cancelled") throw new Error(`cancelled: ${event.reason}`);
  }
  if (!answer || !understood) throw new Error("The run ended without an answer.");
  return { answer, understood, refused, failedTools };
}
