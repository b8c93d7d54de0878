import type { Evidence } from "../../core/evidence.ts";
import { contentWords } from "../understand/mask-words.ts";
import { asking, plainVerbs } from "../understand/plain-verbs.ts";
import { readModels } from "../understand/read-models.ts";
import { foldWord, foldWords } from "../understand/vocabulary.ts";
import type { PlaybookTurn } from "./playbook.ts";

const leastShare = 0.34;
/** The search itself, which knows how rare each word is, is sure of so much. */
const sureConfidence = 0.7;

/**
 * Whether a passage or card is about what was asked: a third of the question's telling words, or words that stand for
 * them in the glossary, are in it. Search always finds something; this is what tells "something" from an answer.
 */
export function covers(turn: PlaybookTurn, evidence: Evidence): boolean {
  const confidence = (evidence.data as { confidence?: number } | undefined)?.confidence ?? 0;
  return coverage(turn, evidence) >= leastShare || confidence >= sureConfidence;
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
  const telling = words.filter((word) => !asking.test(word));
  return telling.length > 0 ? telling : words;
}

/** The share of the question's telling words that a text has, or that words of the text stand for. */
export function shareIn(turn: PlaybookTurn, of: string): number {
  const words = tellingWords(turn);
  if (words.length === 0) return turn.understood.machines.length > 0 ? 1 : 0;
  const text = plainVerbs(of.toLowerCase());
  const folded = new Set(foldWords(text));
  const has = (word: string): boolean =>
    folded.has(foldWord(word)) || (/[가-힣]{2,}/.test(word) && text.includes(foldWord(word)));
  const stands = (phrase: string): boolean => turn.related(phrase).some((other) => foldWords(other).every(has));
  const found = words.filter((word, index) => {
    const [before, after] = [words[index - 1], words[index + 1]];
    return (
      has(word) ||
      stands(foldWord(word)) ||
      (after !== undefined && stands(`${word} ${foldWord(after)}`)) ||
      (before !== undefined && stands(`${before} ${foldWord(word)}`))
    );
  });
  return found.length / words.length;
}
