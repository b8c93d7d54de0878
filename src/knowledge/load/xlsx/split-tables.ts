import { joinHeaderRows } from "../merged-cells.ts";
import type { Merge } from "./read-sheet.ts";

// Finds the tables on a sheet. People put titles above them, merge cells, leave columns empty and put several tables on
// one sheet with an empty row or column between.

/** `preamble`: lines above the table. `rows`: header first; empty where there is only text. */
export type FoundTable = { preamble: string[]; rows: string[][]; columns: number[] };

type Region = { rows: string[][]; merges: Merge[] };

export function splitTables(given: string[][], all: Merge[]): FoundTable[] {
  const rows = fillDown(given, all);
  // So many are made by a program, and would be looked through once for each table.
  const merges = all.length > 3_000 ? [] : all;
  const found: FoundTable[] = [];
  for (const band of bandsOf(rows)) {
    const region = { rows: rows.slice(band.from, band.to), merges: shifted(merges, band.from, 0) };
    const last = found.at(-1);
    const more = last && goingOn(last, region.rows);
    if (more) last.rows.push(...more);
    else for (const part of besideEachOther(region)) add(tableOf(part), found);
  }
  return found;
}

/** A line or two of text over a table belong to it, though an empty row stands between. */
function add(table: FoundTable, found: FoundTable[]): void {
  const last = found.at(-1);
  const title = last && last.rows.length === 0 && last.preamble.length <= 3 && table.rows.length > 0 ? last : undefined;
  if (title) found.pop();
  found.push(title ? { ...table, preamble: [...title.preamble, ...table.preamble] } : table);
}

const isBlank = (row: string[]) => row.every((cell) => cell === "");
const countOf = (row: string[]) => row.filter((cell) => cell !== "").length;

/** A cell merged over rows is said in each of them; over columns it stays where it begins. */
function fillDown(given: string[][], merges: Merge[]): string[][] {
  const rows = given.map((row) => [...row]);
  for (const { top, left, bottom, right } of merges) {
    const text = rows[top]?.[left] ?? "";
    // A box over many rows and columns is a remark or a picture's place, no cell of a table.
    if (text === "" || (right - left > 2 && bottom - top > 2)) continue;
    for (let row = top + 1; row <= Math.min(bottom, rows.length - 1); row += 1) {
      const cells = rows[row]!;
      while (cells.length <= left) cells.push("");
      if (cells[left] === "") cells[left] = text;
    }
  }
  return rows;
}

function bandsOf(rows: string[][]): { from: number; to: number }[] {
  const bands: { from: number; to: number }[] = [];
  rows.forEach((row, index) => {
    if (isBlank(row)) return;
    const last = bands.at(-1);
    if (last && last.to === index) last.to = index + 1;
    else bands.push({ from: index, to: index + 1 });
  });
  return bands;
}

const shifted = (merges: Merge[], rows: number, columns: number): Merge[] =>
  merges.map(({ top, left, bottom, right }) => ({
    top: top - rows,
    left: left - columns,
    bottom: bottom - rows,
    right: right - columns,
  }));

/** Tables side by side have an empty column between, and both have at least two columns of their own. */
function besideEachOther({ rows, merges }: Region): Region[] {
  const width = Math.max(...rows.map((row) => row.length));
  const full = Array.from({ length: width }, (_, column) => rows.some((row) => (row[column] ?? "") !== ""));
  const covered = (column: number) =>
    merges.some(({ top, left, right, bottom }) => left < column && right >= column && top < rows.length && bottom >= 0);
  const groups: { from: number; to: number }[] = [];
  for (let column = 0; column < width; column += 1) {
    if (!full[column] && !covered(column)) continue;
    const last = groups.at(-1);
    if (last && last.to === column) last.to = column + 1;
    else groups.push({ from: column, to: column + 1 });
  }
  const columnsIn = (group: { from: number; to: number }) => full.slice(group.from, group.to).filter(Boolean).length;
  const apart = groups.length > 1 && rows.length > 2 && groups.every((group) => columnsIn(group) >= 2);
  const cuts = apart ? groups : [{ from: 0, to: width }];
  return cuts.map(({ from, to }) => ({
    rows: rows.map((row) => Array.from({ length: to - from }, (_, at) => row[from + at] ?? "")),
    merges: shifted(merges, 0, from),
  }));
}

function tableOf({ rows, merges }: Region): FoundTable {
  const header = headerRowOf(rows);
  if (header === null) return { preamble: rows.map(lineOf).filter((line) => line !== ""), rows: [], columns: [] };
  const preamble = rows
    .slice(0, header)
    .map(lineOf)
    .filter((line) => line !== "");
  const height = headerHeight(rows, merges, header);
  const body = rows.slice(header).map((row, index) => (index < height ? spread(row, header + index, merges) : row));
  const joined = joinHeaderRows(body, height);
  const columns = filledColumns(joined);
  const kept = joined.map((row) => columns.map((column) => row[column] ?? "")).filter((row) => !isBlank(row));
  return { preamble, rows: kept, columns };
}

/** "Model: KX-9 | Rev: B" as a line. */
const lineOf = (row: string[]) => row.filter((cell) => cell !== "").join(" ");

/** The first row that fills most of the table's columns with short words; null where there is no table. */
function headerRowOf(rows: string[][]): number | null {
  const sample = rows.slice(0, 60).map(countOf);
  const most = Math.max(...sample);
  if (most < 2 || rows.length < 2) return null;
  const fits = (index: number, share: number) => {
    const cells = rows[index]!.filter((cell) => cell !== "");
    if (cells.length < Math.max(2, most * share)) return false;
    return cells.filter((cell) => cell.length <= 60 && !/^[-+]?[\d.,%]+$/.test(cell)).length >= cells.length * 0.7;
  };
  const lines = Array.from({ length: Math.min(rows.length - 1, 20) }, (_, index) => index);
  const first = lines.find((index) => fits(index, 0.75)) ?? lines.find((index) => fits(index, 0.5));
  return first ?? (most >= 2 && countOf(rows[0]!) >= 2 ? 0 : null);
}

/** A header of two or three rows has cells merged in its first. */
function headerHeight(rows: string[][], merges: Merge[], header: number): number {
  const starting = merges.filter(({ top, bottom }) => top <= header && bottom >= header);
  const lower = Math.max(0, ...starting.map(({ bottom }) => bottom - header));
  const wide = starting.some(({ top, left, right }) => top === header && right > left);
  const next = rows[header + 1];
  const wordy =
    next !== undefined && next.every((cell) => cell.length <= 40 && !/\d{2,}/.test(cell)) && countOf(next) >= 2;
  const height = 1 + (lower > 0 ? lower : wide && wordy ? 1 : 0);
  return height <= 3 && header + height < rows.length ? height : 1;
}

/** A heading over several columns stands in each of them. */
function spread(row: string[], index: number, merges: Merge[]): string[] {
  const cells = [...row];
  for (const { top, left, bottom, right } of merges) {
    if (top > index || bottom < index || left < 0) continue;
    for (let column = left + 1; column <= Math.min(right, cells.length - 1); column += 1)
      if (cells[column] === "") cells[column] = cells[left] ?? "";
  }
  return cells;
}

function filledColumns(rows: string[][]): number[] {
  const width = Math.max(0, ...rows.slice(0, 5_000).map((row) => row.length));
  const [header = [], ...body] = rows;
  const titled = (column: number) => (header[column] ?? "") !== "" && header[column] !== header[column - 1];
  return Array.from({ length: width }, (_, column) => column).filter(
    (column) => titled(column) || body.some((row) => (row[column] ?? "") !== ""),
  );
}

/** Rows after an empty one inside a long list: no header of their own, the same columns, a code of the same shape. */
function goingOn(before: FoundTable, rows: string[][]): string[][] | null {
  const [first, ...others] = before.columns;
  if (first === undefined || others.length === 0) return null;
  const code = rows[0]?.[first] ?? "";
  if (!/\d/.test(code) || !others.some((column) => (rows[0]?.[column] ?? "") !== "")) return null;
  if (rows.some((row) => row.some((cell, column) => cell !== "" && !before.columns.includes(column)))) return null;
  const shape = (cell: string) => cell.replaceAll(/\d+/g, "0").replaceAll(/[A-Za-z]/g, "a");
  const known = before.rows.slice(1, 20).map((row) => shape(row[0] ?? ""));
  return known.includes(shape(code)) ? rows.map((row) => before.columns.map((column) => row[column] ?? "")) : null;
}
