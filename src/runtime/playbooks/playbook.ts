import type { Evidence } from "../../core/evidence.ts";
import type { AgentName, RunEvent } from "../../core/run-event.ts";
import { say } from "../../tools/wording.ts";
import { line, section, type Line, type Section } from "../compose/draft.ts";
import type { Draft } from "../compose/draft.ts";
import type { TurnTools, Used } from "../turn/turn-tools.ts";
import type { Understanding } from "../understand/understanding.ts";

// Playbook: what the rules do for one intent: which tools, in which order, and the answer made of what they found.
// With a model the same evidence is gathered first; without one its draft is the answer.

export type PlaybookTurn = {
  understood: Understanding;
  tools: TurnTools;
  emit: (event: RunEvent) => void;
  say: (ko: string, en: string) => string;
  /** Words of the other language for a term. */
  related: (term: string) => string[];
  /** Words of the question that the search read as others. */
  corrections: { from: string; to: string }[];
};
export type Playbook = {
  agents: AgentName[];
  run(turn: PlaybookTurn): Promise<Draft>;
};

export function createPlaybookTurn(
  understood: Understanding,
  tools: TurnTools,
  emit: (event: RunEvent) => void,
  related: (term: string) => string[],
): PlaybookTurn {
  return { understood, tools, emit, related, corrections: [], say: (ko, en) => say(understood.language, ko, en) };
}

/** The first line of a fact's text: what it says. */
export function gist(evidence: Evidence): string {
  return evidence.text.split("\n")[0] ?? evidence.title;
}

export function restOf(evidence: Evidence): string[] {
  return evidence.text
    .split("\n")
    .slice(1)
    .filter((part) => part.trim() !== "");
}

/** Why a tool had nothing to give, as a line; its fix included. */
export function failureLine(used: Used): Line | null {
  if (!used.error) return null;
  return line([used.error.message, used.error.fix ?? ""].filter((part) => part !== "").join(" "));
}

const mostDetails = 6;

/** Evidence shown as it is: a line a fact, tables under the last; "… +3" tells how much more there is. */
export function factsSection(
  heading: string | null,
  evidence: Evidence[],
  options: { details?: boolean; table?: boolean; limit?: number } = {},
): Section | null {
  const shown = evidence.slice(0, options.limit ?? 6);
  if (shown.length === 0) return null;
  const details = (one: Evidence): string[] => {
    const rest = options.details ? restOf(one) : [];
    return rest.length > mostDetails ? [...rest.slice(0, mostDetails), `… +${rest.length - mostDetails}`] : rest;
  };
  const lines = shown.flatMap((one) => [gist(one), ...details(one)].map((text) => line(text, one, "bullet")));
  if (evidence.length > shown.length) lines.push(line(`… +${evidence.length - shown.length}`, undefined, "bullet"));
  const table = options.table
    ? shown.find((one) => one.table !== undefined && one.table.rows.length > 0)?.table
    : undefined;
  return section(heading, lines, table);
}

const mostNamed = 3;

/** The machines of the question by name, "CNC-07 머시닝센터 7호기"; of many the first three and how many more. */
export function machineTitle(turn: PlaybookTurn): string {
  const { machines } = turn.understood;
  const more = machines.length > mostNamed ? ` +${machines.length - mostNamed}` : "";
  const named = machines
    .slice(0, mostNamed)
    .map((machine) => {
      const name = turn.understood.language === "ko" ? (machine.nameKo ?? machine.name) : machine.name;
      return name === machine.id || name === "" ? machine.id : `${machine.id} ${name}`;
    })
    .join(", ");
  return named + more;
}

export function modelsOf(turn: PlaybookTurn): string[] {
  const { machines, models } = turn.understood;
  return [...new Set([...machines.map((machine) => machine.model).filter((model) => model !== null), ...models])];
}
