import type { TableSpec } from "../mapping/schema.ts";
import type { LocatedFile } from "./locate-files.ts";
import { openDelimited } from "./open-delimited.ts";
import { openJsonLines } from "./open-json-lines.ts";
import { openWorkbook } from "./open-workbook.ts";
import type { Table } from "./table.ts";

/** Opens a file as a table, by the declared format or its name. undefined where it is empty. */
export async function openTable(file: LocatedFile, spec: TableSpec): Promise<Table | undefined> {
  const format = spec.format ?? formatOf(file.name);
  if (format === "xlsx") return openWorkbook(file, spec);
  if (format === "jsonl") return openJsonLines(file, spec);
  return openDelimited(file, spec);
}

function formatOf(name: string): "csv" | "xlsx" | "jsonl" {
  if (/\.xls[xm]$/i.test(name)) return "xlsx";
  return /\.(jsonl|ndjson|jsonlines)$/i.test(name) ? "jsonl" : "csv";
}
