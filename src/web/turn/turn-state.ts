import type { Evidence } from "../../core/evidence.ts";
import type {
  AgentName,
  Answer,
  Mode,
  NumberedRunEvent,
  Proposal,
  RunEvent,
  Timings,
  UnderstoodSummary,
} from "../../core/run-event.ts";
import type { Connection } from "../api/follow-turn.ts";
import type { PastTurn, Verdict } from "../api/shapes.ts";

// A turn as the page shows it: what its run events have said so far.

export type ToolUse = {
  callId: string;
  agent: AgentName;
  tool: string;
  /** Null while it runs. */
  outcome: { ok: boolean; summary: string; ms: number } | null;
};

export type TurnState = {
  /** Made by the page; also the Idempotency-Key. */
  key: string;
  runId: string | null;
  conversationId: string | null;
  question: string;
  equipmentId: string | null;
  status: "running" | "finished" | "failed" | "cancelled";
  connection: Connection;
  lastSeq: number;
  mode: Mode | null;
  modeChange: { from: Mode; to: Mode; reason: string } | null;
  understood: UnderstoodSummary | null;
  evidence: Evidence[];
  tasks: { agent: AgentName; task: string }[];
  tools: ToolUse[];
  notices: { text: string; evidenceId: string | null; refusal: boolean }[];
  /** The Markdown so far. */
  text: string;
  answer: Answer | null;
  proposals: Proposal[];
  timings: Timings | null;
  failure: { code: string; message: string; fix?: string } | null;
  cancelReason: string | null;
  verdict: Verdict | null;
};

export function newTurn(asked: {
  key: string;
  question: string;
  equipmentId: string | null;
  conversationId: string | null;
}): TurnState {
  return {
    ...asked,
    runId: null,
    status: "running",
    connection: "connecting",
    lastSeq: 0,
    mode: null,
    modeChange: null,
    understood: null,
    evidence: [],
    tasks: [],
    tools: [],
    notices: [],
    text: "",
    answer: null,
    proposals: [],
    timings: null,
    failure: null,
    cancelReason: null,
    verdict: null,
  };
}

/** A turn of an earlier day, from what the conversation keeps of it. */
export function pastTurn(past: PastTurn, conversationId: string): TurnState {
  const { runId, question, answer, verdict } = past;
  const turn = { ...newTurn({ key: runId, question, equipmentId: null, conversationId }), runId, verdict };
  if (!answer) return turn;
  const { mode, evidence, proposals, timings } = answer;
  return {
    ...turn,
    status: "finished",
    connection: "connected",
    mode,
    evidence,
    proposals,
    timings,
    answer,
    text: answer.answer,
  };
}

/** The state after an event; one that was seen before changes nothing. */
export function applyEvent(turn: TurnState, { runId, seq, event }: NumberedRunEvent): TurnState {
  if (seq <= turn.lastSeq) return turn;
  return { ...turn, runId, lastSeq: seq, ...changes(turn, event) };
}

function changes(turn: TurnState, event: RunEvent): Partial<TurnState> {
  switch (event.type) {
    case "run-started":
      return { mode: event.mode, conversationId: event.conversationId };
    case "understood":
      return { understood: event.understood };
    case "evidence-found":
      return { evidence: [...turn.evidence.filter(({ id }) => id !== event.evidence.id), event.evidence] };
    case "plan-made":
      return { tasks: event.tasks };
    case "agent-started": {
      const known = turn.tasks.some(({ agent, task }) => agent === event.agent && task === event.task);
      return known ? {} : { tasks: [...turn.tasks, { agent: event.agent, task: event.task }] };
    }
    case "tool-started": {
      const { callId, agent, tool } = event;
      return { tools: [...turn.tools, { callId, agent, tool, outcome: null }] };
    }
    case "tool-finished": {
      const { callId, ok, summary, ms } = event;
      return {
        tools: turn.tools.map((use) => (use.callId === callId ? { ...use, outcome: { ok, summary, ms } } : use)),
      };
    }
    case "mode-changed": {
      const { from, to, reason } = event;
      return { mode: to, modeChange: { from, to, reason }, text: "" };
    }
    case "safety-notice": {
      const { text, evidenceId, refusal } = event;
      return { notices: [...turn.notices, { text, evidenceId, refusal }] };
    }
    case "answer-delta":
      return { text: turn.text + event.text };
    case "proposal-made":
      return { proposals: withProposal(turn.proposals, event.proposal) };
    case "answer-finished":
      return finishedAnswer(turn, event.answer);
    case "run-finished":
      return { status: "finished", timings: event.timings };
    case "run-failed": {
      const { code, message, fix } = event;
      return { status: "failed", failure: { code, message, ...(fix ? { fix } : {}) } };
    }
    case "run-cancelled":
      return { status: "cancelled", cancelReason: event.reason };
    default:
      // A newer server may say more than this page knows.
      return {};
  }
}

/** The finished answer is the truth; evidence that only it names is added. */
function finishedAnswer(turn: TurnState, answer: Answer): Partial<TurnState> {
  const known = new Set(turn.evidence.map(({ id }) => id));
  const added = answer.evidence.filter(({ id }) => !known.has(id));
  const proposals = answer.proposals.reduce(
    (all, one) => (all.some(({ id }) => id === one.id) ? all : withProposal(all, one)),
    turn.proposals,
  );
  return { answer, text: answer.answer, mode: answer.mode, evidence: [...turn.evidence, ...added], proposals };
}

export function withProposal(proposals: Proposal[], proposal: Proposal): Proposal[] {
  return [...proposals.filter(({ id }) => id !== proposal.id), proposal];
}
