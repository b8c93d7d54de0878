import type { CellContent } from "../../import/files/table.ts";
import { BadCell } from "../../import/reasons.ts";
import { compileCell } from "../../import/rows/compile-cell.ts";
import { converterOf } from "../../import/rows/convert.ts";
import { createZone } from "../../import/values/zoned-time.ts";
import type { Field, Value } from "../../records.ts";
import { tidyValue } from "./tidy-value.ts";
import type { Cell } from "./mapping-settings.ts";

/** Reads a field from a row whose columns are asked for by name; what can't be read is null. */
export type FieldReader = (column: (name: string) => unknown) => Value;

/** The import's way of reading a cell, on a row of a database or of an answer in JSON. */
export function readerOf(field: Field, spec: Cell, timeZone: string): FieldReader {
  const zone = createZone(spec.time_zone ?? timeZone);
  const names: string[] = [];
  const binding = {
    used: new Set<string>(),
    faults: [],
    column: (name: string) => {
      const index = names.indexOf(name) < 0 ? names.push(name) - 1 : names.indexOf(name);
      return ({ cells }: { cells: CellContent[] }) => cells[index];
    },
  };
  const read = compileCell(spec, [], binding, "");
  const convert = converterOf(field.type, spec, { zone, decimal: spec.decimal ?? "." });
  return (column) => {
    const cells = names.map((name) => contentOf(column(name)));
    // A Date is an instant here, but a workbook's Date is wall-clock time: it needs no zone.
    const [only] = cells;
    if (field.type === "time" && only instanceof Date && names.length === 1) return tidyValue(field, only);
    try {
      const content = read({ cells, line: 0, number: 0, joined: [] });
      if (field.type === "boolean" && typeof content === "boolean") return content;
      return tidyValue(field, convert(content));
    } catch (thrown) {
      if (thrown instanceof BadCell) return null;
      throw thrown;
    }
  };
}

function contentOf(value: unknown): CellContent {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (value instanceof Date) return value;
  if (Array.isArray(value))
    return value.flatMap((item) => (item === null || typeof item === "object" ? [] : [String(item)]));
  if (typeof value === "bigint") return value.toString();
  return Buffer.isBuffer(value) ? value.toString("utf8") : JSON.stringify(value);
}
