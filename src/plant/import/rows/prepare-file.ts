import type { FieldType, Value } from "../../records.ts";
import { catalogue } from "../../mes/catalogue.ts";
import type { LocatedFile } from "../files/locate-files.ts";
import { openTable } from "../files/open-table.ts";
import type { RawRow, Table } from "../files/table.ts";
import type { CellSpec, Entry } from "../mapping/schema.ts";
import { emptyFileReport } from "../report.ts";
import type { FileReport } from "../report.ts";
import { createZone } from "../values/zoned-time.ts";
import type { Zone } from "../values/zoned-time.ts";
import { bindColumns } from "./bind-columns.ts";
import type { Binding, ColumnFault, Path, RowView } from "./bind-columns.ts";
import { compileCell } from "./compile-cell.ts";
import type { CellReader } from "./compile-cell.ts";
import { converterOf } from "./convert.ts";
import type { Spelling } from "./convert.ts";
import { createFilter } from "./filter-rows.ts";
import { inferSpelling } from "./infer-spelling.ts";
import type { Watched } from "./infer-spelling.ts";
import { loadJoin } from "./load-join.ts";
import type { LoadedJoin } from "./load-join.ts";
import type { Lookups } from "./lookups.ts";
import { wideColumns } from "./wide-columns.ts";

/** A file opened, its columns found and its spelling learned: all that can be known before the first row is written. */
export type PreparedFile<E extends Entry = Entry> = {
  entry: E;
  file: LocatedFile;
  table: Table;
  binding: Binding;
  joins: LoadedJoin[];
  /** undefined for rows that a filter passes over. */
  view: (row: RawRow, number: number) => RowView | undefined;
  /** The values of the entry's cells by field (for readings: time, equipment, tag, value, unit); throw BadCell. */
  values: Map<string, { spec: CellSpec; type: FieldType; read: (row: RowView) => Value }>;
  spelling: Spelling;
  report: FileReport;
};

type TypedCell = { name: string; type: FieldType; spec: CellSpec; path: Path };

export async function prepareFile(
  entry: Entry,
  path: Path,
  file: LocatedFile,
  plant: { folder: string; zone: Zone; lookups: Lookups },
): Promise<{ prepared?: PreparedFile; faults: ColumnFault[]; report: FileReport }> {
  const report = emptyFileReport(file.name, entry.records);
  const table = await openTable(file, entry);
  if (!table) return { faults: [], report: { ...report, notes: [{ kind: "empty_file" }] } };
  report.encoding = table.encoding ?? null;
  report.delimiter = table.delimiter ?? null;
  const joins: LoadedJoin[] = [];
  const binding = bindColumns(file.name, table, joins);
  const bare = (row: RawRow, number: number): RowView => ({ cells: row.cells, line: row.line, number, joined: [] });
  for (const [index, join] of (entry.join ?? []).entries())
    joins.push(
      await loadJoin(join, [...path, "join", index], plant.folder, plant.zone, {
        table,
        binding,
        file: file.name,
        view: bare,
      }),
    );
  const wanted = createFilter(entry, path, binding);
  const view: PreparedFile["view"] = (row, number) => {
    const made = bare(row, number);
    if (!wanted(made)) return undefined;
    for (const join of joins) made.joined.push(join.find(made));
    return made;
  };
  const cells = typedCells(entry, path).map((cell) => ({
    ...cell,
    read: compileCell(cell.spec, cell.path, binding, file.name, plant.lookups),
  }));
  const wide = wideColumns(entry, path, table, binding);
  const faults = [...binding.faults, ...joins.flatMap((join) => join.faults)];
  if (faults.length > 0) return { faults, report };
  const inferred = await inferSpelling(table, view, {
    ...watchedOf(
      cells,
      file.name,
      entry,
      wide.map((column) => column.read),
    ),
    decimalPath: path,
  });
  const spelling: Spelling = { zone: plant.zone, decimal: entry.decimal ?? inferred.decimal };
  for (const join of joins) join.unmatched = 0;
  const values: PreparedFile["values"] = new Map();
  for (const { name, type, spec, read } of cells) {
    const zone = spec.time_zone ? createZone(spec.time_zone) : plant.zone;
    const convert = converterOf(type, spec, { ...spelling, zone, order: inferred.orders.get(spec) });
    values.set(name, { spec, type, read: (row) => convert(read(row)) });
    const order = inferred.orders.get(spec);
    if (order) report.notes.push({ kind: "day_order", column: spec.column ?? name, order });
  }
  return {
    prepared: { entry, file, table, binding, joins, view, values, spelling, report },
    faults: inferred.faults,
    report,
  };
}

function typedCells(entry: Entry, path: Path): TypedCell[] {
  if (entry.records === "readings") {
    const types = { time: "time", equipment: "equipment", tag: "text", value: "number", unit: "text" } as const;
    return (Object.keys(types) as (keyof typeof types)[]).flatMap((name) => {
      const spec = entry[name];
      return spec ? [{ name, type: types[name], spec, path: [...path, name] }] : [];
    });
  }
  const fields = new Map(catalogue[entry.records].fields.map((field) => [field.name, field]));
  return Object.entries(entry.columns).flatMap(([name, spec]) => {
    const field = fields.get(name);
    return field ? [{ name, type: field.type, spec, path: [...path, "columns", name] }] : [];
  });
}

function watchedOf(
  cells: (TypedCell & { read: CellReader })[],
  file: string,
  entry: Entry,
  wide: CellReader[],
): { times: Watched[]; numbers: Watched[] } {
  const labelled = cells.map((cell) => ({
    ...cell,
    label: `${file}, ${cell.spec.column ? `column "${cell.spec.column}"` : cell.name}`,
  }));
  const times = labelled.filter(
    ({ type, spec }) => type === "time" && spec.format === undefined && spec.day_first === undefined,
  );
  if (entry.decimal) return { times, numbers: [] };
  const numbers: Watched[] = labelled.filter(
    ({ type, spec }) => (type === "number" || type === "minutes") && spec.decimal === undefined,
  );
  for (const read of wide) numbers.push({ spec: {}, path: [], label: file, read });
  return { times, numbers };
}
