import { matcherOf } from "../../import/rows/match-row.ts";
import type { CellContent } from "../../import/files/table.ts";
import type { RecordSetName, Row } from "../../records.ts";
import { catalogue } from "../catalogue.ts";
import { readerOf } from "../mapping/convert-cell.ts";
import type { Match } from "../mapping/mapping-settings.ts";
import { valueAt } from "./json-path.ts";
import type { RestEntry } from "./rest-mes-settings.ts";

/** Rows of JSON as records; those without an id, and those that the mapping leaves out, are none. */
export function readRecords(
  records: RecordSetName,
  entry: RestEntry,
  rows: unknown[],
  source: string,
  timeZone: string,
): Row[] {
  const fields = catalogue[records].fields.map((field) => {
    const cell = entry.columns[field.name];
    return { name: field.name, read: cell ? readerOf(field, cell, timeZone) : () => null };
  });
  const tests = [
    ...testsOf(entry.only_when).map((test) => ({ ...test, wanted: true })),
    ...testsOf(entry.skip_when).map((test) => ({ ...test, wanted: false })),
  ];
  return rows.flatMap((row) => {
    if (tests.some(({ column, matches, wanted }) => matches(contentOf(valueAt(row, column))) !== wanted)) return [];
    const record: Row = { source };
    for (const { name, read } of fields) record[name] = read((column) => valueAt(row, column));
    return record["id"] === null ? [] : [record];
  });
}

function testsOf(rules: Record<string, Match> | undefined) {
  return Object.entries(rules ?? {}).map(([column, wanted]) => ({ column, matches: matcherOf(wanted) }));
}

const contentOf = (value: unknown): CellContent =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : (value as CellContent);
