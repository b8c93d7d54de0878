import type { KnownWords } from "./join-rows.ts";
import type { Row } from "./rows.ts";
import type { Table } from "./table.ts";

// Narrow columns break words anywhere and write no hyphen. The lines tell: nothing but the one word stands in such a
// line, and the next letter would not have fitted. Whole words may fill a column too, so the document's words decide.

export type BrokenWords = {
  /** Lines of cells that end in the middle of a word with which the next line goes on. */
  lines: ReadonlySet<Row>;
  /** The table is narrower than its words: what no word of the document decides is taken for broken too. */
  breaksWords: boolean;
};

/** Lines whose parts may be one word: each but the last fills its column. */
type Run = { lines: Row[]; parts: string[] };
type Piece = { from: number; to: number };
type Vocabulary = Pick<KnownWords, "inLines" | "inNames">;

const bare = (word: string): string => word.toLowerCase().replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
const enoughProof = 2;
const mostParts = 8;

/** `narrow`: the table goes on from a page on which it broke words. */
export function findBrokenWords(table: Table, { inLines, inNames }: Vocabulary, narrow: boolean): BrokenWords {
  const runs = runsOf(table);
  const isKnown = (text: string): boolean => bare(text).length > 1 && inLines.has(bare(text));
  /** A name of several words, as settings and pins have, is seldom said twice; its words are. */
  const isName = (text: string): boolean => {
    const parts = bare(text).split(/[^\p{L}\p{N}]+/u);
    const isPart = (part: string) => /^\d+$/.test(part) || (part.length > 1 && inNames.has(part));
    return parts.length > 1 && parts.every(isPart);
  };
  const whole = (run: Run, { from, to }: Piece): string => run.parts.slice(from, to).join("");
  const isProof = (run: Run, piece: Piece): boolean => {
    const parts = run.parts.slice(piece.from, piece.to);
    const text = parts.join("");
    return isAddress(parts) || isUnderscored(parts) || ((isKnown(text) || isName(text)) && !parts.every(isKnown));
  };
  const sure = (run: Run, piece: Piece): number => {
    if (piece.to - piece.from === 1) return isKnown(whole(run, piece)) ? 1 : 2;
    return isProof(run, piece) && bare(whole(run, piece)).length > 2 ? 1 : Infinity;
  };
  // Any figures are a number that occurs somewhere.
  const likely = (run: Run, piece: Piece): number => {
    const text = whole(run, piece);
    if ((isKnown(text) && !/^\d+$/.test(text)) || isProof(run, piece)) return 1;
    const parts = run.parts.slice(piece.from, piece.to);
    if (parts.length === 1) return 2;
    return isCounted(parts, isKnown) || startsAnew(parts) ? Infinity : 1.25 * parts.length;
  };

  const proofs = new Map<string, number>();
  for (const run of runs)
    for (const piece of split(run, (one) => (isProof(run, one) ? 1 : one.to - one.from === 1 ? 2 : Infinity)))
      if (piece.to - piece.from > 1) {
        const word = bare(whole(run, piece));
        // Two letters are soon a word of some document.
        proofs.set(word, word.length > 2 ? 1 : 0.25);
      }
  const breaksWords = narrow || [...proofs.values()].reduce((sum, one) => sum + one, 0) >= enoughProof;
  const lines = new Set<Row>();
  for (const run of runs)
    for (const { from, to } of split(run, (piece) => (breaksWords ? likely : sure)(run, piece)))
      for (const line of run.lines.slice(from, to - 1)) lines.add(line);
  return { lines, breaksWords };
}

/** An address has no blanks: what looks like the rest of its path is. */
const isAddress = ([first = "", ...others]: string[]): boolean =>
  /:\/\/./.test(first) && others.length > 0 && others.every((part) => /[/?&=#%]|\w[._-]\w/.test(part));

/** "Motor" and "2", or "100", "200" and "300" one under the other. */
function isCounted([first = "", ...others]: string[], isKnown: (text: string) => boolean): boolean {
  if (!others.every((part) => /^\d+$/.test(part))) return false;
  if (/\p{L}/u.test(first)) return isKnown(first);
  return others.length > 1 && others.at(-1)!.length === first.length;
}

/** "Leadshine" and "USA": hardly a word has a capital after a small letter. */
const startsAnew = (parts: string[]): boolean =>
  parts.slice(1).some((part, at) => /^\p{Lu}/u.test(part) && /\p{Ll}$/u.test(parts[at]!));

const isUnderscored = (parts: string[]): boolean =>
  parts.length > 1 && parts.slice(1).every((part, at) => /\w_$/.test(parts[at]!) || /^_\w/.test(part));

/** The cheapest way to part a run into words. */
function split({ parts }: Run, costOf: (piece: Piece) => number): Piece[] {
  const best: { cost: number; pieces: Piece[] }[] = [{ cost: 0, pieces: [] }];
  for (let to = 1; to <= parts.length; to += 1) {
    for (let from = Math.max(0, to - mostParts); from < to; from += 1) {
      const before = best[from]!;
      const cost = before.cost + costOf({ from, to });
      if (cost < (best[to]?.cost ?? Infinity)) best[to] = { cost, pieces: [...before.pieces, { from, to }] };
    }
  }
  return best.at(-1)!.pieces;
}

function runsOf(table: Table): Run[] {
  const reach = columnReaches(table);
  const runs: Run[] = [];
  for (const row of table.rows)
    row.forEach((cell, column) => {
      let run: Run | null = null;
      cell.slice(1).forEach((next, at) => {
        const line = cell[at]!;
        const [last, first] = [line.words[0]?.text ?? "", next.words[0]?.text ?? ""];
        const isFull = reach[column]! - line.right < firstLetter(next) - 0.3;
        const goesOn = line.words.length === 1 && (isAddress([last, first]) || (isFull && mayGoOn(last, first)));
        if (!goesOn) run = null;
        else if (run === null) runs.push((run = { lines: [line, next], parts: [last, first] }));
        else {
          run.lines.push(next);
          run.parts.push(first);
        }
      });
    });
  return runs;
}

/** Korean lines are joined by what follows what in the document: see korean-breaks.ts. */
const mayGoOn = (last: string, first: string): boolean =>
  /[\p{L}\p{N}_.]$/u.test(last) &&
  (/^[\p{L}\p{N}_.]/u.test(first) || (/\p{L}/u.test(last) && /^-[\p{L}\p{N}]/u.test(first))) &&
  !/[가-힣]/.test(last + first);

/** How far to the right each column is written. */
function columnReaches({ rows, gutters, right }: Table): number[] {
  return [...gutters, right].map((edge, column) => {
    const lines = rows.flatMap((row) => row[column] ?? []).filter((line) => line.right <= edge + 1);
    return Math.max(0, ...lines.map((line) => line.right));
  });
}

/** About the width of a row's first letter, by what its word's letters have on average. */
function firstLetter({ words: [word], mono }: Row): number {
  if (!word) return 0;
  const letters = [...word.text];
  const usual = (word.right - word.left) / letters.length;
  if (mono || letters.length === 1) return usual;
  const first = letters[0] ?? "";
  if (/[iljtfrI.,:;'|-]/.test(first)) return usual * 0.8;
  if (/[mwMW@]/.test(first)) return usual * 1.8;
  return usual * (/\p{Lu}/u.test(first) ? 1.5 : 1.2);
}
