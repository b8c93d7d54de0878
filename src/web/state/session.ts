import { signal, type Signal } from "@preact/signals";
import type { Client } from "../api/client.ts";
import { toProblem } from "../api/problem.ts";
import type { Machine, Problem, Status } from "../api/shapes.ts";
import type { MarkdownRenderer } from "../markdown/render-markdown.ts";
import { randomKey } from "./random-key.ts";
import { createTurns, type Turns } from "./turns.ts";
import type { Memory } from "./preferences.ts";
import { placeHref, type Place } from "./place.ts";

// Session: everything the page holds while it is open. Components read its signals and call its verbs.

export type Session = {
  client: Client;
  status: Signal<Status | null>;
  statusProblem: Signal<Problem | null>;
  machines: Signal<Machine[] | null>;
  machine: Signal<Machine | null>;
  draft: Signal<string>;
  turns: Turns;
  /** Null until it is loaded. */
  markdown: Signal<MarkdownRenderer | null>;
  loadMarkdown(): Promise<void>;
  refresh(): Promise<void>;
  loadMachines(): Promise<void>;
  /** About the chosen machine unless another is given. */
  ask(question: string, equipmentId?: string | null): void;
  goTo(place: Place): void;
  /** What a part that is fetched later makes once and keeps for as long as the page is open. */
  keep<Kept>(name: string, make: () => Kept): Kept;
};

export type SessionDeps = { client: Client; fetcher: typeof fetch; memory: Memory; place: Signal<Place>; view: Window };

export function createSession({ client, fetcher, memory, place, view }: SessionDeps): Session {
  const status = signal<Status | null>(null);
  const statusProblem = signal<Problem | null>(null);
  const machines = signal<Machine[] | null>(null);
  const machine = signal<Machine | null>(null);
  const draft = signal("");
  const markdown = signal<MarkdownRenderer | null>(null);
  const kept = new Map<string, unknown>();
  const goTo = (to: Place): void => void (view.location.hash = placeHref(to));
  const turns = createTurns({
    client,
    fetcher,
    memory,
    onConversation(id) {
      // The address names the conversation as soon as it has a name; "back" leads to where one asked from.
      if (place.peek().name === "ask") view.history.replaceState(null, "", placeHref({ name: "conversation", id }));
      if (place.peek().name === "ask") place.value = { name: "conversation", id };
    },
    onProposals: () => void refresh(),
  });

  async function refresh(): Promise<void> {
    try {
      status.value = await client.status();
      statusProblem.value = null;
    } catch (thrown) {
      statusProblem.value = toProblem(thrown);
    }
  }

  return {
    client,
    status,
    statusProblem,
    machines,
    machine,
    draft,
    turns,
    markdown,
    async loadMarkdown() {
      const { createMarkdownRenderer } = await import("../markdown/render-markdown.ts");
      markdown.value = createMarkdownRenderer();
    },
    refresh,
    async loadMachines() {
      machines.value = await client.machines();
    },
    ask(question, equipmentId = machine.peek()?.id ?? null) {
      const text = question.trim();
      if (text === "") return;
      draft.value = "";
      const here = place.peek();
      if (here.name !== "ask" && here.name !== "conversation") {
        turns.begin(null);
        goTo({ name: "ask" });
      }
      turns.ask({ key: randomKey(), question: text, equipmentId });
    },
    goTo,
    keep<Kept>(name: string, make: () => Kept) {
      if (!kept.has(name)) kept.set(name, make());
      return kept.get(name) as Kept;
    },
  };
}
