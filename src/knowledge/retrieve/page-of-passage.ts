import { tokenize } from "../text/tokenize.ts";

/**
 * The page on which most of the question's words stand: a passage may go on over its page's end, and who opens the
 * citation wants to see what was asked. `fromEnd`: how far from the passage's end each further page begins.
 */
export function pageOfPassage(
  { page, text, fromEnd }: { page: number | null; text: string; fromEnd: readonly number[] },
  query: string,
): number | null {
  if (page === null || fromEnd.length === 0) return page;
  const words = new Set(tokenize(query));
  const starts = [0, ...fromEnd.map((distance) => Math.max(text.length - distance, 0))];
  const found = starts.map((start, index) => {
    const part = text.slice(start, starts[index + 1] ?? text.length);
    return new Set(tokenize(part).filter((word) => words.has(word))).size;
  });
  return page + found.indexOf(Math.max(...found));
}
