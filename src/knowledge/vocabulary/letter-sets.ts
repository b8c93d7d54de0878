import { alikeJamo } from "./edit-distance.ts";
import { syllablesOf } from "./jamo.ts";

// Letter set: which letters a Korean word is heard with, a bit each; letters that sound alike have one bit. Comparing
// two sets bounds the distance of two words at a small part of its cost: an index has tens of thousands of words.

let bits: { initials: Int32Array; vowels: Int32Array; finals: Int32Array } | null = null;

/** Of whole syllables; anything else counts as nothing. */
export function lettersOf(word: string): number {
  const { initials, vowels, finals } = (bits ??= makeBits());
  let set = 0;
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at) - 0xac00;
    if (code < 0 || code > 11_171) continue;
    set |= initials[(code / 588) | 0]! | vowels[((code % 588) / 28) | 0]! | finals[code % 28]!;
  }
  return set;
}

/** How many letters the one has that the other has not, whichever lacks more. */
export const differentLetters = (one: number, other: number): number =>
  Math.max(bitCount(one & ~other), bitCount(other & ~one));

function bitCount(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

function makeBits() {
  const groups = joined([...alikeJamo, "ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ"]);
  const known = new Map<string, number>();
  const bitOf = (letter: string): number => {
    if (letter === "") return 0;
    const group = groups.find((one) => one.includes(letter)) ?? letter;
    const bit = known.get(group) ?? known.size;
    known.set(group, bit);
    return 1 << bit;
  };
  const partsAt = (step: number, count: number) =>
    Array.from({ length: count }, (_, at) => syllablesOf(String.fromCodePoint(0xac00 + at * step))[0]!);
  return {
    // A silent ㅇ is not heard.
    initials: Int32Array.from(partsAt(588, 19), ({ initial }) => (initial === "ㅇ" ? 0 : bitOf(initial))),
    vowels: Int32Array.from(partsAt(28, 21), ({ vowel }) => bitOf(vowel)),
    finals: Int32Array.from(partsAt(1, 28), ({ final }) => bitOf(final)),
  };
}

/** Groups that share a letter become one, so that an exchange within any of them keeps the set. */
function joined(groups: readonly string[]): string[] {
  const all: string[] = [];
  for (const group of groups) {
    const shared = all.filter((one) => Array.from(one).some((letter) => group.includes(letter)));
    for (const one of shared) all.splice(all.indexOf(one), 1);
    all.push(shared.join("") + group);
  }
  return all;
}
