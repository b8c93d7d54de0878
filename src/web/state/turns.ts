import { signal, type Signal } from "@preact/signals";
import type { Client } from "../api/client.ts";
import { followTurn } from "../api/follow-turn.ts";
import { toProblem } from "../api/problem.ts";
import type { Problem, Verdict } from "../api/shapes.ts";
import { applyEvent, newTurn, pastTurn, withProposal, type TurnState } from "../turn/turn-state.ts";
import type { Memory } from "./preferences.ts";

// The open conversation's turns, each a signal of its own, so that a streaming answer redraws nothing else.

export type Turns = {
  list: Signal<Signal<TurnState>[]>;
  conversationId: Signal<string | null>;
  loading: Signal<boolean>;
  problem: Signal<Problem | null>;
  /** Opens a conversation; null begins a new one. The one that is open stays as it is. */
  begin(conversationId: string | null): void;
  ask(asked: { key: string; question: string; equipmentId: string | null }): void;
  cancel(turn: Signal<TurnState>, reason: string): Promise<void>;
  /** Looks up how the proposals of a turn stand now. */
  refreshProposals(turn: Signal<TurnState>): Promise<void>;
  rate(turn: Signal<TurnState>, verdict: Verdict, comment: string): Promise<void>;
};

export type TurnsDeps = {
  client: Client;
  fetcher: typeof fetch;
  /** Of this tab: a question that was sent, but not yet heard of, is sent again after a reload. */
  memory: Memory;
  onConversation(id: string): void;
  onProposals(): void;
};

type Unheard = { key: string; question: string; equipmentId: string | null; conversationId: string | null };

export function createTurns({ client, fetcher, memory, onConversation, onProposals }: TurnsDeps): Turns {
  const list = signal<Signal<TurnState>[]>([]);
  const conversationId = signal<string | null>(null);
  const loading = signal(false);
  const problem = signal<Problem | null>(null);
  let open = new AbortController();
  let first = true;
  /** Stops following a turn that the server has not heard of. */
  const followed = new WeakMap<Signal<TurnState>, AbortController>();

  function follow(turn: Signal<TurnState>): void {
    const { key, question, equipmentId, runId, lastSeq } = turn.peek();
    const own = new AbortController();
    const { signal } = own;
    open.signal.addEventListener("abort", () => own.abort(), { once: true });
    followed.set(turn, own);
    const change = (changes: Partial<TurnState>): void => void (turn.value = { ...turn.peek(), ...changes });
    void followTurn(
      { key, question, equipmentId, conversationId: turn.peek().conversationId, runId, afterSeq: lastSeq },
      {
        onEvent(event) {
          if (signal.aborted) return;
          turn.value = applyEvent(turn.peek(), event);
          if (event.event.type === "run-started") heard(event.event.conversationId, key);
          if (event.event.type === "proposal-made") onProposals();
          // The log says how a proposal began, not how it stands.
          if (turn.peek().status === "finished") refreshQuietly(turn);
        },
        onConnection: (connection) => change({ connection }),
        onProblem({ code, detail, fix }) {
          memory.set("unheard", null);
          change({ status: "failed", failure: { code, message: detail, ...(fix ? { fix } : {}) } });
        },
      },
      { fetcher, signal },
    );
  }

  function heard(id: string, key: string): void {
    if (memory.get("unheard")?.includes(key)) memory.set("unheard", null);
    if (conversationId.peek() === id) return;
    conversationId.value = id;
    onConversation(id);
  }

  async function load(id: string): Promise<void> {
    loading.value = true;
    const { signal: opened } = open;
    try {
      const { turns } = await client.conversation(id);
      if (opened.aborted) return;
      list.value = turns.map((past, index) => {
        // The newest turn is drawn from its events, which tell more than the answer keeps.
        const isNewest = index === turns.length - 1;
        return signal(pastTurn(isNewest ? { ...past, answer: null } : past, id));
      });
      for (const turn of list.value) {
        if (turn.peek().status === "running") follow(turn);
        else refreshQuietly(turn);
      }
    } catch (thrown) {
      if (!opened.aborted) problem.value = toProblem(thrown);
    } finally {
      if (!opened.aborted) loading.value = false;
    }
  }

  async function refreshProposals(turn: Signal<TurnState>): Promise<void> {
    const { runId } = turn.peek();
    if (!runId) return;
    const now = await client.proposals({ runId });
    const own = new Set(turn.peek().proposals.map(({ id }) => id));
    const proposals = now.filter(({ id }) => own.has(id)).reduce(withProposal, turn.peek().proposals);
    turn.value = { ...turn.peek(), proposals };
  }

  function refreshQuietly(turn: Signal<TurnState>): void {
    if (turn.peek().proposals.length > 0) refreshProposals(turn).catch(() => undefined);
  }

  function ask(asked: Unheard): void {
    const turn = signal(newTurn(asked));
    memory.set("unheard", JSON.stringify(asked));
    list.value = [...list.peek(), turn];
    follow(turn);
  }

  return {
    list,
    conversationId,
    loading,
    problem,
    begin(id) {
      if (id !== null && id === conversationId.peek()) return;
      open.abort();
      open = new AbortController();
      list.value = [];
      conversationId.value = id;
      problem.value = null;
      loading.value = false;
      const unheard = first ? readUnheard(memory) : null;
      first = false;
      memory.set("unheard", null);
      if (id !== null) void load(id).then(() => unheard?.conversationId === id && ask(unheard));
      else if (unheard?.conversationId === null) ask(unheard);
    },
    ask: (asked) => ask({ ...asked, conversationId: conversationId.peek() }),
    async cancel(turn, reason) {
      const { runId } = turn.peek();
      if (runId) return client.cancel(runId, reason);
      followed.get(turn)?.abort();
      memory.set("unheard", null);
      turn.value = { ...turn.peek(), status: "cancelled", cancelReason: reason };
    },
    refreshProposals,
    async rate(turn, verdict, comment) {
      const { runId } = turn.peek();
      if (!runId) return;
      await client.feedback(runId, verdict, comment);
      turn.value = { ...turn.peek(), verdict };
    },
  };
}

function readUnheard(memory: Memory): Unheard | null {
  try {
    return JSON.parse(memory.get("unheard") ?? "null") as Unheard | null;
  } catch {
    return null;
  }
}
