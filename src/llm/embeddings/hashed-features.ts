import { stemmer } from "stemmer";

// Features of a text for the built-in embedder: whole words (stems), pieces of words (for typing errors and
// inflection) and, in Korean, pairs of syllables. A feature's weight says how much it tells about the subject.

export type Feature = (name: string, weight: number) => void;

const run = /[\uAC00-\uD7A3]+|[\p{Script=Latin}\p{Nd}]+|[\p{L}\p{N}]+/gu;

// Too frequent to tell anything; the list is short because hashed features have no document frequencies.
const frequent = new Set(
  (
    "the a an of and or to in is are was were be been being for on at by with as from this that these those it its " +
    "which what who how when where why can could may might must shall should will would do does did has have had not " +
    "no if then than but so such there their they we you he she his her our your i my me into over under up down out " +
    "about between through also any each all some more most other only very both one two use used using see set"
  ).split(" "),
);

export function eachFeature(text: string, visit: Feature): void {
  const words = text.normalize("NFKC").toLowerCase().match(run) ?? [];
  let before = "";
  for (const word of words) {
    if (/[\uAC00-\uD7A3]/.test(word)) hangulFeatures(word, visit);
    else if (/^\p{Nd}+$/u.test(word)) visit(`n:${word}`, 0.8);
    else if (!frequent.has(word)) {
      const stem = stemmer(word);
      visit(`w:${stem}`, 1);
      if (before !== "") visit(`p:${before} ${stem}`, 0.35);
      if (word.length >= 5) pieces(`^${word}$`, visit);
      before = stem;
      continue;
    }
    before = "";
  }
}

function pieces(word: string, visit: Feature): void {
  for (let at = 0; at + 3 <= word.length; at += 1) visit(`g:${word.slice(at, at + 3)}`, 0.25);
}

function hangulFeatures(word: string, visit: Feature): void {
  if (word.length === 1) visit(`h:${word}`, 0.4);
  for (let at = 0; at + 2 <= word.length; at += 1) visit(`h:${word.slice(at, at + 2)}`, at === 0 ? 1 : 0.7);
  for (let at = 0; at + 3 <= word.length; at += 1) visit(`k:${word.slice(at, at + 3)}`, 0.35);
}
