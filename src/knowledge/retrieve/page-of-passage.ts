import { tokenize } from "../text/tokenize.ts";
import { longestRun, wordsIn } from "./verbatim.ts";

/** As many of the question's words one after the other are a piece of it. */
const leastRun = 4;

/**
 * The page on which the longest piece of the question stands word for word, else most of its words: a passage may go on
 * over its page's end, and who opens the citation wants to see what was asked. `fromEnd`: how far from the passage's end
 * each further page begins.
 */
export function pageOfPassage(
  { page, text, fromEnd }: { page: number | null; text: string; fromEnd: readonly number[] },
  query: string,
): number | null {
  if (page === null || fromEnd.length === 0) return page;
  const starts = [0, ...fromEnd.map((distance) => Math.max(text.length - distance, 0))];
  const parts = starts.map((start, index) => text.slice(start, starts[index + 1] ?? text.length));
  const asked = wordsIn(query);
  const runs = parts.map((part) => longestRun(asked, wordsIn(part)));
  const longest = Math.max(...runs);
  if (longest >= leastRun && runs.filter((run) => run === longest).length === 1) return page + runs.indexOf(longest);
  const words = new Set(tokenize(query));
  const found = parts.map((part) => new Set(tokenize(part).filter((word) => words.has(word))).size);
  return page + found.indexOf(Math.max(...found));
}
