import type { RawPdfPage } from "../raw-pdf-page.ts";
import { commonest, pageRows, textOf } from "./rows.ts";
import type { Row, Word } from "./rows.ts";

// Running lines: heads, feet and page numbers, which stand at the edge of page after page.

type Edge = {
  page: number;
  text: string;
  key: string;
  row: Row;
  fromTop: boolean;
  gap: number;
  depth: number;
  /** Of most of the page's writing. */
  bodySize: number;
};

const pageNumber =
  /^(?:page|p\.?|seite|페이지|쪽)?\s*[-–—|[(]?\s*(?:[A-Z]{1,2}-)?(?:\d{1,4}|[ivxlc]{1,7})(?:[-–.]\d{1,4})?\s*[-–—|\])]?(?:\s*(?:of|\/|von)\s*\d{1,4})?\s*(?:페이지|쪽|page)?$/i;
const safety = /^\W*(?:warning|caution|danger|notice|경고|주의|위험)\W*$/i;
const deepest = 4;

/** For each page, the words of its running lines. */
export function findRunningWords(pages: RawPdfPage[]): Map<number, Set<string>> {
  const edges = pages.flatMap(edgesOf);
  const groups = new Map<string, Edge[]>();
  for (const edge of edges) groups.set(edge.key, [...(groups.get(edge.key) ?? []), edge]);
  const running = new Set<Edge>();
  for (const group of groups.values()) for (const edge of runningOf(group, pages.length)) running.add(edge);
  const found = new Map<number, Set<string>>();
  for (const side of [true, false]) {
    for (const page of pages) {
      // From the outside in: a line behind a real one is itself a real one.
      for (const edge of edges.filter((one) => one.page === page.number && one.fromTop === side)) {
        if (!running.has(edge) && !isLonePageNumber(edge)) break;
        const words = found.get(page.number) ?? new Set<string>();
        for (const word of edge.row.words) words.add(placeOf(word));
        found.set(page.number, words);
      }
    }
  }
  return found;
}

export const placeOf = (word: Word): string => `${word.left} ${word.top} ${word.text}`;

function edgesOf(page: RawPdfPage): Edge[] {
  const rows = pageRows(page);
  const bodySize = commonest(rows.map((row) => [row.size, row.words.length]));
  const edge = (row: Row, index: number, fromTop: boolean, next: Row | undefined): Edge | null => {
    if (isOfTable(row, next, fromTop, page)) return null;
    const text = textOf(row);
    // Left and right pages differ in where a line begins, hardly in how high it stands.
    const height = Math.round((fromTop ? row.top : page.height - row.bottom) / 6);
    const gap = next === undefined ? Infinity : fromTop ? next.top - row.bottom : row.top - next.bottom;
    const key = `${fromTop ? "top" : "foot"} ${height} ${text.replaceAll(/\d+/g, "#").toLowerCase()}`;
    return { page: page.number, text, key, row, fromTop, gap, depth: index, bodySize };
  };
  const top = rows.filter((row) => row.bottom < page.height * 0.14).slice(0, deepest);
  const foot = rows
    .filter((row) => row.top > page.height * 0.86)
    .toReversed()
    .slice(0, deepest);
  const edges = [
    ...top.map((row, index) => edge(row, index, true, rows[index + 1])),
    ...foot.map((row, index) => edge(row, index, false, rows.at(-2 - index))),
  ];
  return edges.filter((one) => one !== null);
}

/** The header of a table stands at the top of page after page too: over columns, or in a grid that goes on below. */
function isOfTable(row: Row, next: Row | undefined, fromTop: boolean, page: RawPdfPage): boolean {
  const starts = startsOf(row);
  const below = next ? startsOf(next) : [];
  const shared = starts.filter((x) => below.some((other) => Math.abs(other - x) < 3)).length;
  if (starts.length >= 3 && shared >= 2 && shared >= starts.length * 0.6) return true;
  const middle = (row.top + row.bottom) / 2;
  const down = page.rules.filter(([x1, y1, x2, y2]) => y2 - y1 > 5 && x2 - x1 < 1);
  const inner = down.filter(([x, y1, , y2]) => x > row.left && x < row.right && y1 < middle && y2 > middle);
  const goesOn = (x: number) =>
    down.some(([at, y1, , y2]) => Math.abs(at - x) < 2 && (fromTop ? y2 > page.height * 0.2 : y1 < page.height * 0.8));
  return inner.some(([x]) => goesOn(x));
}

/** Where a row's parts begin that stand apart from each other. */
function startsOf(row: Row): number[] {
  return row.words.flatMap((word, index) => {
    const before = row.words[index - 1];
    return before === undefined || word.left - before.right > row.size * 0.9 ? [word.left] : [];
  });
}

function runningOf(group: Edge[], pageCount: number): Edge[] {
  const [first, last] = [group[0]!, group.at(-1)!];
  const pages = new Set(group.map((edge) => edge.page)).size;
  if (pages < 2 || safety.test(first.text)) return [];
  const numbers = group.map((edge) => (edge.text.match(/\d+/g) ?? []).map(Number));
  const steps = numbers[0]!.map((_, at) => new Set(numbers.map((all, index) => all[at]! - group[index]!.page)).size);
  const constant = numbers[0]!.map((_, at) => new Set(numbers.map((all) => all[at]!)).size);
  const counts = steps.some((size, at) => size <= Math.max(1, group.length * 0.2) && constant[at]! > 1);
  // Whatever else changes from page to page is said there: no running line.
  const other = numbers[0]!.some((_, at) => constant[at]! > 1 && steps[at]! > Math.max(1, group.length * 0.2));
  if (other && !pageNumber.test(first.text)) return [];
  // A number that goes with the pages makes a running line, whatever stands around it.
  const isLarge = group.some((edge) => edge.row.size > edge.bodySize * 1.1);
  if (counts && (pageNumber.test(first.text) || ((pages >= 3 || pageCount <= 3) && !isLarge))) return group;
  const span = last.page - first.page + 1;
  const isSmall = group.every((edge) => edge.row.size < edge.bodySize * 0.95);
  const enough = (pages >= 3 || (pageCount === 2 && isSmall)) && pages >= span * 0.4;
  const apart = group.filter((edge) => edge.gap > edge.row.size * 0.5).length >= group.length * 0.7;
  return enough && apart ? group : [];
}

/** A number alone at the very edge of a page, in a document too short to compare. */
function isLonePageNumber(edge: Edge): boolean {
  return (
    edge.depth === 0 &&
    edge.gap > edge.row.size * 0.8 &&
    pageNumber.test(edge.text) &&
    /\d/.test(edge.text) &&
    !/^[A-Z]{1,2}-/.test(edge.text)
  );
}
