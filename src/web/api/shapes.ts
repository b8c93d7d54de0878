import type { Language } from "../../core/context.ts";
import type { Answer, Mode, Proposal } from "../../core/run-event.ts";

// What the page expects of the API, by route. Problem: an error as RFC 9457 says it.

export type Problem = {
  status: number;
  code: string;
  title: string;
  detail: string;
  fix?: string;
};

export type Status = {
  mode: Mode;
  model: string | null;
  /** Why the mode is what it is. */
  reason: Record<Language, string>;
  problems: { message: string; fix: string | null }[];
  sample: boolean;
  pendingProposals: number;
  version: string;
  examples: Record<Language, string[]>;
};

export type Machine = {
  id: string;
  name: string;
  nameKo: string | null;
  aliases: string[];
  level: string | null;
  model: string | null;
  sample: boolean;
};

export type ConversationLine = { id: string; title: string; updatedAt: string; turns: number };

export type PastTurn = {
  runId: string;
  question: string;
  status: "queued" | "running" | "finished" | "failed" | "cancelled" | "interrupted";
  answer: Answer | null;
  verdict: Verdict | null;
};

export type Conversation = { id: string; title: string; turns: PastTurn[] };

export type ProposalView = Proposal & {
  textHash: string;
  createdBy: string;
  createdAt: string;
  decidedBy: string | null;
  decidedAt: string | null;
  reason: string | null;
};

export type Verdict = "worked" | "did-not-work";
