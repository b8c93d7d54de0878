import { normaliseText } from "../text/tokenize.ts";

// Who asks with a sentence as it stands in a document, or with most of one, wants the passage where it stands. Its
// words alone don't tell it from a passage that says nearly the same; their order does.

/** So many of the best are looked at: a sentence's words bring its passage that far by themselves. */
const lookedAt = 20;
/** As many words in one order are no chance; and they must be most of what was asked. */
const leastWords = 6;
const leastShare = 0.6;
/** A whole page that is asked with costs no more than a paragraph. */
const mostWords = 200;

/** Of the best, passages that have most of the question word for word come first, the longest piece of it leading. */
export function verbatimFirst<One>(ranked: One[], textOf: (one: One) => string, query: string): One[] {
  const asked = wordsIn(query).slice(0, mostWords);
  const least = Math.max(leastWords, asked.length * leastShare);
  if (asked.length < least) return ranked;
  const written = signsOf(query);
  const held = new Map<One, number>();
  for (const one of ranked.slice(0, lookedAt)) {
    const text = textOf(one);
    const length = longestRun(asked, wordsIn(text));
    // Of two with the same words the one that writes them as they were typed.
    if (length >= least) held.set(one, length + (signsOf(text).includes(written) ? 0.5 : 0));
  }
  return held.size === 0 ? ranked : ranked.toSorted((a, b) => (held.get(b) ?? 0) - (held.get(a) ?? 0));
}

/** All but blanks and the lines between a table's cells. */
const signsOf = (text: string): string => text.replaceAll(/[\s|]+/g, "");

/** Letters and figures only: blanks, signs and markup differ where the words are the same. */
export const wordsIn = (text: string): string[] => normaliseText(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** How many words of `all`, of its first two hundred, stand in `text` one after the other at most. */
export function longestRun(all: string[], text: string[]): number {
  const asked = all.slice(0, mostWords);
  const places = new Map<string, number[]>();
  asked.forEach((word, at) => places.set(word, [...(places.get(word) ?? []), at + 1]));
  let longest = 0;
  let before = new Uint16Array(asked.length + 1);
  let here = new Uint16Array(asked.length + 1);
  for (const word of text) {
    here.fill(0);
    for (const place of places.get(word) ?? []) {
      here[place] = before[place - 1]! + 1;
      longest = Math.max(longest, here[place]);
    }
    [before, here] = [here, before];
  }
  return longest;
}
