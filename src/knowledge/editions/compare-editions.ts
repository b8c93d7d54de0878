import { plainRevision } from "./read-edition.ts";
import type { Edition } from "./read-edition.ts";

/** Above 0 where `a` is the newer: by date, then by revision. 0 where that can't be told. */
export function compareEditions(a: Edition, b: Edition): number {
  if (a.date !== null && b.date !== null && a.date !== b.date) return a.date > b.date ? 1 : -1;
  return a.revision === null || b.revision === null ? 0 : compareRevisions(a.revision, b.revision);
}

/** A < B < Z < AA; 1.9 < 1.10; A1 < A2 < B. Letters and figures can't be compared: 0. */
export function compareRevisions(a: string, b: string): number {
  const [first, second] = [partsOf(a), partsOf(b)];
  if (!first || !second || (first.letters === "") !== (second.letters === "")) return 0;
  const byLetters = first.letters.length - second.letters.length || order(first.letters, second.letters);
  if (byLetters !== 0) return Math.sign(byLetters);
  for (let at = 0; at < Math.max(first.numbers.length, second.numbers.length); at += 1) {
    const difference = (first.numbers[at] ?? 0) - (second.numbers[at] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

const order = (a: string, b: string) => (a === b ? 0 : a > b ? 1 : -1);

function partsOf(revision: string): { letters: string; numbers: number[] } | null {
  const match = /^([A-Z]{0,2})((?:\d+(?:\.\d+)*)?)$/.exec(plainRevision(revision));
  if (!match || match[0] === "") return null;
  return { letters: match[1]!, numbers: match[2] === "" ? [] : match[2]!.split(".").map(Number) };
}
