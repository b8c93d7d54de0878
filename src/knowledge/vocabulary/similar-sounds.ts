import { hangulSound, latinSound, soundDistance } from "./sound.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** How an ending that the stem of an English word has lost is written, by the classes of its consonants. */
const lostEndings: Record<string, RegExp> = {
  ...{
    SN: /[션전존]$/,
    N: /(?:[링잉팅딩싱징킹밍닝빙핑]|[언온엔런턴])$/,
    MND: /먼트$/,
    NS: /[언넌런턴던]스$/,
    S: /[스즈시]$/,
  },
  ...{ D: /[드트터더티디]$/, BL: /블$/, G: /[크릭틱익]$/, GL: /컬$/, GS: /스$/, SM: /즘$/, DD: /티드$/ },
};
const mostFound = 3;

// Chosen by hand on loan words of machining that are in no set here, before any figure was looked at.
const mostDistance = 0.12;
/** An ending that had to be taken off is worse than none. */
const endingCost = 0.04;

type Found = { word: string; distance: number; df: number };

/** English stems of the index that a Korean word sounds like, best first. `isKnown`: it has a translation already. */
export function latinLike(korean: string, vocabulary: Vocabulary, isKnown: boolean): string[] {
  if (korean.length < 2) return [];
  const sound = hangulSound(korean);
  const found: Found[] = [];
  for (let length = sound.key.length; length >= Math.max(2, sound.key.length - 3); length -= 1) {
    const rest = sound.key.slice(length);
    if (rest !== "" && !lostEndings[rest]?.test(korean)) continue;
    // Two consonants are soon alike by chance.
    if (length === 2 && (isKnown || (rest !== "" && korean.length < 3))) continue;
    const most = length === 2 ? 0.05 : mostDistance;
    for (const word of vocabulary.latinBySound.get(sound.key.slice(0, length)) ?? []) {
      const distance = soundDistance(sound, latinSound(word), length, rest !== "") + (rest === "" ? 0 : endingCost);
      if (distance <= most) found.push({ word, distance, df: vocabulary.latin.get(word)! });
    }
  }
  return best(found);
}

/** Korean words of the index that sound like an English word. */
export function hangulLike(english: string, vocabulary: Vocabulary, isKnown: boolean): string[] {
  const found: Found[] = [];
  for (const form of new Set([english, english.replace(/(?<=[^s])s$/, "")])) {
    const latin = latinSound(form);
    const length = latin.key.length;
    if (length < (isKnown ? 3 : 2)) continue;
    for (const word of vocabulary.hangulBySound.get(latin.key) ?? []) {
      const distance = soundDistance(hangulSound(word), latin, length, false);
      if (distance <= (length === 2 ? 0.05 : mostDistance))
        found.push({ word, distance, df: vocabulary.hangul.get(word)! });
    }
  }
  return best(found);
}

function best(found: Found[]): string[] {
  const least = Math.min(...found.map((one) => one.distance));
  return found
    .filter((one) => one.distance <= least + 0.02)
    .toSorted((a, b) => a.distance - b.distance || b.df - a.df || (a.word < b.word ? -1 : 1))
    .slice(0, mostFound)
    .map((one) => one.word);
}
