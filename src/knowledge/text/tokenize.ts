import { stemmer } from "stemmer";
import { identifierTerms } from "../codes/identifier-terms.ts";
import { stripParticle } from "./korean.ts";

// Term: what the index stores. Identifiers (codes, part numbers, tag names) are kept whole and start with "#".
// A Korean word gives its syllables, its pairs of syllables, and itself without its particle where that is longer.

const word = /[\p{Script=Hangul}]+|[\p{Script=Latin}\p{Nd}]+(?:[-_./][\p{Script=Latin}\p{Nd}]+)*|[\p{L}\p{N}]+/gu;
const stems = new Map<string, string>();

/** Lower case, compatibility forms folded, web addresses of links removed. */
export function normaliseText(text: string): string {
  return text
    .replaceAll(/\]\((?:[^()\s]|\([^()]*\))*\)/g, "] ")
    .normalize("NFKC")
    .toLowerCase();
}

export type Word = { text: string; script: "latin" | "hangul" | "other"; start: number; end: number };

/** Words of normalised text, with their places in it. */
export function wordsOf(normalised: string): Word[] {
  return Array.from(normalised.matchAll(word), (match) => {
    const code = match[0].codePointAt(0)!;
    const hangul = (code >= 0xac00 && code <= 0xd7a3) || (code >= 0x1100 && code <= 0x318f);
    const latin = !hangul && /[\p{Script=Latin}\p{Nd}]/u.test(match[0][0]!);
    const script = hangul ? "hangul" : latin ? "latin" : "other";
    return { text: match[0], script, start: match.index, end: match.index + match[0].length };
  });
}

/** Every term of a text, repeated as often as it occurs. */
export function tokenize(text: string): string[] {
  const terms: string[] = [];
  for (const one of wordsOf(normaliseText(text))) {
    if (one.script === "latin") latinTerms(one.text, terms);
    else syllableTerms(one.text, terms);
  }
  return terms;
}

export function latinTerms(run: string, into: string[]): void {
  if (run.length > 64) run = run.slice(0, 64);
  const plainWord = /^\p{Script=Latin}+$/u.test(run);
  if (plainWord) {
    into.push(stem(run));
    return;
  }
  into.push(...identifierTerms(run));
  if (/^\d+(?:\.\d+)?$/.test(run)) {
    into.push(run);
    return;
  }
  for (const part of run.split(/[-_./]/)) {
    if (part === "") continue;
    into.push(/^\p{Script=Latin}+$/u.test(part) ? stem(part) : part);
  }
}

export function syllableTerms(run: string, into: string[]): void {
  const syllables = Array.from(run.length > 64 ? run.slice(0, 64) : run);
  for (let at = 0; at < syllables.length; at += 1) {
    into.push(syllables[at]!);
    if (at + 1 < syllables.length) into.push(syllables[at]! + syllables[at + 1]!);
  }
  const bare = stripParticle(run);
  if (bare.length > 2) into.push(bare);
}

export function stem(latin: string): string {
  let known = stems.get(latin);
  if (known === undefined) {
    known = stemmer(latin);
    if (stems.size > 50_000) stems.clear();
    stems.set(latin, known);
  }
  return known;
}
