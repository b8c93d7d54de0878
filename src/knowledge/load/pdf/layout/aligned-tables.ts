import type { Row } from "./rows.ts";
import { median } from "./rows.ts";
import { byColumn, cellText, recordsOf } from "./table.ts";
import type { Table } from "./table.ts";

// Tables without rules down: found by white strips that many rows have in common.

type Strip = [left: number, right: number];

/** Rows in order; those of a table come together as one. */
export function findAlignedTables(rows: Row[]): (Row | Table)[] {
  const found: (Row | Table)[] = [];
  for (let at = 0; at < rows.length;) {
    const run = growRun(rows, at);
    const table = run && tableOf(rows.slice(at, run.end), run.strips);
    if (table) {
      found.push(table);
      at = run.end;
    } else found.push(rows[at++]!);
  }
  return found;
}

/** Gaps within a row that are wider than between words. */
function stripsOf(row: Row, least: number): Strip[] {
  const strips: Strip[] = [];
  let edge = row.words[0]?.right ?? 0;
  for (const word of row.words.slice(1)) {
    if (word.left - edge >= least) strips.push([edge, word.left]);
    edge = Math.max(edge, word.right);
  }
  return strips;
}

/** What of a strip a row leaves white: its widest part. */
function whiteOf([left, right]: Strip, row: Row, least: number): Strip | null {
  let parts: Strip[] = [[left, right]];
  for (const word of row.words) {
    parts = parts.flatMap(([l, r]): Strip[] => {
      if (word.right <= l || word.left >= r) return [[l, r]];
      const sides: Strip[] = [
        [l, word.left],
        [word.right, r],
      ];
      return sides.filter(([a, b]) => b - a > 0);
    });
  }
  const widest = parts.toSorted((a, b) => b[1] - b[0] - (a[1] - a[0]))[0];
  return widest && widest[1] - widest[0] >= least ? widest : null;
}

function growRun(rows: Row[], from: number): { end: number; strips: Strip[] } | null {
  const first = rows[from]!;
  let strips = stripsOf(first, wideGap(first));
  if (strips.length === 0) return null;
  let end = from + 1;
  for (; end < rows.length; end += 1) {
    const row = rows[end]!;
    // A title above the table is none of its rows, wide as its blanks are.
    if (Math.abs(row.size - first.size) > Math.max(1.5, first.size * 0.2)) break;
    if (standsApart(rows, from, end)) break;
    const kept = keep(strips, row);
    const fewer = kept.length < strips.length;
    if (kept.length === 0 || (fewer && strips.length >= 2 && end - from >= 3)) {
      // One line across the whole table (a heading of a group) does not end it where the next rows fit again.
      const next = rows.slice(end + 1, end + 3);
      const isBetween =
        strips.length >= 2 &&
        next.length === 2 &&
        next.every((one) => keep(strips, one).length === strips.length && one.words.length > 2);
      if (isBetween && !standsApart(rows, from, end + 1) && row.words.length <= 8) continue;
      break;
    }
    strips = [...kept, ...newStrips(rows, from, end, kept)].toSorted((a, b) => a[0] - b[0]);
  }
  // A short line or a heading after the table is none of its rows.
  while (end - 1 > from && isTail(rows, from, end - 1, strips)) end -= 1;
  return { end, strips };
}

const wideGap = (row: Row): number => Math.max(6, row.size * 0.9);

const keep = (strips: Strip[], row: Row): Strip[] =>
  strips.flatMap((strip) => {
    const white = whiteOf(strip, row, Math.max(3, row.size * 0.45));
    return white ? [white] : [];
  });

function newStrips(rows: Row[], from: number, end: number, known: Strip[]): Strip[] {
  const row = rows[end]!;
  return stripsOf(row, wideGap(row)).flatMap((strip) => {
    if (known.some(([l, r]) => l < strip[1] && r > strip[0])) return [];
    let white: Strip | null = strip;
    for (const before of rows.slice(from, end)) white = white && whiteOf(white, before, wideGap(row) * 0.6);
    return white ? [white] : [];
  });
}

function standsApart(rows: Row[], from: number, at: number): boolean {
  const gap = rows[at]!.top - rows[at - 1]!.bottom;
  const gaps = rows.slice(from + 1, at).map((row, index) => row.top - rows[from + index]!.bottom);
  const usual = gaps.length > 0 ? Math.max(median(gaps), 0) : rows[at]!.size;
  return gap > Math.max(usual * 2.2, rows[at]!.size * 1.6);
}

function isTail(rows: Row[], from: number, at: number, strips: Strip[]): boolean {
  const row = rows[at]!;
  const columns = byColumn(row.words, strips.map(middle));
  if (columns.filter((words) => words.length > 0).length > 1) return false;
  const before = rows[at - 1]!;
  const differs = row.bold !== before.bold || Math.abs(row.size - before.size) > 0.6;
  const pitches = rows.slice(from + 1, at).map((one, index) => one.top - rows[from + index]!.top);
  return differs || (columns[0]!.length > 0 && row.top - before.top > median(pitches) * 1.25);
}

const middle = ([left, right]: Strip): number => (left + right) / 2;
const isSign = /^(?:[•·●○■□▪▶►◆※*–—-]|\(?\d{1,3}[.)]|\(?[a-zA-Z가-하][.)]|[①-⑳])$/u;
const isLeader = /^[.․‥…·_\s]{4,}$/u;

function tableOf(rows: Row[], strips: Strip[]): Table | null {
  // A listing: what stands under each other there is code, not columns.
  if (rows.filter((row) => row.mono).length > rows.length * 0.6) return null;
  const gutters = strips.map(middle);
  const filled = rows.map((row) => byColumn(row.words, gutters).map((words) => words.length > 0));
  const several = filled.filter((cells) => cells.filter(Boolean).length >= 2).length;
  const columns = gutters.length + 1;
  if (several < (columns >= 3 ? 2 : 3) || several < rows.length * 0.4) return null;
  // Signs of a list, or the leaders and page numbers of a table of contents.
  const firstWords = rows.flatMap((row) => byColumn(row.words, gutters)[0]!.map((word) => word.text));
  if (columns === 2 && firstWords.every((text) => isSign.test(text))) return null;
  const led = rows.filter(
    (row) =>
      row.words.some((word) => isLeader.test(word.text)) || /\.{4}/.test(row.words.map((word) => word.text).join("")),
  ).length;
  if (led > rows.length * 0.4) return null;
  const cells = recordsOf(rows, gutters);
  const full = cells.filter((record) => record.filter((cell) => cell.length > 0).length >= 2).length;
  if (full < 2 || cells.every((record) => record.every((cell) => cellText(cell).length <= 1))) return null;
  return {
    left: Math.min(...rows.map((row) => row.left)),
    right: Math.max(...rows.map((row) => row.right)),
    top: rows[0]!.top,
    bottom: rows.at(-1)!.bottom,
    gutters,
    rows: cells,
    headed: rows[0]!.bold && !rows.every((row) => row.bold),
  };
}
