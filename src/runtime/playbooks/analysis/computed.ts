import type { Evidence } from "../../../core/evidence.ts";
import type { AgentName } from "../../../core/run-event.ts";
import type { Period } from "../../../core/periods/period.ts";
import { draft, line, section, type Draft, type Line, type Section } from "../../compose/draft.ts";
import type { Used } from "../../turn/turn-tools.ts";
import { failureLine, gist, restOf, type PlaybookTurn } from "../playbook.ts";

// What playbooks of computed answers share. A tool computes and words the figures; here they are put in order: the
// answer in one sentence, what it rests on, what else was found, what to look at next. No figure is made here.

/** The `equipment` argument for what the question names: a line by its own word, machines by id; nothing for the plant. */
export function equipmentOf({ understood }: PlaybookTurn): { equipment?: string } {
  const { machines, equipment, machinesFrom } = understood;
  if (machines.length === 0) return {};
  const [group] = equipment.groups;
  const byWord =
    machinesFrom === "question" && equipment.matches.length === 0 && equipment.groups.length === 1 && group;
  return { equipment: byWord ? group.text : machines.map((machine) => machine.id).join(", ") };
}

export function spanOf(period: Period | undefined): { from?: string; to?: string } {
  return { ...(period?.from ? { from: period.from } : {}), ...(period?.to ? { to: period.to } : {}) };
}

/** Calls one tool for each input, at most `limit`. */
export async function useEach(
  turn: PlaybookTurn,
  agent: AgentName,
  tool: string,
  inputs: Record<string, unknown>[],
  limit = 6,
): Promise<Used[]> {
  return await Promise.all(inputs.slice(0, limit).map((input) => turn.tools.use(agent, tool, input)));
}

const isFound = (evidence: Evidence): boolean => (evidence.data as { found?: boolean } | undefined)?.found !== false;

export type ComputedOptions = {
  /** What the figures rest on. */
  basis?: string;
  /** How many further findings are shown besides the first. */
  others?: number;
  /** Lines of the first finding under its first. */
  details?: number;
  /** Lines left out of them. */
  without?: RegExp;
  /** Lines of the first finding that were asked for by name: they stand with the answer. */
  lead?: RegExp;
  /** The finding that answers, where it is not the tool's first. */
  first?: (evidence: Evidence) => boolean;
  /** False where `before` has the answer already. */
  headline?: boolean;
  /** A finding that there is none is the answer ("into no other lot"). */
  noneIsAnswer?: boolean;
  before?: (Section | null)[];
  next?: (Line | null)[];
  table?: boolean;
};

/** The first finding as the answer with its details, the others by a line each, failures, then what to look at next. */
export function computedDraft(turn: PlaybookTurn, used: Used[], options: ComputedOptions = {}): Draft {
  const all = used.flatMap((one) => one.evidence);
  const asked = (one: Evidence): number => (isFound(one) ? (options.first?.(one) ? 0 : 1) : 2);
  const found = all.toSorted((a, b) => asked(a) - asked(b));
  const [first, ...others] = found;
  const failed = used.map(failureLine).filter((one) => one !== null);
  if (!first) return draft([...(options.before ?? []), section(null, failed)], true);
  const answered = isFound(first);
  const lead = options.lead ? restOf(first).filter((text) => options.lead?.test(text)) : [];
  const details = restOf(first)
    .filter((text) => !options.without?.test(text) && !lead.includes(text))
    .slice(0, options.details ?? 8);
  const { table } = first;
  const next = (options.next ?? []).filter((one) => one !== null);
  return draft(
    [
      ...(options.before ?? []),
      section(null, [
        options.headline !== false && line(answered ? bold(gist(first)) : gist(first), first),
        ...lead.map((text) => line(bold(text), first)),
      ]),
      details.length > 0
        ? section(
            answered ? (options.basis ?? turn.say("근거", "What it rests on")) : null,
            details.map((text) => line(text.replace(/^(?:- |근거: |Basis: )/, ""), first, "bullet")),
            options.table && table && table.rows.length > 0 ? table : undefined,
          )
        : options.table && table && table.rows.length > 0
          ? section(null, [], table)
          : null,
      others.length > 0 && options.headline !== false
        ? section(
            turn.say("그 밖에", "Besides"),
            others.slice(0, options.others ?? 4).map((one) => line(gist(one), one, "bullet")),
          )
        : null,
      failed.length > 0 ? section(null, failed) : null,
      answered && next.length > 0 ? section(turn.say("다음에 볼 것", "What to look at next"), next) : null,
    ],
    !answered && !options.noneIsAnswer,
  );
}

/** What stands after the subject is the answer: "CNC: **it has passed the limit**". */
function bold(text: string): string {
  return text.length < 240 && !text.includes("**") ? `**${text}**` : text;
}

/** A question back, as the whole answer. */
export function askBack(turn: PlaybookTurn, ko: string, en: string, more: (Section | null)[] = []): Draft {
  return draft([section(null, [line(turn.say(ko, en))]), ...more], true);
}
