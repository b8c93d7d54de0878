import { parse } from "csv-parse/sync";
import { SunbaeError } from "../../core/errors.ts";
import type { ReadDocument } from "./loaded-document.ts";
import { createTextBuilder } from "./text-builder.ts";

/** A table with a header row; the delimiter is found out. Rows of another length are padded and counted. */
export function readCsv(source: string, name: string): ReadDocument {
  let rows: string[][];
  try {
    rows = parse(source, {
      delimiter: findDelimiter(source),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new SunbaeError("invalid_input", `The file is not a readable CSV table: ${message}`, { cause: error });
  }
  const header = rows[0];
  if (!header) throw new SunbaeError("invalid_input", "The table has no rows.");
  const uneven = rows.filter((row) => row.length !== header.length).length;
  const width = Math.max(...rows.slice(0, 1000).map((row) => row.length));
  const builder = createTextBuilder();
  builder.heading(1, name);
  builder.table(rows.map((row) => Array.from({ length: width }, (_, index) => oneLine(row[index] ?? ""))));
  const notices = uneven > 0 ? [`${uneven} row${uneven === 1 ? " has" : "s have"} another number of columns.`] : [];
  return { ...builder.finish(), title: name, notices };
}

const oneLine = (cell: string) => cell.replaceAll(/\s*\n\s*/g, " ");

function findDelimiter(source: string): string {
  const firstLine = source.slice(0, 4000).split("\n", 1)[0] ?? "";
  const counts = [",", ";", "\t", "|"].map((mark) => ({ mark, count: firstLine.split(mark).length - 1 }));
  return counts.toSorted((a, b) => b.count - a.count)[0]!.mark;
}
