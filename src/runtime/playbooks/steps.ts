import type { Evidence } from "../../core/evidence.ts";
import type { FoundCard } from "../../knowledge/card.ts";
import { findCards } from "../../knowledge/find-cards.ts";
import { findSafetyText, type SafetyText, type SafetyTopic } from "../../knowledge/find-safety-text.ts";
import { cardEvidence } from "../../tools/evidence/card.ts";
import { loadPeople } from "../../tools/people.ts";
import { line, section, type Section } from "../compose/draft.ts";
import { gist, modelsOf, restOf, type PlaybookTurn } from "./playbook.ts";

// Steps that several playbooks share. Each gathers, and words what it found as a section (null: nothing to say).

/** The machine's own lockout text, or the plant's policy, verbatim. Tells every door by a safety notice. */
export async function quoteSafety(
  turn: PlaybookTurn,
  topic: SafetyTopic,
  options: { refusal?: boolean; models?: string[] } = {},
): Promise<Evidence[]> {
  const { ctx, knowledge } = turn.tools.context;
  const models = options.models ?? modelsOf(turn);
  const texts = await findSafetyText(ctx, knowledge, {
    topic,
    language: turn.understood.language,
    ...(models.length > 0 ? { models } : {}),
    limit: 6,
  });
  const chosen = chooseSafety(texts, topic);
  const evidence = turn.tools.book.add(
    chosen.map((text) => ({
      kind: "safety" as const,
      title: `${text.title} · ${text.heading}`,
      text: text.text,
      language: text.language,
      source: {
        label: `${text.title} · ${text.heading}`,
        documentId: text.documentId,
        path: text.path,
        heading: text.heading,
        span: text.span,
        ...(text.page === null ? {} : { page: text.page }),
      },
      trust: "approved" as const,
    })),
  );
  for (const one of evidence)
    turn.emit({ type: "safety-notice", text: one.text, evidenceId: one.id, refusal: options.refusal ?? false });
  return evidence;
}

/** Of the best document: for a lockout its steps and first warning; for a policy its paragraphs and steps. */
function chooseSafety(texts: SafetyText[], topic: SafetyTopic): SafetyText[] {
  const first = texts[0];
  if (!first) return [];
  const own = texts.filter((text) => text.documentId === first.documentId);
  if (topic === "safeguard") {
    const warnings = own.filter((text) => text.shape === "warning").slice(0, 2);
    return warnings.length > 0 ? warnings : own.slice(0, 2);
  }
  const steps = own.find((text) => text.shape === "steps");
  const warning = own.find((text) => text.shape === "warning");
  return [warning, steps].filter((text) => text !== undefined).length > 0
    ? [warning, steps].filter((text): text is SafetyText => text !== undefined)
    : own.slice(0, 2);
}

export function safetySection(turn: PlaybookTurn, evidence: Evidence[]): Section | null {
  if (evidence.length === 0) return null;
  const heading = turn.say("먼저: 안전 (설비 문서 그대로)", "First: safety (verbatim from the plant's documents)");
  return section(
    heading,
    evidence.map((one) => line(one.text, one, "quote")),
  );
}

/** Live values against the machine's own normal: what is out first, then a word on the rest. */
export async function machineState(turn: PlaybookTurn): Promise<{ section: Section | null; evidence: Evidence[] }> {
  const machine = turn.understood.machines[0];
  if (!machine || turn.understood.machines.length > 1) return { section: null, evidence: [] };
  const used = await turn.tools.use("maintenance", "compare_with_normal", { equipment: machine.id });
  const evidence = used.evidence.filter((one) => one.text !== "");
  const shown = evidence.slice(0, 5);
  return {
    evidence,
    section:
      shown.length === 0
        ? null
        : section(
            turn.say("지금 상태", "Live state"),
            shown.map((one) => line(gist(one), one, "bullet")),
          ),
  };
}

/** Published cards that fit the machine, the alarm or the words of the question. */
export async function veteranCards(
  turn: PlaybookTurn,
  options: { alarmCode?: string; text?: string; limit?: number },
): Promise<Evidence[]> {
  const { ctx, knowledge } = turn.tools.context;
  const { language, machines } = turn.understood;
  const machine = machines[0];
  const models = modelsOf(turn);
  const [found, people] = await Promise.all([
    findCards(ctx, knowledge, {
      language,
      limit: options.limit ?? 3,
      ...(options.alarmCode ? { alarmCode: options.alarmCode } : {}),
      ...(options.text ? { text: options.text } : {}),
      ...(machine && machines.length === 1 ? { equipmentId: machine.id } : {}),
      ...(models.length > 0 ? { models } : {}),
    }),
    loadPeople(turn.tools.context),
  ]);
  // A card for the whole plant says little about one machine's trouble.
  const telling = found.filter(
    (card) =>
      card.why.includes("alarm") || (card.why.includes("text") && (card.models.length < 3 || models.length === 0)),
  );
  const own = (card: FoundCard): number => Number(card.why.includes("alarm")) * 2 + Number(card.models.length <= 1);
  telling.sort((a, b) => own(b) - own(a));
  return turn.tools.book.add(telling.map((card) => cardEvidence(card, people(card.expert), language)));
}

export function cardSection(turn: PlaybookTurn, cards: Evidence[]): Section | null {
  if (cards.length === 0) return null;
  return section(
    turn.say("선배의 노하우", "What the veterans know"),
    cards.flatMap((card) => {
      const who = [card.source.expert, card.source.date].filter(Boolean).join(", ");
      const corrects = restOf(card).find((text) => /바로잡|corrects it/.test(text));
      return [line(`${gist(card)} (${who})`, card, "bullet"), ...(corrects ? [line(corrects, card, "bullet")] : [])];
    }),
  );
}

/** Earlier work orders like this one: who, when, how long, what was done. */
export async function workedBefore(
  turn: PlaybookTurn,
  input: { symptom?: string; alarm?: string },
): Promise<{ section: Section | null; evidence: Evidence[] }> {
  const machine = turn.understood.machines[0];
  if (!machine) return { section: null, evidence: [] };
  const used = await turn.tools.use("maintenance", "similar_work_orders", {
    equipment: machine.id,
    ...(input.alarm ? { alarm_code: input.alarm } : {}),
    ...(input.symptom ? { symptom: input.symptom } : {}),
  });
  const orders = used.evidence.filter((one) => one.kind === "work-order");
  if (orders.length === 0) return { section: null, evidence: used.evidence };
  return {
    evidence: orders,
    section: section(
      turn.say("전에 통한 조치", "What worked before"),
      orders.slice(0, 4).map((one) => line(flat(one), one, "bullet")),
    ),
  };
}

/** A record in one line. */
export function flat(evidence: Evidence): string {
  const text = evidence.text
    .split("\n")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join(" · ");
  return text.length > 360 ? `${text.slice(0, 357)}…` : text;
}

/** Stock of the parts that the cards and earlier work orders name. */
export async function partsInStock(turn: PlaybookTurn, numbers: string[]): Promise<Section | null> {
  const wanted = [...new Set(numbers)].slice(0, 5);
  if (wanted.length === 0) return null;
  const found = await turn.tools.use("planner", "find_spare_parts", { query: wanted.join(", ") });
  const parts = found.evidence.filter(
    (one) => one.kind === "part" && wanted.some((number) => one.text.includes(number)),
  );
  if (parts.length === 0) return null;
  return section(
    turn.say("부품", "Parts"),
    parts.map((one) => line(flat(one), one, "bullet")),
  );
}

/** Part numbers in a text ("GMC-SB-7014"). */
export function partNumbers(evidence: Evidence[]): string[] {
  return evidence.flatMap((one) =>
    [...one.text.matchAll(/\b[A-Z]{2,4}-[A-Z]{1,4}-[A-Z0-9]{2,8}\b/g)].map((match) => match[0]),
  );
}
