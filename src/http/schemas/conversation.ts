import { z } from "zod";
import type { Conversation, ConversationSummary, Feedback, Turn } from "../../conversations/conversation.ts";
import { answer, mode } from "./answer.ts";
import { named } from "../schema.ts";

export const verdict = z.enum(["worked", "did-not-work", "helpful", "not-helpful"]);

export const feedback: z.ZodType<Feedback> = named(
  "Feedback",
  z.object({
    runId: z.string(),
    actorId: z.string(),
    verdict,
    comment: z.string().nullable(),
    createdAt: z.string(),
  }),
);

export const turn: z.ZodType<Turn> = named(
  "Turn",
  z.object({
    runId: z.string(),
    conversationId: z.string(),
    question: z.string(),
    equipmentHint: z.string().nullable(),
    status: z.enum(["queued", "running", "finished", "failed", "cancelled", "interrupted"]),
    mode,
    answer: answer.nullable(),
    createdAt: z.string(),
    finishedAt: z.string().nullable(),
    feedback: z.array(feedback),
  }),
);

const head = {
  id: z.string(),
  title: z.string(),
  actorId: z.string(),
  door: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
};
export const conversationSummary: z.ZodType<ConversationSummary> = named(
  "ConversationSummary",
  z.object({ ...head, turns: z.number() }),
);
export const conversation: z.ZodType<Conversation> = named("Conversation", z.object({ ...head, turns: z.array(turn) }));
