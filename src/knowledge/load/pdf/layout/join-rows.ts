import type { PageLine } from "../../loaded-document.ts";
import type { MarkedText } from "../../marked-text.ts";
import { learnBreaks } from "./korean-breaks.ts";
import type { JoinsWords } from "./korean-breaks.ts";
import { turnBox } from "../page-frame.ts";
import type { RawPdfPage } from "../raw-pdf-page.ts";
import { textOf } from "./rows.ts";
import type { Row } from "./rows.ts";

/** What a document's words tell of how those broken at a line's end are to be joined. */
export type KnownWords = {
  counts: ReadonlyMap<string, number>;
  /** Those in lines of several words: hardly any of them is a part of a broken one. */
  inLines: ReadonlySet<string>;
  /** What names in such lines are made of. */
  inNames: ReadonlySet<string>;
  joins: JoinsWords;
};

export function knownWords(pages: RawPdfPage[]): KnownWords {
  const known = new Map<string, number>();
  const inLines = new Set<string>();
  const inNames = new Set<string>();
  for (const { pieces } of pages) {
    for (const { words } of pieces)
      for (const [text] of words) {
        const word = bare(text);
        if (word.length > 1) known.set(word, (known.get(word) ?? 0) + 1);
        if (words.length <= 2) continue;
        inLines.add(word);
        for (const part of word.split(/[^\p{L}\p{N}]+/u)) inNames.add(part);
      }
  }
  return { counts: known, inLines, inNames, joins: learnBreaks(pages, known) };
}

const bare = (word: string): string => word.toLowerCase().replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");

/** Rows as one running text, every row with its place. Words broken at a row's end are made whole, as are the `broken`. */
export function joinRows(rows: Row[], page: RawPdfPage, known: KnownWords, broken?: ReadonlySet<Row>): MarkedText {
  const joined: MarkedText = { text: "", lines: [] };
  for (const [index, row] of rows.entries()) {
    const text = textOf(row);
    const whole = index === 0 || broken?.has(rows[index - 1]!) === true;
    const bond = whole ? "" : bondOf(joined.text, text, known);
    if (bond === "drop hyphen") {
      joined.text = joined.text.slice(0, -1);
      const last = joined.lines.at(-1);
      if (last) last.end -= 1;
    } else joined.text += bond;
    const start = joined.text.length;
    joined.text += text;
    joined.lines.push({ start, end: joined.text.length, box: boxOf(row, page) });
  }
  return joined;
}

/** Rows one under the other, as they stand. */
export function stackRows(rows: Row[], page: RawPdfPage, write: (row: Row) => string = textOf): MarkedText {
  const stacked: MarkedText = { text: "", lines: [] };
  for (const [index, row] of rows.entries()) {
    if (index > 0) stacked.text += "\n";
    const text = write(row);
    const start = stacked.text.length + text.length - text.trimStart().length;
    stacked.text += text;
    stacked.lines.push({ start, end: stacked.text.length, box: boxOf(row, page) });
  }
  return stacked;
}

function bondOf(before: string, after: string, known: KnownWords): "" | " " | "drop hyphen" {
  const last = /\S+$/.exec(before)?.[0] ?? "";
  const first = /^\S+/.exec(after)?.[0] ?? "";
  if (/\p{L}[-‐]$/u.test(last) && /^\p{Ll}/u.test(first)) {
    const whole = known.counts.get(bare(last.slice(0, -1) + first)) ?? 0;
    const hyphened = known.counts.get(bare(last + first)) ?? 0;
    return hyphened > whole || (hyphened === whole && isName(last + first)) ? "" : "drop hyphen";
  }
  if (isName(last + first) && /[\p{L}\p{N}_][-‐]$/u.test(last) && /^[\p{L}\p{N}_<]/u.test(first)) return "";
  // A code or a range keeps its hyphen: "AL-" and "05", "10-" and "20".
  if (/[\p{L}\p{N}][-‐–/]$/u.test(last) && /^[\p{Lu}\p{N}]/u.test(first)) return "";
  if (/[가-힣]$/.test(last) && /^[가-힣]/.test(first)) return known.joins(last, first) ? "" : " ";
  return " ";
}

/** Addresses, paths and names of settings have hyphens of their own and are not parted at syllables. */
const isName = (word: string): boolean =>
  /:\/\/|_|^\W?[.~/\\][\p{L}/\\]|[\p{L}\p{N}][.:][\p{L}\p{N}]|[/\\][^/\\]+[/\\]|\p{L}\d/u.test(word);

/** A row's place as shares of the page as it is shown. */
function boxOf(row: Row, page: RawPdfPage): PageLine["box"] {
  const [l, t, r, b] = turnBox(
    [row.left, row.top, row.right, row.bottom],
    (4 - page.turn) % 4,
    page.width,
    page.height,
  );
  const [width, height] = page.turn % 2 === 0 ? [page.width, page.height] : [page.height, page.width];
  const share = (value: number, whole: number) =>
    Math.round(Math.min(Math.max(value / (whole || 1), 0), 1) * 1e4) / 1e4;
  return [share(l, width), share(t, height), share(r - l, width), share(b - t, height)];
}
