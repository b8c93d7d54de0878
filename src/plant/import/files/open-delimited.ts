import { SunbaeError } from "../../../core/errors.ts";
import type { TableSpec } from "../mapping/schema.ts";
import type { LocatedFile } from "./locate-files.ts";
import { detectEncoding } from "./detect-encoding.ts";
import { readLines } from "./read-lines.ts";
import type { Line } from "./read-lines.ts";
import { guessDelimiter, splitLine } from "./split-line.ts";
import { longestLine, mostColumns, uniqueNames } from "./table.ts";
import type { RawRow, Table } from "./table.ts";

const namedDelimiters: Record<string, string> = {
  tab: "\t",
  "\\t": "\t",
  comma: ",",
  semicolon: ";",
  pipe: "|",
  space: " ",
};
/** A quoted cell may span this many lines; a longer one is a quote that was never closed. */
const mostLinesOfARow = 100;

/** Opens delimited text. undefined where the file has no rows at all, not even a header. */
export async function openDelimited(file: LocatedFile, spec: TableSpec): Promise<Table | undefined> {
  const encoding = await detectEncoding(file.path, file.name, spec.encoding);
  let bytesRead = 0;
  const lines = (): AsyncGenerator<Line[]> => readLines(file.path, encoding.name, (bytes) => (bytesRead = bytes));
  const header = spec.header ?? 1;
  const head = await firstLines(lines(), Math.max(header, 1) + 20);
  const useful = head.slice(Math.max(header, 1) - 1).filter((line) => line.text.trim() !== "");
  const first = useful[0];
  if (!first) return undefined;
  if (first.tooLong) {
    throw new SunbaeError(
      "invalid_input",
      `Line ${first.number} of ${file.name} is longer than ${longestLine} characters.`,
      {
        fix: "Is this the right file, with line ends?",
      },
    );
  }
  const declared = spec.delimiter === undefined ? undefined : (namedDelimiters[spec.delimiter] ?? spec.delimiter);
  const delimiter = declared ?? guessDelimiter(useful.map((line) => line.text));
  const cells = splitLine(first.text, delimiter).cells;
  if (cells.length > mostColumns)
    throw new SunbaeError(
      "invalid_input",
      `${file.name} has ${cells.length} columns; at most ${mostColumns} are read.`,
    );
  const given = spec.names ?? (header === 0 ? cells.map((_, index) => String(index + 1)) : cells);
  const columns = uniqueNames(given);
  const headerLine = header === 0 ? 0 : first.number;
  return {
    columns,
    batches: () => readRows(lines(), { columns, headerLine, delimiter, encoding, fill: spec.short_rows === "fill" }),
    bytesTotal: file.size,
    bytesRead: () => bytesRead,
    format: "csv",
    encoding: encoding.name,
    delimiter,
  };
}

async function firstLines(batches: AsyncGenerator<Line[]>, count: number): Promise<Line[]> {
  const found: Line[] = [];
  for await (const batch of batches) {
    found.push(...batch.slice(0, count - found.length));
    if (found.length >= count) break;
  }
  return found;
}

type Layout = {
  columns: string[];
  headerLine: number;
  delimiter: string;
  encoding: { name: string; clean: boolean };
  fill: boolean;
};

async function* readRows(batches: AsyncGenerator<Line[]>, layout: Layout): AsyncGenerator<RawRow[]> {
  let waiting: Line[] = [];
  for await (const batch of batches) {
    const { rows, rest } = rowsOf(waiting.length > 0 ? [...waiting, ...batch] : batch, layout, false);
    waiting = rest;
    if (rows.length > 0) yield rows;
  }
  const { rows } = rowsOf(waiting, layout, true);
  if (rows.length > 0) yield rows;
}

/** Rows of these lines, and the lines of a quoted cell that may go on in the next batch. */
function rowsOf(lines: Line[], layout: Layout, last: boolean): { rows: RawRow[]; rest: Line[] } {
  const rows: RawRow[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as Line;
    if (line.number <= layout.headerLine || line.text.trim() === "") continue;
    let text = line.text;
    let split = splitLine(text, layout.delimiter);
    let end = index;
    while (
      split.state === "open" &&
      end + 1 < lines.length &&
      end - index < mostLinesOfARow &&
      text.length < longestLine
    ) {
      text += `\n${(lines[++end] as Line).text}`;
      if ((lines[end] as Line).text.includes('"')) split = splitLine(text, layout.delimiter);
    }
    const mayGoOn = end - index < mostLinesOfARow && text.length < longestLine;
    if (split.state === "open" && !last && mayGoOn) return { rows, rest: lines.slice(index) };
    if (split.state !== "whole" || (end > index && split.cells.length > layout.columns.length)) {
      rows.push({ line: line.number, cells: [], problem: { kind: "broken_quotes" } });
      continue;
    }
    index = end;
    const row = checkRow(line, split.cells, layout);
    if (row) rows.push(row);
  }
  return { rows, rest: [] };
}

/** undefined for a header that is repeated inside the file. */
function checkRow(line: Line, cells: string[], layout: Layout): RawRow | undefined {
  const expected = layout.columns.length;
  const row: RawRow = { line: line.number, cells };
  if (line.tooLong) return { ...row, problem: { kind: "line_too_long", limit: longestLine } };
  if (!layout.encoding.clean && cells.some((cell) => cell.includes("\ufffd")))
    return { ...row, problem: { kind: "bad_bytes", encoding: layout.encoding.name } };
  if (cells.length > expected && cells.slice(expected).some((cell) => cell.trim() !== ""))
    return { ...row, problem: { kind: "too_many_cells", found: cells.length, expected } };
  if (cells.length < expected && !layout.fill)
    return { ...row, problem: { kind: "too_few_cells", found: cells.length, expected } };
  if (cells.length === expected && cells.every((cell, index) => cell.trim() === layout.columns[index]))
    return undefined;
  return row;
}
