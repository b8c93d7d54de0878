import type { RecordSetName } from "../records.ts";
import type { Reason } from "./reasons.ts";

/** One thing that was left out: `line` is the row in the file as an editor or spreadsheet shows it. */
export type Problem = { line: number; field?: string; column?: string; reason: Reason; message: string };

export type FileReport = {
  /** Relative to the data folder. */
  file: string;
  records: RecordSetName | "readings";
  encoding: string | null;
  delimiter: string | null;
  rowsRead: number;
  /** Passed over by skip_when and only_when. */
  filtered: number;
  /** Passed over because `unique` saw the id before. */
  repeated: number;
  inserted: number;
  updated: number;
  unchanged: number;
  /** Readings that were written; a reading that was there already counts too. */
  readings: number;
  /** Tags that the readings brought and that were not known. */
  tagsCreated: number;
  /** Rows left out (for readings one column a tag: single cells); the first ones are in `problems`. */
  leftOut: number;
  problems: Problem[];
  /** Values that `if_invalid: empty` let go, by field. */
  emptied: Record<string, number>;
  /** Columns of the file that the mapping uses nowhere. */
  unusedColumns: string[];
  notes: Note[];
};

export type Note =
  | { kind: "empty_file" }
  | { kind: "missing_file" }
  | { kind: "join_unmatched"; join: string; rows: number }
  | { kind: "join_repeated"; join: string; rows: number }
  | { kind: "same_ids"; file: string; rows: number }
  | { kind: "text_column"; column: string }
  | { kind: "day_order"; column: string; order: string };

export type ImportReport = {
  source: string;
  title: string;
  timeZone: string;
  sample: boolean;
  files: FileReport[];
  totals: Pick<FileReport, "rowsRead" | "inserted" | "updated" | "unchanged" | "readings" | "leftOut">;
  /** Equipment ids that rows name but that no equipment has, with the number of rows. */
  unknownEquipment: { id: string; rows: number }[];
  durationMs: number;
};

export const mostProblems = 50;

export function emptyFileReport(file: string, records: FileReport["records"]): FileReport {
  return {
    file,
    records,
    encoding: null,
    delimiter: null,
    rowsRead: 0,
    filtered: 0,
    repeated: 0,
    inserted: 0,
    updated: 0,
    unchanged: 0,
    readings: 0,
    tagsCreated: 0,
    leftOut: 0,
    problems: [],
    emptied: {},
    unusedColumns: [],
    notes: [],
  };
}

export function totalsOf(files: readonly FileReport[]): ImportReport["totals"] {
  const sum = (key: keyof ImportReport["totals"]): number => files.reduce((total, file) => total + file[key], 0);
  return {
    rowsRead: sum("rowsRead"),
    inserted: sum("inserted"),
    updated: sum("updated"),
    unchanged: sum("unchanged"),
    readings: sum("readings"),
    leftOut: sum("leftOut"),
  };
}
