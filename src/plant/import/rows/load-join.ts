import { SunbaeError } from "../../../core/errors.ts";
import { locateFiles } from "../files/locate-files.ts";
import { openTable } from "../files/open-table.ts";
import type { CellContent, RawRow, Table } from "../files/table.ts";
import type { CellSpec, JoinSpec } from "../mapping/schema.ts";
import { nameKey, textOf } from "../values/clean-text.ts";
import type { Zone } from "../values/zoned-time.ts";
import { bindColumns } from "./bind-columns.ts";
import type { Binding, ColumnFault, JoinedTable, Path, RowView } from "./bind-columns.ts";
import { compileCell } from "./compile-cell.ts";
import { converterOf } from "./convert.ts";
import { inferSpelling } from "./infer-spelling.ts";
import { createFilter } from "./filter-rows.ts";

export type LoadedJoin = JoinedTable & {
  find: (row: RowView) => CellContent[] | undefined;
  file: string;
  unmatched: number;
  repeated: number;
  faults: ColumnFault[];
  unusedColumns: () => string[];
};
type KeyPart = (row: RowView) => string | null;
const mostRows = 1_000_000;

/** Reads the joined file into memory, by the key that its `on` makes. The first row of a key counts. */
export async function loadJoin(
  join: JoinSpec,
  path: Path,
  folder: string,
  zone: Zone,
  base: { table: Table; binding: Binding; file: string; view: (row: RawRow, number: number) => RowView | undefined },
): Promise<LoadedJoin> {
  const [file, ...others] = await locateFiles(join.file, folder);
  if (!file || others.length > 0)
    throw new SunbaeError(
      "invalid_input",
      `join: ${file ? `"${join.file}" is several files` : `there is no file "${join.file}"`}.`,
    );
  const table = await openTable(file, join);
  if (!table) throw new SunbaeError("invalid_input", `join: ${file.name} is empty.`);
  const binding = bindColumns(file.name, table, []);
  const filter = createFilter(join, path, binding);
  const view = (row: RawRow, number: number): RowView | undefined => {
    const made = { cells: row.cells, line: row.line, number, joined: [] };
    return filter(made) ? made : undefined;
  };
  const there = await keyParts(join, path, "there", zone, { table, binding, file: file.name, view });
  const here = await keyParts(join, path, "here", zone, base);
  const rows = new Map<string, CellContent[]>();
  const loaded: LoadedJoin = {
    as: join.as,
    columns: table.columns,
    used: binding.used,
    file: file.name,
    unmatched: 0,
    repeated: 0,
    faults: [...binding.faults, ...there.faults, ...here.faults],
    find: (row) => {
      const key = keyOf(here.parts, row);
      const found = key === null ? undefined : rows.get(key);
      if (!found) loaded.unmatched += 1;
      return found;
    },
    unusedColumns: () => table.columns.filter((column) => !binding.used.has(column)),
  };
  if (loaded.faults.length > 0) return loaded;
  let number = 0;
  for await (const batch of table.batches()) {
    for (const raw of batch) {
      const row = raw.problem ? undefined : view(raw, ++number);
      const key = row ? keyOf(there.parts, row) : null;
      if (key === null) continue;
      if (rows.has(key)) loaded.repeated += 1;
      else rows.set(key, raw.cells);
    }
    if (rows.size > mostRows)
      throw new SunbaeError(
        "too_large",
        `join: ${file.name} has over ${mostRows} rows; join the smaller file to the larger one.`,
      );
  }
  return loaded;
}

function keyOf(parts: KeyPart[], row: RowView): string | null {
  const texts = parts.map((part) => part(row));
  return texts.includes(null) ? null : texts.join("\u0001");
}

async function keyParts(
  join: JoinSpec,
  path: Path,
  side: "here" | "there",
  zone: Zone,
  of: { table: Table; binding: Binding; file: string; view: (row: RawRow, number: number) => RowView | undefined },
): Promise<{ parts: KeyPart[]; faults: ColumnFault[] }> {
  const cells = join.on.map((pair, index) => {
    const spec: CellSpec = pair[side];
    const at = [...path, "on", index, side];
    return {
      spec,
      path: at,
      label: `${of.file} ${spec.column ?? ""}`,
      read: compileCell(spec, at, of.binding, of.file),
      as: pair.as,
    };
  });
  const times = cells.filter(
    (cell) => cell.as === "time" && cell.spec.format === undefined && cell.spec.day_first === undefined,
  );
  const { orders, faults } = await inferSpelling(of.table, of.view, { times, numbers: [], decimalPath: path });
  const parts = cells.map(({ spec, read, as }): KeyPart => {
    if (as === "text") return (row) => safely(() => keyText(textOf(read(row))));
    const convert = converterOf("time", spec, { zone, decimal: ".", order: orders.get(spec) });
    return (row) =>
      safely(() => {
        const time = convert(read(row));
        return time instanceof Date ? String(time.getTime()) : null;
      });
  });
  return { parts, faults };
}

const keyText = (text: string | null): string | null => (text === null ? null : nameKey(text));

/** A key that can't be read matches nothing. */
function safely(read: () => string | null): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
