import type { Row, Word } from "./rows.ts";
import { median, rowsOf } from "./rows.ts";

/** A table as it stands on a page: rows of cells of lines. */
export type Table = {
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Where one column ends and the next begins, ascending: one fewer than columns. */
  gutters: number[];
  rows: Row[][][];
  /** Rows at the top that are written as a header. */
  headed: boolean;
};

export const cellText = (cell: Row[]): string =>
  cell.map((row) => row.words.map((word) => word.text).join(" ")).join(" ");

/** Words sorted into columns by where they stand. */
export function byColumn(words: Word[], gutters: number[]): Word[][] {
  const columns: Word[][] = Array.from({ length: gutters.length + 1 }, () => []);
  for (const word of words) {
    const middle = (word.left + word.right) / 2;
    const at = gutters.findIndex((x) => middle < x);
    columns[at === -1 ? gutters.length : at]!.push(word);
  }
  return columns;
}

/** Lines of a table without rules between its rows: which of them begin a row, and which go on in one. */
export function recordsOf(lines: Row[], gutters: number[]): Row[][][] {
  const cells = lines.map((line) => byColumn(line.words, gutters));
  const pitches = lines.slice(1).map((line, index) => line.top - lines[index]!.top);
  const within = usualPitch(pitches);
  const closeLines = cells.filter((_, index) => index > 0 && pitches[index - 1]! <= within.line * 1.25);
  const full = closeLines.filter((columns) => columns.every((words) => words.length > 0)).length;
  // Rows in groups: lines close to each other that fill every column are rows, not the second lines of cells.
  const spaced = within.spaced && full < closeLines.length * 0.5;
  const boldHead = lines.findIndex((line) => !line.bold);
  const records: Word[][][] = [];
  cells.forEach((columns, index) => {
    const last = records.at(-1);
    const pitch = index === 0 ? Infinity : pitches[index - 1]!;
    const first = columns[0]!.length > 0;
    const close = pitch <= within.line * 1.25;
    const inHead = index < boldHead && boldHead >= 2 && boldHead < lines.length;
    const goesOn = close && (!first || spaced || inHead);
    if (last && goesOn) columns.forEach((words, column) => last[column]!.push(...words));
    else records.push(columns.map((words) => [...words]));
  });
  return records.map((columns) => columns.map(rowsOf));
}

/** The pitch of lines within a cell, and whether rows stand further apart than that. */
function usualPitch(pitches: number[]): { line: number; spaced: boolean } {
  const least = Math.min(...pitches);
  const close = pitches.filter((pitch) => pitch <= least * 1.25);
  const far = pitches.filter((pitch) => pitch > least * 1.4);
  // Rows of one line each all stand equally far apart: no pitch is one of lines within a cell.
  return { line: median(close), spaced: far.length >= 2 && close.length >= 1 && far.length >= pitches.length * 0.2 };
}
