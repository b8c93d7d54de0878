import type { ErrorCode } from "./errors.ts";
import type { Language } from "./context.ts";
import type { Citation, Evidence } from "./evidence.ts";

// The closed union that every door follows. Names are part of the public contract.
// Order within a run: run-started first; exactly one of run-finished, run-failed, run-cancelled last.

export type Mode = "model" | "extractive";
export type AgentName = "planner" | "maintenance" | "quality";

export type Proposal = {
  id: string;
  kind: "work-order" | "quality-hold";
  /** The exact text that an approver sees and approves. */
  text: string;
  status: "pending" | "approved" | "rejected" | "expired";
  runId: string | null;
  equipmentId: string | null;
  /** The record written by the approval. */
  recordId?: string | null;
};

export type UnderstoodSummary = {
  language: Language;
  intent: string;
  equipment: { id: string; name: string }[];
  alarmCodes: string[];
  period?: { from: string; to: string; label: string };
  /** What was read into the question, in the asker's language: shown so that a wrong reading is seen at once. */
  reading: string;
};

export type Timings = { firstEvidenceMs: number | null; totalMs: number; modelMs: number; modelCalls: number };

export type RunEvent =
  | { type: "run-started"; question: string; mode: Mode; conversationId: string }
  | { type: "understood"; understood: UnderstoodSummary }
  | { type: "evidence-found"; evidence: Evidence }
  | { type: "plan-made"; tasks: { agent: AgentName; task: string }[]; by: "rules" | "model" }
  | { type: "agent-started"; agent: AgentName; task: string }
  | { type: "tool-started"; agent: AgentName; tool: string; callId: string; input: unknown }
  | { type: "tool-finished"; agent: AgentName; tool: string; callId: string; ok: boolean; summary: string; ms: number }
  | { type: "mode-changed"; from: Mode; to: Mode; reason: string }
  | { type: "safety-notice"; text: string; evidenceId: string | null; refusal: boolean }
  | { type: "answer-delta"; text: string }
  | { type: "proposal-made"; proposal: Proposal }
  | { type: "answer-finished"; answer: Answer }
  | { type: "run-finished"; timings: Timings }
  | { type: "run-failed"; code: ErrorCode; message: string; fix?: string }
  | { type: "run-cancelled"; reason: string };

export type RunEventType = RunEvent["type"];

/** An event as it is stored and sent: `seq` counts from 1 within its run. */
export type NumberedRunEvent = { runId: string; seq: number; at: string; event: RunEvent };

/** What `ask` returns and `answer-finished` carries. */
export type Answer = {
  runId: string;
  answer: string; // Markdown; citations are marked [E1]
  language: Language;
  mode: Mode;
  citations: Citation[];
  evidence: Evidence[];
  proposals: Proposal[];
  abstained: boolean;
  timings: Timings;
};

export function isTerminal(event: RunEvent): boolean {
  return event.type === "run-finished" || event.type === "run-failed" || event.type === "run-cancelled";
}
