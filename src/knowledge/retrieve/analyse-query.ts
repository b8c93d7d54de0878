import { findCodes } from "../find-codes.ts";
import type { CodeMention } from "../find-codes.ts";
import { formKey } from "../glossary/load-glossary.ts";
import type { Glossary } from "../glossary/load-glossary.ts";
import { questionStem, stripParticle } from "../text/korean.ts";
import { englishStopWords, koreanStopWords } from "../text/stop-words.ts";
import { latinTerms, normaliseText, syllableTerms, tokenize, wordsOf } from "../text/tokenize.ts";
import type { Word } from "../text/tokenize.ts";
import type { Vocabulary } from "../vocabulary/vocabulary.ts";
import type { Alternative, QueryUnit } from "./query-unit.ts";
import { addSounds, addSplitAndJoined } from "./word-variants.ts";

export type AnalysedQuery = { text: string; units: QueryUnit[]; codes: CodeMention[] };

const longestQuery = 2_000;
const mostUnits = 64;

export function analyseQuery(query: string, glossary: Glossary, vocabulary: Vocabulary | null = null): AnalysedQuery {
  const text = query.slice(0, longestQuery);
  const words = wordsOf(normaliseText(text));
  const telling = words.filter((word) => !isStopWord(word));
  // A question of stop words only is still asked for something.
  const chosen = (telling.length > 0 ? telling : words).slice(0, mostUnits);
  const units = new Map<string, QueryUnit>();
  for (const word of chosen) {
    if (!units.has(word.text)) units.set(word.text, unitOf(word));
  }
  addAlternatives(chosen, units, glossary);
  if (vocabulary) {
    for (const word of chosen) addSounds(word, units.get(word.text)!, vocabulary);
    addSplitAndJoined(chosen, units, vocabulary);
  }
  return { text, units: [...units.values()], codes: findCodes(text) };
}

function isStopWord(word: Word): boolean {
  if (word.script === "latin") return englishStopWords.has(word.text);
  return [word.text, stripParticle(word.text), questionStem(word.text)].some((one) => koreanStopWords.has(one));
}

function unitOf(word: Word): QueryUnit {
  const terms: string[] = [];
  if (word.script === "latin") latinTerms(word.text, terms);
  // A question's particles and endings say nothing about the passage: "대학교는" asks for 대학교.
  else syllableTerms(questionStem(word.text), terms);
  const unique = [...new Set(terms)];
  return {
    word: word.text,
    terms: unique,
    identifiers: unique.filter((term) => term.startsWith("#")),
    alternatives: [],
  };
}

/** Longest forms first, so that "주축 베어링" is the spindle bearing and not a spindle and a bearing. */
function addAlternatives(words: Word[], units: Map<string, QueryUnit>, glossary: Glossary): void {
  if (glossary.byForm.size === 0) return;
  for (let at = 0; at < words.length;) {
    const match = longestMatch(words, at, glossary);
    const matched = words.slice(at, at + Math.max(match?.words ?? 1, 1));
    const concepts = match?.concepts ?? insideWord(words[at]!, glossary);
    const own = new Set(matched.flatMap((word) => units.get(word.text)?.terms ?? []));
    const head = units.get(matched[0]!.text);
    if (head && concepts.length > 0) {
      head.alternatives.push(...alternativesOf(concepts, own, glossary, matched[0]!.script));
    }
    at += matched.length;
  }
}

function longestMatch(words: Word[], at: number, glossary: Glossary): { words: number; concepts: number[] } | null {
  for (let count = Math.min(4, words.length - at); count >= 1; count -= 1) {
    const span = words.slice(at, at + count);
    const last = span.at(-1)!;
    const head = span.slice(0, -1).map((word) => word.text);
    const endings =
      last.script === "hangul" ? [last.text, stripParticle(last.text), questionStem(last.text)] : [last.text];
    for (const ending of endings) {
      const concepts = glossary.byForm.get(formKey([...head, ending].join(" ")));
      if (concepts) return { words: count, concepts };
    }
  }
  return null;
}

/**
 * Forms inside a compound such as "주축베어링온도가": longest from the left. Two syllables in the middle of a word are
 * chance, unless a form ends where they begin.
 */
function insideWord(word: Word, glossary: Glossary): number[] {
  if (word.script !== "hangul" || word.text.length < 3) return [];
  const found: number[] = [];
  const end = questionStem(word.text).length;
  let reached = 0;
  for (let at = 0; at < word.text.length - 1;) {
    let taken = 1;
    for (let length = Math.min(glossary.longestKorean, word.text.length - at); length >= 2; length -= 1) {
      const concepts = glossary.byForm.get(word.text.slice(at, at + length));
      if (!concepts || (length === 2 && at !== reached && at + length !== end)) continue;
      reached = at + length;
      found.push(...concepts);
      taken = length;
      break;
    }
    at += taken;
  }
  return found.slice(0, 6);
}

function alternativesOf(
  concepts: number[],
  own: Set<string>,
  glossary: Glossary,
  script: Word["script"],
): Alternative[] {
  const alternatives = new Map<string, Alternative>();
  for (const id of concepts.slice(0, 4)) {
    for (const form of glossary.concepts.get(id)?.forms ?? []) {
      // Single syllables would match everywhere.
      const terms = [...new Set(tokenize(form.text))].filter((term) => !/^[가-힣]$/.test(term));
      if (terms.length === 0 || terms.length > 12 || terms.every((term) => own.has(term))) continue;
      const key = terms.join(" ");
      const sameScript = (script === "hangul") === /[가-힣]/.test(form.text);
      if (!alternatives.has(key)) alternatives.set(key, { terms, sameScript });
    }
  }
  // The other language first: without it nothing at all is found there.
  return [...alternatives.values()].toSorted((a, b) => Number(a.sameScript) - Number(b.sameScript)).slice(0, 16);
}
