import type { Evidence } from "../../core/evidence.ts";
import type { CardCorrection } from "../../knowledge/card.ts";
import { line, section, type Section } from "../compose/draft.ts";
import { coverage, shareIn } from "./covers.ts";
import { titleLine } from "./document-notes.ts";
import { gist, modelsOf, type PlaybookTurn } from "./playbook.ts";

export function correctionOf(card: Evidence): CardCorrection | null {
  return (card.data as { card?: { corrects?: CardCorrection | null } } | undefined)?.card?.corrects ?? null;
}

const fold = (text: string): string => text.toLowerCase().replace(/[\s*_`"'“”‘’]+/g, "");

/**
 * A card that says that it corrects a manual: the card with its person and date, then the manual's own sentence, told
 * to be in conflict. Returns the section and the passages that are shown by it.
 */
export async function correctedManual(
  turn: PlaybookTurn,
  card: Evidence,
  passages: Evidence[],
): Promise<{ section: Section; shown: Evidence[] } | null> {
  const correction = correctionOf(card);
  if (!correction) return null;
  const manual = passages.find((one) => says(one, correction)) ?? (await lookFor(turn, card, correction));
  const who = [card.source.expert, card.source.date].filter(Boolean).join(", ");
  return {
    shown: manual ? [manual] : [],
    section: always(
      section(turn.say("설명서와 선배의 노하우가 다릅니다", "A veteran's card and the manual disagree"), [
        line(turn.say(`선배 카드: **${gist(card)}** (${who})`, `The card: **${gist(card)}** (${who})`), card, "bullet"),
        line(
          turn.say(
            `설명서(${correction.heading})는 “${correction.says}”라고 하지만 이 카드가 바로잡습니다.`,
            `The manual (${correction.heading}) says “${correction.says}”; this card corrects it.`,
          ),
          card,
          "bullet",
        ),
        ...(manual
          ? [titleLine(turn, manual), line(sentenceOf(manual, correction), manual, "quote")]
          : [
              line(
                turn.say(
                  "그 문장은 지금 등록된 설명서에서 찾지 못했습니다.",
                  "That sentence is not in the manuals on record now.",
                ),
                card,
              ),
            ]),
      ]),
    ),
  };
}

/** Whether the asker asks about what is corrected, and not only about something near it. */
export function isAbout(turn: PlaybookTurn, card: Evidence, passages: Evidence[]): boolean {
  const correction = correctionOf(card);
  if (!correction || coverage(turn, card) < 0.5) return false;
  if (coverage(turn, card) >= 0.75 || passages.some((one) => says(one, correction))) return true;
  return shareIn(turn, `${correction.heading} ${correction.says}`) >= 0.34;
}

function says(passage: Evidence, correction: CardCorrection): boolean {
  return passage.source.expert === undefined && fold(passage.text).includes(fold(correction.says).slice(0, 120));
}

async function lookFor(turn: PlaybookTurn, card: Evidence, correction: CardCorrection): Promise<Evidence | undefined> {
  const models = (card.data as { card?: { models?: string[] } } | undefined)?.card?.models ?? modelsOf(turn);
  const used = await turn.tools.use("maintenance", "search_knowledge", {
    query: `${correction.heading} ${correction.says}`.slice(0, 400),
    ...(models.length > 0 ? { models: models.slice(0, 8) } : {}),
  });
  return used.evidence.find((one) => one.kind !== "card" && says(one, correction));
}

/** The sentence that is corrected, as the manual has it; of a table its row. */
function sentenceOf(manual: Evidence, { says: said }: CardCorrection): string {
  const at = manual.text.split("\n").find((row) => fold(row).includes(fold(said).slice(0, 120)));
  return (at ?? said).replace(/^\s*\|\s*|\s*\|\s*$/g, "").replaceAll(/\s*\|\s*/g, " · ");
}

const always = (part: Section): Section => ({ ...part, always: true });
