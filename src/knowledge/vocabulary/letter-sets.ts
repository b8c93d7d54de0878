import { alikeJamo } from "./edit-distance.ts";
import { syllablesOf } from "./jamo.ts";

// Letter set: which letters a word has, a bit each; of a Korean one as it is heard, where alike sounds have one bit.
// Comparing two sets bounds the distance of two words at a small part of its cost: an index has tens of thousands.

let bits: { initials: Int32Array; vowels: Int32Array; finals: Int32Array } | null = null;

/** Of a Korean word's whole syllables; anything else counts as nothing. */
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

/** Of a word in a to z. */
export function latinLetters(word: string): number {
  let set = 0;
  for (let at = 0; at < word.length; at += 1) set |= 1 << (word.charCodeAt(at) - 97);
  return set;
}

/** How many letters the one has that the other has not. */
export const extraLetters = (one: number, other: number): number => bitCount(one & ~other);

/** The same, whichever has more. */
export const differentLetters = (one: number, other: number): number =>
  Math.max(extraLetters(one, other), extraLetters(other, one));

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
