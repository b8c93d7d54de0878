import type { Piece } from "../pdf/raw-pdf-page.ts";

export type Recognised = { pieces: Piece[]; unclear: number; words: number };

const leastWord = 30;
const leastLine = 40;
/** Of a line's height. */
const syllableGap = 0.25;

type Word = { text: string; confidence: number; left: number; top: number; right: number; bottom: number };

/**
 * Lines of tesseract's TSV, in points (`scale` pixels a point). A word it is not sure of stands as "[?]"; lines it is
 * not sure of at all, which pictures and stains make, are left out and counted.
 */
export function readTsv(tsv: string, scale: number): Recognised {
  const lines = new Map<string, Word[]>();
  for (const row of tsv.split("\n").slice(1)) {
    const cells = row.split("\t");
    const text = cells[11]?.trim() ?? "";
    if (cells[0] !== "5" || text === "") continue;
    const [left, top, width, height, confidence] = cells.slice(6, 11).map(Number) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const word = { text, confidence, left, top, right: left + width, bottom: top + height };
    const key = cells.slice(1, 5).join(" ");
    lines.set(key, [...(lines.get(key) ?? []), word]);
  }
  const found: Recognised = { pieces: [], unclear: 0, words: 0 };
  for (const line of lines.values()) {
    const words = joinSyllables(line);
    const letters = words.reduce((sum, word) => sum + word.text.length, 0);
    const sure = words.reduce((sum, word) => sum + word.confidence * word.text.length, 0) / letters;
    const unclear = words.filter((word) => word.confidence < leastWord).length;
    found.unclear += sure < leastLine ? words.length : unclear;
    if (sure < leastLine || !/[\p{L}\p{N}]/u.test(words.map((word) => word.text).join(""))) continue;
    found.words += words.length;
    found.pieces.push(pieceOf(words, scale));
  }
  return { ...found, pieces: evenSizes(found.pieces) };
}

/** Tesseract parts Korean words into syllables; a blank is wider than the gap between two of them. */
function joinSyllables(words: Word[]): Word[] {
  const heights = words.map((word) => word.bottom - word.top).toSorted((a, b) => a - b);
  const height = heights[Math.floor(heights.length * 0.75)] ?? 0;
  const joined: Word[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    const touches = last !== undefined && word.left - last.right < height * syllableGap;
    if (!last || !touches || !/[가-힣]$/.test(last.text) || !/^[가-힣.,)]/.test(word.text)) joined.push({ ...word });
    else {
      const letters = last.text.length + word.text.length;
      last.confidence = (last.confidence * last.text.length + word.confidence * word.text.length) / letters;
      last.text += word.text;
      last.right = word.right;
      last.top = Math.min(last.top, word.top);
      last.bottom = Math.max(last.bottom, word.bottom);
    }
  }
  return joined;
}

function pieceOf(words: Word[], scale: number): Piece {
  const points = (pixels: number) => Math.round((pixels / scale) * 10) / 10;
  const tops = words.map((word) => word.top).toSorted((a, b) => a - b);
  const bottoms = words.map((word) => word.bottom).toSorted((a, b) => a - b);
  // Words with and without tall letters: of most lines, neither the highest nor the lowest counts.
  const fifth = Math.floor(tops.length / 5);
  const [top, bottom] = [points(tops[fifth]!), points(bottoms[bottoms.length - 1 - fifth]!)];
  return {
    words: words.map(({ text, confidence, left, right }) => [
      confidence < leastWord ? "[?]" : text,
      points(left),
      points(right),
    ]),
    top,
    bottom,
    size: Math.round((bottom - top) * 10) / 10,
    bold: false,
    mono: false,
  };
}

/** The height of a recognised line depends on its letters: sizes near the usual one count as that. */
function evenSizes(pieces: Piece[]): Piece[] {
  const sizes = pieces.map((piece) => piece.size).toSorted((a, b) => a - b);
  const usual = sizes[sizes.length >> 1] ?? 10;
  return pieces.map((piece) => {
    const ratio = piece.size / usual;
    return { ...piece, size: ratio > 0.5 && ratio < 1.6 ? usual : piece.size };
  });
}
