import { SunbaeError } from "../../../core/errors.ts";
import type { TableSpec } from "../mapping/schema.ts";
import { detectEncoding } from "./detect-encoding.ts";
import type { LocatedFile } from "./locate-files.ts";
import { readLines } from "./read-lines.ts";
import { longestLine, mostColumns } from "./table.ts";
import type { CellContent, RawRow, Table } from "./table.ts";

/** How many objects are looked at to learn the columns; keys that come later are added as they come. */
const sampleRows = 5_000;

/** Opens JSON Lines: one object a line; objects within are columns of their own, "outer.inner". undefined where it is empty. */
export async function openJsonLines(file: LocatedFile, spec: TableSpec): Promise<Table | undefined> {
  const encoding = await detectEncoding(file.path, file.name, spec.encoding);
  const columns: string[] = [];
  const positions = new Map<string, number>();
  let bytesRead = 0;
  const position = (name: string): number => {
    const known = positions.get(name);
    if (known !== undefined) return known;
    if (columns.length >= mostColumns)
      throw new SunbaeError("invalid_input", `${file.name} has over ${mostColumns} different keys; no more are read.`);
    positions.set(name, columns.length);
    return columns.push(name) - 1;
  };
  async function* batches(): AsyncGenerator<RawRow[]> {
    for await (const lines of readLines(file.path, encoding.name, (bytes) => (bytesRead = bytes))) {
      const rows = lines
        .filter((line) => line.text.trim() !== "")
        .map((line): RawRow => {
          if (line.tooLong)
            return { line: line.number, cells: [], problem: { kind: "line_too_long", limit: longestLine } };
          const cells = cellsOf(line.text.replace(/^\ufeff/, ""), position);
          return cells ? { line: line.number, cells } : { line: line.number, cells: [], problem: { kind: "not_json" } };
        });
      if (rows.length > 0) yield rows;
    }
  }
  let looked = 0;
  let good = 0;
  for await (const rows of batches()) {
    looked += rows.length;
    good += rows.filter((row) => !row.problem).length;
    if (looked >= sampleRows) break;
  }
  if (looked === 0) return undefined;
  if (good === 0) {
    throw new SunbaeError("invalid_input", `${file.name} has no line that is a JSON object.`, {
      fix: "JSON Lines has one object a line; write a JSON array as lines first.",
    });
  }
  return {
    columns,
    batches,
    bytesTotal: file.size,
    bytesRead: () => bytesRead,
    format: "jsonl",
    encoding: encoding.name,
  };
}

function cellsOf(text: string, position: (name: string) => number): CellContent[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const cells: CellContent[] = [];
  flatten(value, "", 0, (name, cell) => (cells[position(name)] = cell));
  return cells;
}

function flatten(object: object, prefix: string, depth: number, set: (name: string, cell: CellContent) => void): void {
  for (const [key, value] of Object.entries(object)) {
    const name = prefix + key;
    if (isObject(value) && depth < 5) flatten(value, `${name}.`, depth + 1, set);
    else if (Array.isArray(value))
      set(
        name,
        value.map((one) => (typeof one === "string" ? one : JSON.stringify(one))),
      );
    else if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") set(name, value);
    else set(name, value === null ? null : JSON.stringify(value));
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
