import type { Reason } from "../reasons.ts";

// A table: a file as rows of cells, whatever its format. Line: the row's number in the file, from 1, as an editor or
// a spreadsheet shows it.

/** undefined: the row has no such cell (JSON Lines). Dates come from workbooks and hold wall-clock time in their UTC parts. */
export type CellContent = string | number | boolean | Date | string[] | null | undefined;
export type RawRow = { line: number; cells: CellContent[]; problem?: Reason };

export type Table = {
  /** Grows while JSON Lines are read: a later line may bring a new key. */
  columns: string[];
  /** Rows in batches, in the file's order. Reads the file anew at each call. */
  batches: () => AsyncGenerator<RawRow[]>;
  bytesTotal: number;
  /** Bytes read by the latest `batches()`. */
  bytesRead: () => number;
  format: "csv" | "xlsx" | "jsonl";
  encoding?: string;
  delimiter?: string;
};

export const mostColumns = 5_000;
export const longestLine = 1_000_000;

/** Names without blanks at the ends, each once; an empty name becomes "column N". */
export function uniqueNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((raw, index) => {
    const name = raw.replace(/^\ufeff/, "").trim() || `column ${index + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}
