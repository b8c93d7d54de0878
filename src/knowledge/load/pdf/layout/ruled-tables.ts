import type { Rule } from "../raw-pdf-page.ts";
import { rowsOf } from "./rows.ts";
import type { Word } from "./rows.ts";
import { byColumn, recordsOf } from "./table.ts";
import type { Table } from "./table.ts";

// Tables drawn with rules: a grid gives columns and rows, rules across alone give rows.

type Line = { at: number; from: number; to: number };
type Grid = { across: Line[]; down: Line[] };

const near = 3;

/** Tables of a page, and the words that are in none. */
export function findRuledTables(words: Word[], rules: Rule[]): { tables: Table[]; rest: Word[] } {
  const tables: Table[] = [];
  let rest = words;
  for (const grid of gridsOf(rules)) {
    const { left, right, top, bottom } = extentOf(grid);
    const inside = rest.filter((word) => {
      const [x, y] = [(word.left + word.right) / 2, (word.top + word.bottom) / 2];
      return x > left - near && x < right + near && y > top - near && y < bottom + near;
    });
    const table = inside.length > 3 ? tableOf(grid, inside) : null;
    if (!table) continue;
    tables.push(table);
    const taken = new Set(inside);
    rest = rest.filter((word) => !taken.has(word));
  }
  return { tables, rest };
}

/** Rules that touch or cross each other, and stacks of equally long rules across. */
function gridsOf(rules: Rule[]): Grid[] {
  const across = merge(
    rules.filter(([x1, y1, x2, y2]) => y2 - y1 <= x2 - x1).map(([x1, y, x2]) => ({ at: y, from: x1, to: x2 })),
  ).filter((line) => line.to - line.from > 12);
  const down = merge(
    rules.filter(([x1, y1, x2, y2]) => y2 - y1 > x2 - x1).map(([x, y1, , y2]) => ({ at: x, from: y1, to: y2 })),
  ).filter((line) => line.to - line.from > 5);
  if (across.length + down.length > 1500) return [];
  const groups: Grid[] = across.map((line) => ({ across: [line], down: [] }));
  for (const line of down) {
    const touched = groups.filter((grid) =>
      grid.across.some(
        (one) =>
          one.at > line.from - near && one.at < line.to + near && line.at > one.from - near && line.at < one.to + near,
      ),
    );
    if (touched.length === 0) continue;
    const joined = touched[0]!;
    joined.down.push(line);
    for (const other of touched.slice(1)) {
      joined.across.push(...other.across);
      joined.down.push(...other.down);
      groups.splice(groups.indexOf(other), 1);
    }
  }
  return stack(groups);
}

/** Rules across without rules down belong together where they are equally long, one under the other. */
function stack(groups: Grid[]): Grid[] {
  const found = groups.filter((grid) => grid.down.length > 0);
  const lone = groups.filter((grid) => grid.down.length === 0).map((grid) => grid.across[0]!);
  for (const line of lone.toSorted((a, b) => a.at - b.at)) {
    const above = found.find(
      ({ across, down }) =>
        down.length === 0 &&
        Math.abs(across[0]!.from - line.from) < 6 &&
        Math.abs(across[0]!.to - line.to) < 6 &&
        line.at - across.at(-1)!.at < 220,
    );
    if (above) above.across.push(line);
    else if (line.to - line.from > 80) found.push({ across: [line], down: [] });
  }
  return found
    .filter((grid) => new Set(cluster(grid.across.map((line) => line.at))).size >= (grid.down.length > 0 ? 2 : 3))
    .toSorted((a, b) => b.across.length + b.down.length - a.across.length - a.down.length);
}

/** Pieces of one line, joined where they touch. */
function merge(lines: Line[]): Line[] {
  const merged: Line[] = [];
  for (const line of lines.toSorted((a, b) => Math.round(a.at / 2) - Math.round(b.at / 2) || a.from - b.from)) {
    const last = merged.findLast((one) => Math.abs(one.at - line.at) < 2 && one.to >= line.from - near);
    if (last && last.from <= line.from) last.to = Math.max(last.to, line.to);
    else merged.push({ ...line });
  }
  return merged;
}

function cluster(values: number[]): number[] {
  const found: number[] = [];
  for (const value of values.toSorted((a, b) => a - b))
    if (found.length === 0 || value - found.at(-1)! > near) found.push(value);
  return found;
}

function extentOf({ across, down }: Grid): Pick<Table, "left" | "right" | "top" | "bottom"> {
  return {
    left: Math.min(...across.map((line) => line.from)),
    right: Math.max(...across.map((line) => line.to)),
    top: Math.min(...across.map((line) => line.at), ...down.map((line) => line.from)),
    bottom: Math.max(...across.map((line) => line.at), ...down.map((line) => line.to)),
  };
}

function tableOf(grid: Grid, words: Word[]): Table | null {
  const extent = extentOf(grid);
  const lineXs = cluster(grid.down.map((line) => line.at)).filter(
    (x) => x > extent.left + near && x < extent.right - near,
  );
  const gutters = lineXs.length > 0 ? lineXs : whiteGutters(words);
  if (gutters.length === 0 || gutters.length > 40) return null;
  const ys = cluster(grid.across.map((line) => line.at));
  const bands = [extent.top, ...ys.filter((y) => y > extent.top + near && y < extent.bottom - near), extent.bottom];
  const lines: { words: Word[][]; top: number; bottom: number }[] = [];
  for (let index = 0; index + 1 < bands.length; index += 1) {
    const [top, bottom] = [bands[index]!, bands[index + 1]!];
    const within = words.filter((word) => {
      const middle = (word.top + word.bottom) / 2;
      return middle >= top - (index === 0 ? near : 0) && middle < bottom + (index + 2 === bands.length ? near : 0);
    });
    if (within.length > 0 || bottom - top > 8) {
      const cells = byColumn(within, gutters);
      if (lineXs.length > 0) spanAcross(cells, grid, gutters, (top + bottom) / 2);
      lines.push({ words: cells, top, bottom });
    }
  }
  spanDown(lines, grid, gutters, extent);
  const few = lines.length <= 3;
  const rows = lines.flatMap(({ words: cells }) => {
    const inRows = rowsOf(cells.flat());
    // A grid with rules around the header and the whole body only: the body's lines tell its rows.
    return few && inRows.length > 5 ? recordsOf(inRows, gutters) : [cells.map(rowsOf)];
  });
  const filled = rows.filter((row) => row.filter((cell) => cell.length > 0).length >= 2).length;
  if (rows.length < 2 || filled < 2) return null;
  return { ...extent, gutters, rows, headed: true };
}

/** What stands in a cell that spans columns belongs to the first of them. */
function spanAcross(cells: Word[][], grid: Grid, gutters: number[], y: number): void {
  const parted = gutters.map((x) =>
    grid.down.some((line) => Math.abs(line.at - x) <= near && line.from < y && line.to > y),
  );
  for (let first = 0; first < cells.length;) {
    let last = first;
    while (last < gutters.length && !parted[last]) last += 1;
    const words = cells.slice(first, last + 1).flat();
    if (last > first && isOnePhrase(words))
      for (let at = first; at <= last; at += 1) cells[at] = at === first ? words : [];
    first = last + 1;
  }
}

/** A header without rules down is still one of several cells: they stand apart. */
const isOnePhrase = (words: Word[]): boolean =>
  rowsOf(words).every((row) =>
    row.words.every((word, at) => at === 0 || word.left - row.words[at - 1]!.right < row.size * 1.6),
  );

/** What stands in a cell that spans rows belongs to each of them. */
function spanDown(
  lines: { words: Word[][]; top: number; bottom: number }[],
  grid: Grid,
  gutters: number[],
  extent: { left: number; right: number },
): void {
  if (grid.down.length === 0) return;
  const edges = [extent.left, ...gutters, extent.right];
  for (let column = 0; column < gutters.length + 1; column += 1) {
    const middle = (edges[column]! + edges[column + 1]!) / 2;
    const parted = (y: number) =>
      grid.across.some((line) => Math.abs(line.at - y) <= near && line.from < middle && line.to > middle);
    for (let from = 0; from < lines.length;) {
      let to = from + 1;
      while (to < lines.length && !parted(lines[to]!.top)) to += 1;
      const spanned = lines.slice(from, to);
      const words = spanned.flatMap((line) => line.words[column]!);
      if (spanned.length > 1) for (const line of spanned) line.words[column] = [...words];
      from = to;
    }
  }
}

/** Places between columns where hardly a line writes across. */
function whiteGutters(words: Word[]): number[] {
  const rows = rowsOf(words);
  const [left, right] = [Math.min(...words.map((word) => word.left)), Math.max(...words.map((word) => word.right))];
  const gutters: number[] = [];
  let free = 0;
  for (let x = Math.ceil(left); x <= right; x += 1) {
    const crossed = rows.filter((row) => row.words.some((word) => word.left < x + 0.5 && word.right > x - 0.5)).length;
    if (crossed <= rows.length * 0.08) free += 1;
    else {
      if (free >= 6 && x - free > left + 2) gutters.push(x - free / 2);
      free = 0;
    }
  }
  return gutters;
}
