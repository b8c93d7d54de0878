import { parse } from "csv-parse/sync";
import { SunbaeError } from "../../core/errors.ts";
import type { ReadDocument } from "./loaded-document.ts";
import { createTextBuilder } from "./text-builder.ts";
import { splitTables } from "./xlsx/split-tables.ts";
import { writeTable } from "./xlsx/write-table.ts";

const mostRows = 50_000;

/**
 * A table with a header row; the delimiter is found out. Rows of another length are padded and counted. Where lines of
 * text stand over the header, or several tables below one another, they are told apart as on a sheet.
 */
export function readCsv(source: string, name: string): ReadDocument {
  let rows: string[][];
  try {
    rows = parse(source, {
      delimiter: findDelimiter(source),
      relax_column_count: true,
      relax_quotes: true,
      trim: true,
      to: mostRows + 1,
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new SunbaeError("invalid_input", `The file is not a readable CSV table: ${message}.`, {
      fix: "Mend that line, or save it as XLSX.",
      cause: error,
    });
  }
  const isEmpty = (row: string[]) => row.every((cell) => cell === "");
  const full = rows.slice(0, 200).filter((row) => !isEmpty(row));
  const filled = (row: string[]) => row.filter((cell) => cell !== "").length;
  const usual = Math.max(0, ...full.map(filled));
  const notices: string[] = [];
  if (rows.length > mostRows)
    notices.push(
      `Only its first ${mostRows} rows were read: so much is data rather than a document; split it, or import it as plant data.`,
    );
  if (full[0] && usual > 2 && filled(full[0]) * 2 < usual) {
    const sheet = createTextBuilder();
    sheet.heading(1, name);
    for (const table of splitTables(
      rows.map((row) => row.map(oneLine)),
      [],
    ))
      writeTable(table, sheet);
    return { ...sheet.finish(), title: name, notices };
  }
  rows = rows.filter((row) => !isEmpty(row)).slice(0, mostRows);
  const header = rows[0];
  if (!header) throw new SunbaeError("invalid_input", "The table has no rows.");
  const uneven = rows.filter((row) => row.length !== header.length).length;
  const width = Math.max(...rows.slice(0, 1000).map((row) => row.length));
  const builder = createTextBuilder();
  builder.heading(1, name);
  builder.table(rows.map((row) => Array.from({ length: width }, (_, index) => oneLine(row[index] ?? ""))));
  if (uneven > 0) notices.push(`${uneven} row${uneven === 1 ? " has" : "s have"} another number of columns.`);
  return { ...builder.finish(), title: name, notices };
}

const oneLine = (cell: string) => cell.replaceAll(/\s*\n\s*/g, " ");

function findDelimiter(source: string): string {
  const firstLine = source.slice(0, 4000).split("\n", 1)[0] ?? "";
  const counts = [",", ";", "\t", "|"].map((mark) => ({ mark, count: firstLine.split(mark).length - 1 }));
  return counts.toSorted((a, b) => b.count - a.count)[0]!.mark;
}
