import type { Evidence } from "../../core/evidence.ts";
import { leastConfidence } from "../../tools/knowledge/find-passages.ts";
import { contentWords } from "../understand/mask-words.ts";
import { asking, plainVerbs } from "../understand/plain-verbs.ts";
import { givesQuantity } from "../understand/quantities.ts";
import { readModels } from "../understand/read-models.ts";
import { foldWord, foldWords } from "../understand/vocabulary.ts";
import type { PlaybookTurn } from "./playbook.ts";

const leastShare = 0.34;
const doubtedShare = 0.6;
const longestSentence = 400;
/** The search itself, which knows how rare each word is, is sure of so much. */
const sureConfidence = 0.7;

/**
 * Whether a passage or card is about what was asked: a third of the question's telling words, or words that stand for
 * them in the glossary, are in it. Search always finds something; this is what tells "something" from an answer.
 */
export function covers(turn: PlaybookTurn, evidence: Evidence): boolean {
  const confidence = (evidence.data as { confidence?: number } | undefined)?.confidence ?? 0;
  if (sharesIdentifier(turn, evidence)) return true;
  // What the search itself doubts must have most of the words.
  const least = evidence.kind === "card" || confidence >= leastConfidence ? leastShare : doubtedShare;
  return coverage(turn, evidence) >= least || confidence >= sureConfidence;
}

/** A part, valve or product that the question names by its number ("DV-3") stands in the text. */
function sharesIdentifier(turn: PlaybookTurn, evidence: Evidence): boolean {
  const named = turn.understood.question.match(/(?<![A-Za-z0-9-])[A-Z]{1,4}-[A-Z]{0,3}\d{1,5}(?![A-Za-z0-9-])/g) ?? [];
  const { machines, models } = turn.understood;
  const own = new Set([...machines.flatMap((one) => [one.id, one.model ?? ""]), ...models]);
  return named.some((id) => !own.has(id) && evidence.text.includes(id));
}

/** The share of the telling words that the evidence has. */
export function coverage(turn: PlaybookTurn, evidence: Evidence): number {
  return shareIn(turn, `${evidence.title}\n${evidence.text}`);
}

/** The telling words of the question: without the machine, its model, the period and words of asking. */
export function tellingWords(turn: PlaybookTurn): string[] {
  const { question, equipment, periods } = turn.understood;
  const spans = [...equipment.matches, ...equipment.groups, ...equipment.ambiguous, ...periods].map((one) => one.span);
  let named = question;
  for (const [start, end] of spans) named = named.slice(0, start) + " ".repeat(end - start) + named.slice(end);
  for (const { span } of readModels(named, turn.understood.models))
    named = named.slice(0, span[0]) + " ".repeat(span[1] - span[0]) + named.slice(span[1]);
  const words = contentWords(plainVerbs(named), []);
  const short = [...named.matchAll(oneSyllable)].map((match) => match[0]);
  const telling = [...words.filter((word) => !asking.test(word)), ...short];
  const mended = (word: string): string =>
    turn.corrections.find((one) => foldWord(one.from) === foldWord(word))?.to ?? word;
  return (telling.length > 0 ? telling : words).map(mended);
}

/** Nouns of one syllable that name parts; other single syllables tell nothing. */
const oneSyllable =
  /(?<![가-힣])(?:씰|캡|릴|축|틈|팬|핀|링|날|봉|병|휠|캠|콕|암|컵|척|못)(?=(?:은|는|이|가|을|를|의|에|도|과|와)?(?![가-힣]))/g;

/**
 * The share of the question's telling words that a text has, or that words of the text stand for. `values`: in a sentence
 * a quantity counts as named where its unit stands.
 */
export function shareIn(turn: PlaybookTurn, of: string, options: { values?: boolean } = {}): number {
  const words = tellingWords(turn);
  if (words.length === 0) return turn.understood.machines.length > 0 ? 1 : 0;
  const text = plainVerbs(of.toLowerCase());
  const folded = new Set(foldWords(text));
  const has = (word: string): boolean => {
    const bare = foldWord(word);
    if (folded.has(bare) || folded.has(word)) return true;
    if (/^[가-힣]$/.test(word)) return new RegExp(`(?<![가-힣])${word}`).test(text);
    // "조정값" is asked for, "조정" stands there.
    return (
      /[가-힣]{2,}/.test(word) && (text.includes(bare) || text.includes(bare.replace(/(?<=[가-힣]{2})[값치량]$/, "")))
    );
  };
  const stands = (phrase: string): boolean => turn.related(phrase).some((other) => foldWords(other).every(has));
  const said = words.map((word, index) => {
    const [before, after] = [words[index - 1], words[index + 1]];
    return (
      has(word) ||
      stands(foldWord(word)) ||
      (after !== undefined && stands(`${word} ${foldWord(after)}`)) ||
      (before !== undefined && stands(`${before} ${foldWord(word)}`))
    );
  });
  // A unit alone names no matter: "weight" is not answered by any 30 g.
  const values = options.values === true && of.length < longestSentence && said.includes(true);
  const found = words.filter((word, index) => said[index] || (values && givesQuantity(word, of)));
  return found.length / words.length;
}
