import type { Piece, RawPdfPage } from "../raw-pdf-page.ts";

// Word and row: writing as it stands on a page, in points from the upper left corner, turned upright.

export type Word = {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
  size: number;
  bold: boolean;
  mono: boolean;
};

/** Words beside each other, from left to right. */
export type Row = Omit<Word, "text"> & { words: Word[] };

export function wordsOf(pieces: Piece[]): Word[] {
  return pieces.flatMap((piece) => {
    const height = piece.bottom - piece.top;
    // Fonts drawn by hand have sizes of their own making; boxes of some others are twice as high as their letters.
    const size = piece.size < 2 || height > piece.size * 2.5 ? height * 0.8 : piece.size;
    const middle = (piece.top + piece.bottom) / 2;
    const half = Math.min(height, size * 1.2) / 2;
    const { bold, mono } = piece;
    return piece.words.map(([text, left, right]) => ({
      text,
      left,
      right,
      top: middle - half,
      bottom: middle + half,
      size,
      bold,
      mono,
    }));
  });
}

/** Words beside each other form a row where their heights overlap by half. Rows come from top to bottom. */
export function rowsOf(words: Word[]): Row[] {
  const open: { top: number; bottom: number; words: Word[] }[] = [];
  const byMiddle = words.toSorted((a, b) => a.top + a.bottom - (b.top + b.bottom));
  for (const word of byMiddle) {
    const row = open.slice(-6).findLast(({ top, bottom }) => {
      const shared = Math.min(bottom, word.bottom) - Math.max(top, word.top);
      return shared >= 0.5 * Math.min(bottom - top, word.bottom - word.top);
    });
    if (row) {
      row.words.push(word);
      // A small sign (an index, a mark) does not tell where its row stands; the larger word beside it does.
      if (word.bottom - word.top > (row.bottom - row.top) * 1.2) [row.top, row.bottom] = [word.top, word.bottom];
    } else open.push({ top: word.top, bottom: word.bottom, words: [word] });
  }
  return open.map((row) => rowOf(row.words)).toSorted((a, b) => a.top - b.top);
}

export function rowOf(words: Word[]): Row {
  const sorted = words.toSorted((a, b) => a.left - b.left);
  const letters = (of: Word[]) => of.reduce((sum, word) => sum + word.text.length, 0);
  const all = letters(sorted);
  return {
    words: sorted,
    left: sorted[0]?.left ?? 0,
    right: Math.max(...sorted.map((word) => word.right)),
    top: Math.min(...sorted.map((word) => word.top)),
    bottom: Math.max(...sorted.map((word) => word.bottom)),
    size: commonest(sorted.map((word) => [word.size, word.text.length])),
    bold: letters(sorted.filter((word) => word.bold)) > all * 0.6,
    mono: letters(sorted.filter((word) => word.mono)) > all * 0.8,
  };
}

/** The value with the largest sum of weights; 0 of none. */
export function commonest(values: [value: number, weight: number][]): number {
  const weights = new Map<number, number>();
  for (const [value, weight] of values) weights.set(value, (weights.get(value) ?? 0) + weight);
  let best = 0;
  for (const [value, weight] of weights) if (weight > (weights.get(best) ?? 0)) best = value;
  return best;
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

const texts = new WeakMap<Row, string>();

export function textOf(row: Row): string {
  let text = texts.get(row);
  if (text === undefined) texts.set(row, (text = row.words.map((word) => word.text).join(" ")));
  return text;
}

/** A page's rows as they stand, columns beside each other. */
export const pageRows = (page: RawPdfPage): Row[] => rowsOf(wordsOf(page.pieces.filter((piece) => !piece.aside)));
