import type { Answer, Mode } from "../core/run-event.ts";
import type { RunStatus } from "../db/schema/conversations.ts";

// Conversation: a thread of turns. Turn: one question and its answer; here as the conversation keeps it.

export type ConversationSummary = {
  id: string;
  title: string;
  actorId: string;
  door: string;
  turns: number;
  createdAt: string;
  updatedAt: string;
};

export type Verdict = "worked" | "did-not-work" | "helpful" | "not-helpful";
export type Feedback = { runId: string; actorId: string; verdict: Verdict; comment: string | null; createdAt: string };

export type Turn = {
  runId: string;
  conversationId: string;
  question: string;
  equipmentHint: string | null;
  status: RunStatus;
  mode: Mode;
  answer: Answer | null;
  createdAt: string;
  finishedAt: string | null;
  feedback: Feedback[];
};

export type Conversation = Omit<ConversationSummary, "turns"> & { turns: Turn[] };
