import { posix } from "node:path";
import type { Language } from "../../core/context.ts";
import { normaliseText, wordsOf } from "../text/tokenize.ts";

// Two passages are told once where nothing a technician acts on differs: the same words but for a few, the very same
// numbers and codes, no denial more or less, and not two machines. A translation has no words in common: there the
// documents must be each other's translation, and numbers and codes the same.

export type Passage = {
  documentId: string;
  path: string;
  heading: string;
  text: string;
  language: Language;
  kind: string;
  models: string[];
  translationOf: string | null;
};

export type Fingerprint = {
  passage: Passage;
  words: string[];
  pieces: Set<string>;
  figures: string;
  marks: Set<string>;
};

/** Of all runs of three words in both, this share must be common. One word in thirty may differ. */
const leastCommon = 0.85;
const leastMarks = 4;
const denial = /^(?:no|not|never|without|cannot|don|않|말|못|금지|없)/;

export function fingerprintOf(passage: Passage): Fingerprint {
  const words = wordsOf(normaliseText(passage.text)).map((word) => word.text);
  const pieces = new Set(
    words.map((_, at) => words.slice(at, at + 3).join(" ")).slice(0, Math.max(1, words.length - 2)),
  );
  // Units are short.
  const figures = words
    .filter((word) => /\d/.test(word) || denial.test(word) || /^[a-zµ°]{1,3}$/.test(word))
    .toSorted();
  // What a translator leaves alone.
  const marks = words.filter((word) => /\d/.test(word) || /[a-z]_[a-z]/.test(word));
  return { passage, words, pieces, figures: figures.join(" "), marks: new Set(marks) };
}

export function saysTheSame(one: Fingerprint, other: Fingerprint): boolean {
  const [a, b] = [one.passage, other.passage];
  if (a.kind !== b.kind || a.models.toSorted().join() !== b.models.toSorted().join()) return false;
  if (a.language !== b.language) return areTranslations(a, b) && sameMarks(one, other);
  // In one document the section tells them apart: the same warning stands before two different jobs.
  if (a.documentId === b.documentId && a.heading !== b.heading) return false;
  return one.figures === other.figures && common(one.pieces, other.pieces) >= leastCommon;
}

function areTranslations(a: Passage, b: Passage): boolean {
  if (a.translationOf === b.path || b.translationOf === a.path) return true;
  return a.documentId !== b.documentId && withoutLanguage(a.path) === withoutLanguage(b.path);
}

/** "manual-ko.md" and "manual_en.md", "locales/ko/FAQ.md" and "FAQ.md". */
const withoutLanguage = (path: string): string =>
  posix
    .basename(path.toLowerCase())
    .replaceAll(/(?<![\p{L}\p{N}])(?:ko|kr|kor|korean|en|eng|english)(?![\p{L}\p{N}])|[-_. ]/gu, "");

const sameMarks = (one: Fingerprint, other: Fingerprint): boolean =>
  one.marks.size >= leastMarks && one.marks.size === other.marks.size && common(one.marks, other.marks) === 1;

function common(one: Set<string>, other: Set<string>): number {
  let both = 0;
  for (const piece of one) if (other.has(piece)) both += 1;
  return both / Math.max(one.size + other.size - both, 1);
}
