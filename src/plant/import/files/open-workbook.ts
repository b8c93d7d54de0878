import readWorkbook from "read-excel-file/node";
import { SunbaeError } from "../../../core/errors.ts";
import { suggestion } from "../mapping/nearest.ts";
import type { TableSpec } from "../mapping/schema.ts";
import type { LocatedFile } from "./locate-files.ts";
import { mostColumns, uniqueNames } from "./table.ts";
import type { CellContent, RawRow, Table } from "./table.ts";

/** A workbook is unpacked in memory; a larger one is better saved as CSV. */
const largestBytes = 100 * 1024 * 1024;
const batchRows = 2_000;

/** Opens one sheet of an .xlsx workbook: the first, or the one named or numbered. undefined where it has no rows. */
export async function openWorkbook(file: LocatedFile, spec: TableSpec): Promise<Table | undefined> {
  if (file.size === 0) return undefined;
  if (file.size > largestBytes)
    throw new SunbaeError("too_large", `${file.name} is larger than 100 MB.`, {
      fix: "Save the sheet as CSV and import that.",
    });
  const data = await loadSheet(file, spec);
  const header = spec.header ?? 1;
  const headerIndex = header === 0 ? -1 : data.findIndex((row, index) => index >= header - 1 && !isBlank(row));
  const first = data[headerIndex < 0 ? 0 : headerIndex];
  if (!first || (header > 0 && headerIndex < 0)) return undefined;
  if (first.length > mostColumns)
    throw new SunbaeError(
      "invalid_input",
      `${file.name} has ${first.length} columns; at most ${mostColumns} are read.`,
    );
  const names = first.map((cell, index) => (header === 0 ? String(index + 1) : String(cell ?? "")));
  let readShare = 0;
  async function* batches(): AsyncGenerator<RawRow[]> {
    // Unpacked again rather than kept: several large workbooks of one mapping would fill the memory.
    const rows = await loadSheet(file, spec);
    for (let from = headerIndex + 1; from < rows.length; from += batchRows) {
      const batch = rows.slice(from, from + batchRows).map((cells, index) => ({ line: from + index + 1, cells }));
      readShare = Math.min(1, (from + batchRows) / rows.length);
      yield batch.filter((row) => !isBlank(row.cells));
    }
  }
  return {
    columns: uniqueNames(spec.names ?? names),
    batches,
    bytesTotal: file.size,
    bytesRead: () => Math.round(file.size * readShare),
    format: "xlsx",
  };
}

async function loadSheet(file: LocatedFile, spec: TableSpec): Promise<CellContent[][]> {
  const sheets = await readWorkbook(file.path).catch((cause: unknown) => {
    throw new SunbaeError("invalid_input", `${file.name} can't be read as an .xlsx workbook.`, {
      fix: "Open it and save it as .xlsx or CSV.",
      cause,
    });
  });
  const wanted = spec.sheet ?? 1;
  const sheet = typeof wanted === "number" ? sheets[wanted - 1] : sheets.find((one) => one.sheet === wanted);
  if (!sheet) {
    throw new SunbaeError("invalid_input", `${file.name} has no sheet ${JSON.stringify(wanted)}.`, {
      fix: suggestion(
        String(wanted),
        sheets.map((one) => one.sheet),
      ),
    });
  }
  // The library types a date cell as `typeof Date`; it is a Date.
  return sheet.data as unknown as CellContent[][];
}

const isBlank = (row: CellContent[]): boolean =>
  row.every((cell) => cell === null || cell === undefined || cell === "");
