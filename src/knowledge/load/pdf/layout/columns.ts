import type { Rule } from "../raw-pdf-page.ts";
import type { Table } from "./table.ts";
import { median, rowsOf } from "./rows.ts";
import type { Row, Word } from "./rows.ts";

/** Part of a page that is read from top to bottom. */
export type Region = { words: Word[]; tables: Table[] };

type Band = { left: Region; right: Region; before: Region; after: Region; height: number };

/** Regions in reading order: columns of running text one after another, everything else as it stands. */
export function splitColumns(region: Region, rules: Rule[], depth = 0): Region[] {
  const rows = rowsOf(region.words);
  if (depth > 4 || rows.length < 6) return [region];
  let best: Band | null = null;
  for (const x of candidates(region.words)) {
    const band = bandAt(x, rows, region, rules);
    if (band && band.height > (best?.height ?? 0)) best = band;
  }
  if (!best) return [region];
  return [best.before, best.left, best.right, best.after]
    .filter((part) => part.words.length + part.tables.length > 0)
    .flatMap((part) => splitColumns(part, rules, depth + 1));
}

const bin = 2;

/** Places from left to right where little is written, the emptiest first. */
function candidates(words: Word[]): number[] {
  const cover: number[] = [];
  for (const { left, right, top, bottom } of words)
    for (let at = Math.max(0, Math.floor(left / bin)); at <= right / bin; at += 1)
      cover[at] = (cover[at] ?? 0) + bottom - top;
  const filled = cover.filter((height) => height > 0).toSorted((a, b) => a - b);
  const usual = filled[Math.floor(filled.length * 0.8)] ?? 0;
  const found: { x: number; height: number }[] = [];
  const first = cover.findIndex((height) => height > 0);
  for (let at = first; at < cover.length; at += 1) {
    if ((cover[at] ?? 0) > usual * 0.5) continue;
    let end = at;
    while (end + 1 < cover.length && (cover[end + 1] ?? 0) <= usual * 0.5) end += 1;
    const heights = Array.from({ length: end - at + 1 }, (_, index) => cover[at + index] ?? 0);
    const least = Math.min(...heights);
    const emptiest = heights.flatMap((height, index) => (height <= least + 1 ? [at + index] : []));
    found.push({ x: (emptiest[emptiest.length >> 1]! + 0.5) * bin, height: least });
    at = end;
  }
  return found
    .toSorted((a, b) => a.height - b.height)
    .slice(0, 8)
    .map(({ x }) => x);
}

function crosses(row: Row, x: number): boolean {
  let [right, left] = [-Infinity, Infinity];
  for (const word of row.words) {
    if ((word.left + word.right) / 2 < x) right = Math.max(right, word.right);
    else left = Math.min(left, word.left);
  }
  return right > x || left < x || left - right < Math.max(5, row.size * 0.6);
}

/** The highest stretch of rows that two columns of running text share, parted at x. */
function bandAt(x: number, rows: Row[], region: Region, rules: Rule[]): Band | null {
  const crossing = new Set(rows.filter((row) => crosses(row, x)));
  if (crossing.size > rows.length - 3) return null;
  const walls = [...crossing, ...region.tables.filter((table) => table.left < x - 3 && table.right > x + 3)].toSorted(
    (a, b) => a.top - b.top,
  );
  const edges = [-Infinity, ...walls.map((wall) => (wall.top + wall.bottom) / 2), Infinity];
  let best: Band | null = null;
  for (let index = 0; index + 1 < edges.length; index += 1) {
    const [top, bottom] = [edges[index]!, edges[index + 1]!];
    const free = rows.filter((row) => middleOf(row) > top && middleOf(row) < bottom && !crossing.has(row));
    const trimmed = trim(free, x);
    // Cheap to see, and true of most pages: nothing stands on one of the sides.
    const sided = (test: (word: Word) => boolean) => trimmed.filter((row) => row.words.some(test)).length;
    if (sided((word) => word.right <= x) < 3 || sided((word) => word.left >= x) < 3) continue;
    const [from, to] = [Math.min(...trimmed.map((row) => row.top)), Math.max(...trimmed.map((row) => row.bottom))];
    const height = to - from;
    if (height <= (best?.height ?? 0)) continue;
    const within = (part: { top: number; bottom: number }) => middleOf(part) >= from && middleOf(part) <= to;
    const [left, right] = [
      take(region, (part) => within(part) && part.left < x),
      take(region, (part) => within(part) && part.left >= x),
    ];
    if (!areColumns(left.words, right.words, from, to, rules)) continue;
    best = {
      left,
      right,
      before: take(region, (part) => middleOf(part) < from),
      after: take(region, (part) => middleOf(part) > to),
      height,
    };
  }
  return best;
}

const middleOf = (part: { top: number; bottom: number }): number => (part.top + part.bottom) / 2;

type Placed = { top: number; bottom: number; left: number };
const take = (region: Region, keep: (part: Placed) => boolean): Region => ({
  words: region.words.filter(keep),
  tables: region.tables.filter(keep),
});

/** Without the rows at the end that stand apart and on one side only: they are no part of the columns. */
function trim(rows: Row[], x: number): Row[] {
  const oneSided = (row: Row) => row.right < x || row.left > x;
  let end = rows.length;
  for (let index = rows.length - 1; index > 0 && oneSided(rows[index]!); index -= 1)
    if (rows[index]!.top - rows[index - 1]!.bottom > 1.5 * rows[index]!.size) end = index;
  return rows.slice(0, end);
}

function areColumns(left: Word[], right: Word[], top: number, bottom: number, rules: Rule[]): boolean {
  const [l, r] = [rowsOf(left), rowsOf(right)];
  if (l.length < 3 || r.length < 3) return false;
  const edge = Math.max(...left.map((word) => word.right));
  const next = Math.min(...right.map((word) => word.left));
  const size = median(left.map((word) => word.size));
  if (next - edge < Math.max(6, size * 0.7)) return false;
  const across = rules.filter(
    ([x1, y1, x2, y2]) => y2 - y1 < 1 && x1 < edge - 10 && x2 > next + 10 && y1 > top + 2 && y1 < bottom - 2,
  );
  if (across.length >= 2) return false;
  return isProse(l) && isProse(r) && !rowsKeepStep(l, r);
}

/** Lines of running text mostly go on to the column's edge. */
function isProse(rows: Row[]): boolean {
  const [left, right] = [Math.min(...rows.map((row) => row.left)), Math.max(...rows.map((row) => row.right))];
  const width = right - left;
  const long = rows.filter((row) => row.right - row.left >= width * 0.6 && row.words.length >= 3).length;
  // Gaps within the lines are columns of a table.
  const gapped = rows.filter((row) =>
    row.words.some((word, at) => at > 0 && word.left - row.words[at - 1]!.right > row.size * 1.6),
  );
  if (gapped.length > rows.length * 0.35) return false;
  const wordy = rows.reduce((sum, row) => sum + row.words.length, 0) / rows.length;
  return width > 60 && long >= rows.length * 0.4 && wordy >= 2.5;
}

/** In a table, what stands beside each other begins at the same height again and again, after a gap on both sides. */
function rowsKeepStep(left: Row[], right: Row[]): boolean {
  // Lines further apart than those of a text, each beside a line of the other side.
  const [few, many] = left.length <= right.length ? [left, right] : [right, left];
  const pitch = median(few.slice(1).map((row, index) => row.top - few[index]!.top));
  const beside = few.filter((row) => many.some((other) => Math.abs(other.top - row.top) < 2)).length;
  if (pitch > median(few.map((row) => row.size)) * 1.9 && beside >= few.length * 0.8) return true;
  const [l, r] = [starts(left), starts(right)];
  if (l.length === 0 || r.length === 0) return false;
  const shared = l.filter((y) => r.some((other) => Math.abs(other - y) < 3)).length;
  return shared >= 2 && shared >= 0.6 * Math.max(l.length, r.length);
}

function starts(rows: Row[]): number[] {
  const pitches = rows.slice(1).map((row, index) => row.top - rows[index]!.top);
  const usual = median(pitches);
  return rows.slice(1).flatMap((row, index) => (pitches[index]! > usual * 1.3 ? [row.top] : []));
}
