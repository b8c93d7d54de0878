import { kindOfWord } from "../codes/parse-code.ts";
import type { Glossary } from "../glossary/load-glossary.ts";
import { formKey } from "../glossary/load-glossary.ts";
import { questionStem } from "../text/korean.ts";
import { englishStopWords, koreanStopWords } from "../text/stop-words.ts";
import { stem } from "../text/tokenize.ts";
import { editDistance, jamoCost, latinCost } from "./edit-distance.ts";
import { hangulOfKeys, jamoOfWord, keysOfHangul, syllablesOf } from "./jamo.ts";
import { differentLetters, extraLetters, latinLetters, lettersOf } from "./letter-sets.ts";
import { firstLetter } from "./vocabulary.ts";
import type { Vocabulary } from "./vocabulary.ts";

// Only a word that neither the documents nor the glossary have is read as another one. What has a digit or a sign in it
// (codes, part numbers, machine names) is left as it is, and so are names: capitals within a sentence.

export type Correction = { from: string; to: string };
export type Words = { vocabulary: Vocabulary; glossary: Glossary };

/** `refused`: words that nothing is read as. */
export function correctQuery(
  query: string,
  words: Words,
  refused: ReadonlySet<string> = new Set(),
): { text: string; corrections: Correction[] } {
  const corrections: Correction[] = [];
  const hasHangul = /[가-힣]/.test(query);
  const text = query.replaceAll(/[\p{L}\p{N}_.\-/$#:+]+/gu, (token, at: number) => {
    const [word] = /^[\p{L}]+(?=[.:]*$)/u.exec(token) ?? [];
    if (word === undefined || word.length > 24 || kindOfWord(word)) return token;
    // "Cooland presure" begins a sentence; "in Paris" is a name.
    const isName = /^\p{Lu}/u.test(word) && (at > 0 || hasHangul || word === word.toUpperCase());
    const to = /^[A-Za-z]+$/.test(word)
      ? correctLatin(word, words, isName)
      : /^[가-힣ㄱ-ㅎㅏ-ㅣ]+$/.test(word)
        ? correctHangul(word, words)
        : null;
    if (to === null || to === word || refused.has(to)) return token;
    corrections.push({ from: word, to });
    return to + token.slice(word.length);
  });
  return { text, corrections };
}

function correctLatin(raw: string, words: Words, isName: boolean): string | null {
  const word = raw.toLowerCase();
  if (word.length < 4 || englishStopWords.has(word) || knowsLatin(word, words)) return null;
  // Keys with shift (ㄲ, ㅆ) look like capitals: tried before anything is taken for a name.
  const hangul = hangulOfKeys(raw);
  if (hangul !== null && hangul.length >= 2 && knowsHangul(hangul, words) !== null) return hangul;
  return isName ? null : nearestLatin(word, words);
}

function knowsLatin(word: string, { vocabulary, glossary }: Words): boolean {
  return vocabulary.latin.has(stem(word)) || glossary.byForm.has(formKey(word)) || glossary.words.has(stem(word));
}

const endings = [
  "",
  "e",
  "s",
  "es",
  "y",
  "ed",
  "er",
  "ing",
  "ion",
  "ation",
  "ment",
  "al",
  "ity",
  "ance",
  "able",
  "ic",
  "or",
  "ly",
];

/** What a letter that only one of two words has costs at least. */
const leastCost = 0.7;

function nearestLatin(word: string, { vocabulary }: Words): string | null {
  // An inflection of a known word is no mistake.
  for (let length = Math.max(word.length - 4, 5); length < word.length; length += 1)
    if (vocabulary.latin.has(word.slice(0, length))) return null;
  const most = Math.min(word.length <= 5 ? 0.8 : word.length * 0.2, 2);
  const closest = createClosest(most);
  const set = latinLetters(word);
  const possible = endings.map((ending) => ({ ending, letters: latinLetters(ending) }));
  for (const letter of new Set(word.slice(0, 2))) {
    for (const candidate of vocabulary.latinByLetter.get(letter) ?? []) {
      if (candidate.length > word.length + 2) continue;
      const letters = latinLetters(candidate);
      if (extraLetters(letters, set) * leastCost > closest.reach()) continue;
      // First letters are rarely wrong, but two are exchanged.
      if (candidate[0] !== word[0] && candidate[1] !== word[0]) continue;
      for (const { ending, letters: more } of possible) {
        if (Math.abs(candidate.length + ending.length - word.length) > 2) continue;
        if (differentLetters(letters | more, set) * leastCost > closest.reach()) continue;
        const whole = candidate + ending;
        const distance = editDistance(word, whole, closest.reach(), latinCost);
        if (distance === Infinity || (ending !== "" && stem(whole) !== candidate)) continue;
        closest.take(whole, distance, vocabulary.latin.get(candidate)!);
      }
    }
  }
  return closest.word();
}

/** The nearest word within a distance; of equally near ones the more frequent. */
function createClosest(most: number) {
  let best: { word: string; distance: number; df: number } | null = null;
  return {
    take(word: string, distance: number, df: number) {
      if (distance > most || (best && distance > best.distance)) return;
      if (best && distance === best.distance && (df < best.df || (df === best.df && word >= best.word))) return;
      best = { word, distance, df };
    },
    reach: () => best?.distance ?? most,
    word: () => best?.word ?? null,
  };
}

/** Endings of sentences: such a word is a verb, whose forms no vocabulary has all of. */
const verbal = /(?:[요다면서까는데려죠며]|니)$/;

function correctHangul(word: string, words: Words): string | null {
  if (/[ㄱ-ㅎㅏ-ㅣ]/.test(word)) {
    const keys = keysOfHangul(word);
    return keys !== null && keys.length >= 3 && knowsLatin(keys, words) ? keys : null;
  }
  const noun = questionStem(word);
  if (noun.length < 2 || koreanStopWords.has(word) || koreanStopWords.has(noun)) return null;
  const known = knowsHangul(word, words);
  if (known === "whole") return null;
  if (noun.length >= 3 && verbal.test(noun)) return null;
  const nearest = nearestHangul(noun, words, known === "in pairs");
  return nearest === null ? null : nearest + word.slice(noun.length);
}

/** Whole, or by all of its pairs of syllables: perhaps a compound of known words. */
function knowsHangul(word: string, { vocabulary, glossary }: Words): "whole" | "in pairs" | null {
  const forms = [word, questionStem(word)];
  const isKnown = (one: string): boolean => vocabulary.hangul.has(one) || glossary.byForm.has(one);
  if (forms.some(isKnown)) return "whole";
  const inPairs = (one: string) =>
    Array.from({ length: one.length - 1 }, (_, at) => one.slice(at, at + 2)).every(isKnown);
  return forms.some(inPairs) ? "in pairs" : null;
}

/** As it is heard: a syllable's silent ㅇ left out. */
const heard = (word: string) =>
  syllablesOf(word)
    .map(({ initial, vowel, final }) => (initial === "ㅇ" ? "" : initial) + vowel + final)
    .join("");

function nearestHangul(noun: string, { vocabulary, glossary }: Words, isLikelyRight: boolean): string | null {
  const letters = heard(noun);
  const set = lettersOf(noun);
  const most = isLikelyRight ? 0.5 : Math.min(jamoOfWord(noun).length * 0.15, 1);
  const closest = createClosest(most);
  // Another letter that doesn't sound alike costs 1, and so does one more or less that isn't a doubled one.
  const mostDifferent = Math.floor(most);
  const consider = (candidate: string, df: () => number) => {
    if (Math.abs(candidate.length - noun.length) > 1 || differentLetters(set, lettersOf(candidate)) > mostDifferent)
      return;
    const distance = editDistance(letters, heard(candidate), closest.reach(), jamoCost);
    if (distance !== Infinity) closest.take(candidate, distance, df());
  };
  for (const form of glossary.byForm.keys()) if (/^[가-힣]+$/.test(form)) consider(form, () => 1_000_000);
  // A pair of syllables in the index may be a piece of a longer word.
  if (noun.length >= 3 && !isLikelyRight)
    for (const term of vocabulary.hangulByLetter.get(firstLetter(noun)) ?? [])
      consider(term, () => vocabulary.hangul.get(term)!);
  return closest.word();
}
