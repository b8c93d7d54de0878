import { questionStem } from "../text/korean.ts";
import { stem, tokenize } from "../text/tokenize.ts";
import type { Word } from "../text/tokenize.ts";
import { hangulLike, latinLike } from "../vocabulary/similar-sounds.ts";
import type { Vocabulary } from "../vocabulary/vocabulary.ts";
import type { QueryUnit } from "./query-unit.ts";

/** Words of the other script that sound like it: no dictionary holds every loan word. */
export function addSounds(word: Word, unit: QueryUnit, vocabulary: Vocabulary): void {
  const translated = unit.alternatives.some((one) => !one.sameScript);
  if (word.script === "hangul") {
    for (const latin of latinLike(questionStem(word.text), vocabulary, translated))
      unit.alternatives.push({ terms: [latin], sameScript: false });
  } else if (/^[a-z]{4,}$/.test(word.text)) {
    for (const korean of hangulLike(word.text, vocabulary, translated))
      unit.alternatives.push({ terms: pairsOf(korean), sameScript: false });
  }
}

/** "ballscrew" for ball screw, and "work piece" for workpiece. */
export function addSplitAndJoined(words: Word[], units: Map<string, QueryUnit>, vocabulary: Vocabulary): void {
  const isWord = (text: string): boolean => vocabulary.latin.has(stem(text));
  for (const [at, word] of words.entries()) {
    if (!/^[a-z]{3,}$/.test(word.text)) continue;
    const unit = units.get(word.text)!;
    for (let cut = 3; cut <= word.text.length - 3 && !isWord(word.text); cut += 1) {
      const parts = [word.text.slice(0, cut), word.text.slice(cut)];
      if (parts.every(isWord)) unit.alternatives.push({ terms: parts.map(stem), sameScript: true });
    }
    const next = words[at + 1];
    if (next === undefined || next.start - word.end > 1 || !/^[a-z]{3,}$/.test(next.text)) continue;
    const joined = stem(word.text + next.text);
    if (!vocabulary.latin.has(joined)) continue;
    for (const one of [unit, units.get(next.text)!]) one.alternatives.push({ terms: [joined], sameScript: true });
  }
}

const pairsOf = (korean: string): string[] => [...new Set(tokenize(korean))].filter((term) => term.length === 2);
