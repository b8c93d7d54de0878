import type { Evidence } from "../../core/evidence.ts";
import { draft, line, section, type Draft, type Section } from "../compose/draft.ts";
import type { KnowledgeFound } from "../../tools/search-knowledge.ts";
import type { PassageData } from "../../tools/evidence/passage.ts";
import { leastConfidence } from "../../tools/knowledge/find-passages.ts";
import { asSearched } from "../understand/plain-verbs.ts";
import { correctedManual, isAbout } from "./corrected-manual.ts";
import { coverage, covers } from "./covers.ts";
import { correctionsSection } from "./document-notes.ts";
import { asksFigure, focusOf } from "./focus.ts";
import { nothingFoundDraft } from "./nothing-found.ts";
import { isOfOthers, otherModels } from "./other-models.ts";
import { modelsOf, type Playbook, type PlaybookTurn } from "./playbook.ts";
import { passageSections, rankForSteps } from "./passages.ts";
import { cardSection, quoteSafety, safetySection } from "./steps.ts";

/** What the documents and cards say; nothing where they say nothing. */
export const knowledgePlaybook: Playbook = {
  agents: ["maintenance"],
  async run(turn) {
    const { understood, tools } = turn;
    const [machine] = understood.machines;
    const models = modelsOf(turn);
    const used = await tools.use("maintenance", "search_knowledge", {
      query: asSearched(understood.question).slice(0, 400),
      ...(machine && understood.machines.length === 1
        ? { equipment: machine.id }
        : models.length > 0
          ? { models: models.slice(0, 8) }
          : {}),
      limit: understood.intent === "how-to" ? 12 : 8,
    });
    turn.corrections.push(...((used.output as Partial<KnowledgeFound> | null)?.corrections ?? []));
    const figure = asksFigure(understood.question);
    const others = await otherModels(turn);
    const documents = used.evidence.filter((one) => one.source.documentId !== undefined && !isOfOthers(one, others));
    const found = documents.filter((one) => (figure ? hasFigure(turn, one) : covers(turn, one)));
    const cards = found.filter(isCard);
    const passages = found.filter((one) => !cards.includes(one));
    const corrections = correctionsSection(turn);
    const lockout = asksLockout.test(understood.question) ? await quoteSafety(turn, "lockout") : [];
    if (lockout.length > 0)
      return draft([corrections, safetySection(turn, lockout), ...passageSections(turn, passages, 1)]);
    if (cards.length === 0 && passages.length === 0) {
      const nothing = nothingFoundDraft(turn, used.evidence, documents);
      return { ...nothing, sections: corrections ? [corrections, ...nothing.sections] : nothing.sections };
    }
    // Who asks for an edition by name wants its words, not what corrects a later one.
    const edition = (used.output as { revision?: string | null } | null)?.revision ?? null;
    const ofEdition = edition === null ? [] : documents.filter((one) => !isCard(one));
    if (ofEdition.length > 0)
      return draft([corrections, ...passageSections(turn, editionFirst(turn, ofEdition), 2, { focus: figure })]);
    const answer = figure ? await figureAnswer(turn, cards, passages) : await passagesAnswer(turn, cards, passages);
    return draft([corrections, ...answer.sections]);
  },
};

function isCard(one: Evidence): boolean {
  return one.kind === "card" && typeof one.data === "object" && one.data !== null && "card" in one.data;
}

/** The edition that was asked for before the one in force, what answers best first. */
function editionFirst(turn: PlaybookTurn, passages: Evidence[]): Evidence[] {
  const order = (one: Evidence): number => focusOf(turn, one).share + (one.source.inForce === false ? 0.3 : 0);
  const best = Math.max(...passages.map(order));
  return passages.filter((one) => order(one) >= best - 0.4).toSorted((a, b) => order(b) - order(a));
}

/** Most of what is asked for stands together in one sentence or row; in a foreign language less is enough. */
function hasFigure(turn: PlaybookTurn, one: Evidence): boolean {
  if (isCard(one)) return coverage(turn, one) >= 0.6;
  const data = one.data as Partial<PassageData> | undefined;
  // A lockout procedure names valves and pressures, but no values of a machine.
  if (data?.documentKind === "safety") return false;
  const { share } = focusOf(turn, one);
  const confidence = data?.confidence ?? 0;
  if (share >= 0.6 || (share >= 0.5 && confidence >= 0.6)) return true;
  const foreign = one.language !== turn.understood.language;
  return foreign && ((share >= 0.5 && confidence >= leastConfidence) || (share >= 0.3 && confidence >= 0.45));
}

/** The row or sentence with the value; a correcting card first, any other card after the manual. */
async function figureAnswer(turn: PlaybookTurn, cards: Evidence[], passages: Evidence[]): Promise<Draft> {
  const ranked = passages
    .map((one, index) => ({ one, score: focusOf(turn, one).order - index * 0.02 }))
    .sort((a, b) => b.score - a.score);
  const best = ranked[0]?.score ?? 0;
  const near = ranked.filter(({ score }) => score >= best - 0.2).map(({ one }) => one);
  const { sections, others, shown } = await conflicts(turn, cards, passages);
  const rest = near.filter((one) => !shown.includes(one));
  return draft([
    ...sections,
    ...passageSections(turn, rest, shown.length > 0 ? 0 : 2, { focus: true }),
    others.length > 0 && (passages.length === 0 || sections.length > 0)
      ? cardSection(turn, others.slice(0, 2))
      : asides(turn, others.slice(0, 1)),
  ]);
}

async function passagesAnswer(turn: PlaybookTurn, cards: Evidence[], passages: Evidence[]): Promise<Draft> {
  const { understood } = turn;
  const howTo = understood.intent === "how-to";
  const ranked = howTo ? rankForSteps(turn, passages) : passages;
  const models = (ranked[0]?.data as { models?: string[] } | undefined)?.models ?? [];
  const hands = howTo && needsHands(passages.map((one) => one.text).join("\n"));
  const named = understood.machines.length > 0;
  const safety =
    hands && (named || models.length > 0) ? await quoteSafety(turn, "lockout", named ? {} : { models }) : [];
  const { sections, others, shown } = await conflicts(turn, cards, passages);
  const rest = ranked.filter((one) => !shown.includes(one) || howTo);
  return draft([
    howTo ? safetySection(turn, safety) : null,
    ...(howTo ? passageSections(turn, rest, 2, { whole: true }) : []),
    ...sections,
    cardSection(turn, others.slice(0, 2)),
    ...(howTo ? [] : passageSections(turn, rest, 3)),
    named || !howTo || passages.length === 0 || safety.length > 0
      ? null
      : section(null, [
          line(
            turn.say(
              "설비를 알려 주면 그 설비의 문서와 잠금 절차만 보여 줍니다.",
              "Name the machine and I show its own document and lockout steps.",
            ),
          ),
        ]),
  ]);
}

/** Cards that correct a manual, each with the manual's own sentence; the other cards. */
async function conflicts(
  turn: PlaybookTurn,
  cards: Evidence[],
  passages: Evidence[],
): Promise<{ sections: Section[]; others: Evidence[]; shown: Evidence[] }> {
  const correcting = cards.filter((card) => isAbout(turn, card, passages)).slice(0, 1);
  const told = await Promise.all(correcting.map((card) => correctedManual(turn, card, passages)));
  return {
    sections: told.flatMap((one) => (one ? [one.section] : [])),
    shown: told.flatMap((one) => one?.shown ?? []),
    others: cards.filter((card) => !correcting.includes(card)),
  };
}

/** A card on the same matter never takes the place of the manual's figure: it stands after it, as what it is. */
function asides(turn: PlaybookTurn, cards: Evidence[]): Section | null {
  const told = cardSection(turn, cards);
  if (!told) return null;
  const heading = turn.say(
    "선배의 노하우 (설명서를 바로잡는 것은 아님)",
    "What the veterans add (not a correction of the manual)",
  );
  return { ...told, heading };
}

const asksLockout =
  /lock-?out|tag-?out|\bloto\b|\block (?:it |the \w+ )?out\b|잠금\s?(?:·|과|및)?\s?표지|잠금\s?(?:절차|순서|방법)|로토/i;

/** Work on the machine itself, not at the panel: replaced, opened, tightened, cleaned. */
function needsHands(text: string): boolean {
  return /교체|교환|분해|풀|조이|조인|청소|커버|덮개|잠금|볼트|replace|remove|open|tighten|clean|cover|bolt|guard|lockout|drain|disconnect/i.test(
    text,
  );
}
