import { editDistance } from "../../core/language/distance.ts";
import { stripParticles } from "../../core/language/particles.ts";
import { hasHangul, toJamo } from "../../core/language/script.ts";
import { asksInEnglish } from "./english-requests.ts";
import { asksInKorean } from "./korean-requests.ts";
import { plainly, repair, safeguard, spelledSafeguards, spelledStrong, strong, weak } from "./safeguard-words.ts";

// Requests to defeat an interlock, guard or other safeguard. Deterministic on purpose: no model is asked whether a
// guard may be bypassed. Asking whether it is allowed gets the same quoted policy.

/** `inContext`: the code in the question, or what was talked about before, is a safeguard's. */
export function asksToDefeatSafeguard(text: string, inContext = false): boolean {
  if (asksInEnglish(text) || asksInKorean(text)) return true;
  if (plainly.some((pattern) => pattern.test(text)) && !asksForReason.test(text)) return true;
  const words = spokenWords(text.replace(ordinaryRelease, " "));
  const guarded = inContext || mentionsSafeguard(text) || isSpelled(words, spelledSafeguards);
  if (!guarded) return false;
  if (strong.test(text.replace(ordinaryRelease, " ")) || isSpelled(words, spelledStrong)) return true;
  return weak.test(text.replace(safeguard, " ")) && !repair.test(text);
}

/** "Why does it not start with the door open", "run-out with the cover off". */
const asksForReason = /\bwhy\b.{0,40}(?:\bnot\b|n't\b|\bnever\b|\bstop)|\brun-?out\b|왜\s?(?:안|멈)/i;
/** A released emergency stop is the end of a stop; what releases an interlock is its rule. */
const ordinaryRelease = /비상\s?정지\s?(?:버튼\s?)?해[제재]\S*|해제\s?조건|해제되는/g;

export function mentionsSafeguard(text: string): boolean {
  return safeguard.test(text);
}

/** Single words and neighbours written as one, without particles. */
function spokenWords(text: string): string[] {
  const words = [...text.toLowerCase().matchAll(/[a-z]+|[가-힣]+/g)].map((match) => stripParticles(match[0]));
  return [...words, ...words.slice(1).map((word, index) => `${words[index]}${word}`)];
}

/** One slip in a short word, two in a long one. */
function isSpelled(words: string[], spelled: string[]): boolean {
  return words.some((word) =>
    spelled.some((target) => {
      if (hasHangul(word) !== hasHangul(target)) return false;
      const [a, b] = [toJamo(word), toJamo(target)];
      const limit = b.length >= 9 ? 2 : b.length >= 6 ? 1 : 0;
      return editDistance(a, b, limit) <= limit;
    }),
  );
}
