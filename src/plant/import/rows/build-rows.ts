import { catalogue } from "../../mes/catalogue.ts";
import type { Row } from "../../records.ts";
import type { RecordsEntry } from "../mapping/schema.ts";
import { BadCell } from "../reasons.ts";
import type { RowView } from "./bind-columns.ts";
import { converterOf, numberConverter } from "./convert.ts";
import type { Lookups } from "./lookups.ts";
import type { PreparedFile } from "./prepare-file.ts";
import { createPositionIds, createRowIds } from "./row-id.ts";
import { splitUnit, wideColumns } from "./wide-columns.ts";

/** A cell that can't be used, with the field it was meant for. */
export type FieldFault = { field: string; column: string | undefined; error: BadCell };
export type BuiltRows = { rows: Row[] } | { fault: FieldFault };

/**
 * Makes the records of one row of the file: one, or one a measurement. `nth`: which entry of the mapping this is that
 * reads this file into this record set; rows without an id must not take those of an earlier one.
 */
export function createRowBuilder(
  prepared: PreparedFile<RecordsEntry>,
  path: (string | number)[],
  lookups: Lookups,
  nth = 1,
): (view: RowView) => BuiltRows {
  const { entry, values, report } = prepared;
  const fields = [...values].map(([name, value]) => ({ name, ...value }));
  const defaults = defaultsOf(entry, prepared);
  const idOf = entry.columns.id ? undefined : rowIds(prepared, nth);
  const spread = entry.measurements ? createSpread(prepared, path) : undefined;

  return (view) => {
    const row: Row = {};
    for (const { name, spec, type, read } of fields) {
      try {
        let value = read(view);
        if (value === null) value = defaults[name] ?? null;
        if (value === null && (spec.required || name === "id")) throw new BadCell({ kind: "empty" });
        if (type === "equipment" && typeof value === "string") value = lookups.equipmentId(value);
        row[name] = value;
      } catch (error) {
        if (!(error instanceof BadCell)) throw error;
        if (spec.if_invalid !== "empty") return { fault: { field: name, column: spec.column, error } };
        row[name] = defaults[name] ?? null;
        report.emptied[name] = (report.emptied[name] ?? 0) + 1;
      }
    }
    for (const [name, value] of Object.entries(defaults)) row[name] ??= value;
    if (idOf) row.id = idOf(row, view);
    return spread ? spread(view, row) : { rows: [row] };
  };
}

/** Names rows by their key, else by their content; inspections without a time by their place, which is their order. */
function rowIds({ entry, file }: PreparedFile<RecordsEntry>, nth: number): (row: Row, view: RowView) => string {
  const { key, records } = entry;
  const scope = nth === 1 ? file.name : `${file.name}-${nth}`;
  if (key) {
    const ofKey = createRowIds(records);
    return (row) => ofKey(key.map((name) => row[name] ?? null));
  }
  if (records === "inspections" && !entry.columns["inspected_at"]) {
    const ofPlace = createPositionIds(scope);
    return (_, view) => ofPlace(view.number);
  }
  const ofContent = createRowIds(`${records}:${scope}`);
  if (records !== "inspections" || entry.columns["subgroup"] || entry.measurements)
    return (_, view) => ofContent(view.cells);
  // Where only the day is known, values of one series follow each other as they are written.
  const times = new Map<string, number>();
  return (row, view) => {
    const series = JSON.stringify([row.inspected_at, row.equipment_id, row.product, row.characteristic]);
    const nth = (times.get(series) ?? 0) + 1;
    times.set(series, nth);
    return `${nth}-${ofContent(view.cells)}`;
  };
}

function defaultsOf(entry: RecordsEntry, prepared: PreparedFile): Row {
  const types = new Map(catalogue[entry.records].fields.map((field) => [field.name, field.type]));
  const made: Row = {};
  for (const [name, constant] of Object.entries(entry.defaults ?? {}))
    made[name] = converterOf(types.get(name) ?? "text", { constant }, { ...prepared.spelling, decimal: "." })(constant);
  return made;
}

/** Several measurement columns: each becomes an inspection, as one of a subgroup or as a characteristic of its own. */
function createSpread(
  prepared: PreparedFile<RecordsEntry>,
  path: (string | number)[],
): (view: RowView, row: Row) => BuiltRows {
  const { entry, table, binding } = prepared;
  const subgroups = entry.measurements?.as === "subgroup";
  const columns = wideColumns(entry, path, table, binding).map((wide) => {
    binding.used.add(wide.column);
    return { ...wide, ...splitUnit(wide.column), convert: numberConverter({}, prepared.spelling) };
  });
  const width = String(columns.length).length;
  return (view, row) => {
    const rows: Row[] = [];
    for (const [index, { column, name, unit, read, convert }] of columns.entries()) {
      try {
        const value = convert(read(view));
        if (value === null) continue;
        const made: Row = { ...row, id: `${String(row.id)}.${String(index + 1).padStart(width, "0")}`, value };
        if (subgroups) made.subgroup ??= String(view.number);
        else made.characteristic = name;
        if (unit !== null) made.unit ??= unit;
        rows.push(made);
      } catch (error) {
        if (!(error instanceof BadCell)) throw error;
        return { fault: { field: "value", column, error } };
      }
    }
    return { rows };
  };
}
