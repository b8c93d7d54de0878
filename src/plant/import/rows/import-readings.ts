import type { Row } from "../../records.ts";
import type { ReadingsEntry } from "../mapping/schema.ts";
import { BadCell } from "../reasons.ts";
import type { Reason } from "../reasons.ts";
import { textOf } from "../values/clean-text.ts";
import type { RowView } from "./bind-columns.ts";
import { numberConverter } from "./convert.ts";
import type { ImportStep } from "./import-records.ts";
import { leaveOut } from "./leave-out.ts";
import type { PreparedFile } from "./prepare-file.ts";
import { createReadingBatch } from "./reading-batch.ts";
import { splitUnit, tagSlug, wideColumns } from "./wide-columns.ts";
import type { WideColumn } from "./wide-columns.ts";

type Prepared = PreparedFile<ReadingsEntry>;
/** One reading of a row, or why there is none. */
type Put = (tag: Row, declared: boolean, time: number, value: number) => void;

/** Reads one file of readings, one a row or one column a tag, and creates the tags that are not known yet. */
export async function importReadings(prepared: Prepared, path: (string | number)[], step: ImportStep): Promise<void> {
  const { report, table, entry } = prepared;
  const batch = createReadingBatch(step, report);
  const reader = entry.tags ? wideReader(prepared, path, batch.put) : longReader(prepared, batch.put);
  step.onBatch(prepared);
  for await (const rows of table.batches()) {
    for (const raw of rows) {
      report.rowsRead += 1;
      if (raw.problem) {
        leaveOut(report, raw.line, raw.problem);
        continue;
      }
      const view = prepared.view(raw, report.rowsRead);
      if (!view) report.filtered += 1;
      else read(view);
      if (batch.full()) await batch.flush();
    }
    step.onBatch(prepared);
  }
  await batch.flush();
  reader.finish();

  function read(view: RowView): void {
    let field = "time";
    const value = (
      name: string,
      required: boolean,
    ): ReturnType<NonNullable<ReturnType<Prepared["values"]["get"]>>["read"]> => {
      field = name;
      const found = prepared.values.get(name)?.read(view) ?? null;
      if (found === null && required) throw new BadCell({ kind: "empty" });
      return found;
    };
    try {
      const time = value("time", true) as Date; // the cell's type is time
      const named = textOf(value("equipment", entry.equipment !== undefined));
      const equipment = named === null ? null : step.lookups.equipmentId(named);
      if (equipment !== null) step.lookups.nameEquipment(equipment);
      reader.read(view, time.getTime(), equipment, value);
    } catch (error) {
      if (!(error instanceof BadCell)) throw error;
      const spec = prepared.values.get(field)?.spec;
      leaveOut(report, view.line, error.reason, field, spec?.column);
    }
  }
}

type ReadValue = (name: string, required: boolean) => Row[string];
type Reader = {
  read: (view: RowView, time: number, equipment: string | null, value: ReadValue) => void;
  finish: () => void;
};

function longReader({ entry }: Prepared, put: Put): Reader {
  const read: Reader["read"] = (_view, time, equipment, value) => {
    const text = String(value("tag", true));
    const number = value("value", false);
    if (typeof number !== "number") return;
    const unit = entry.unit ? textOf(value("unit", false)) : null;
    const { name, unit: bracketUnit } = splitUnit(text);
    const prefixed = equipment === null || text.startsWith(`${equipment}.`);
    const dot = text.indexOf(".");
    const row: Row = {
      id: prefixed ? text : `${equipment}.${tagSlug(name)}`,
      equipment_id: equipment ?? (dot > 0 ? text.slice(0, dot) : null),
      name: readable(prefixed && dot > 0 ? text.slice(equipment === null ? dot + 1 : equipment.length + 1) : name),
      unit: unit ?? bracketUnit,
    };
    put(row, false, time, number);
  };
  return { read, finish: () => undefined };
}

function wideReader(prepared: Prepared, path: (string | number)[], put: Put): Reader {
  const { entry, table, binding, report, spelling } = prepared;
  const known = new Map<
    string,
    WideColumn & { convert: ReturnType<typeof numberConverter>; good: number; bad: number; rows: Map<string, Row> }
  >();
  let columnsSeen = 0;
  const learn = (): void => {
    for (const wide of wideColumns(entry, path, table, binding)) {
      if (known.has(wide.column)) continue;
      const { scale, offset, unit } = wide.details;
      known.set(wide.column, {
        ...wide,
        convert: numberConverter({ scale, offset, unit }, spelling),
        good: 0,
        bad: 0,
        rows: new Map(),
      });
    }
    columnsSeen = table.columns.length;
  };
  learn();
  const columns = (): typeof known => {
    if (table.columns.length > columnsSeen) learn();
    return known;
  };
  const read: Reader["read"] = (view, time, equipment) => {
    if (equipment === null) return;
    for (const wide of columns().values()) {
      let value: number | null;
      try {
        value = wide.convert(wide.read(view));
      } catch (error) {
        if (!(error instanceof BadCell)) throw error;
        wide.bad += 1;
        reportBad(wide, view.line, error.reason);
        continue;
      }
      if (value === null) continue;
      wide.good += 1;
      let tag = wide.rows.get(equipment);
      if (!tag) wide.rows.set(equipment, (tag = tagOf(wide, equipment)));
      put(tag, wide.named, time, value);
    }
  };
  /** A column of texts met by "*" is no tag: one note at the end instead of a problem a row. */
  const reportBad = (wide: { named: boolean; good: number; column: string }, line: number, reason: Reason): void => {
    if (wide.named || wide.good > 0) leaveOut(report, line, reason, "value", wide.column);
  };
  const finish = (): void => {
    for (const wide of known.values()) {
      binding.used.add(wide.column);
      if (wide.bad > 0 && wide.good === 0) report.notes.push({ kind: "text_column", column: wide.column });
    }
  };
  return { read, finish };
}

function tagOf({ column, details }: WideColumn, equipment: string): Row {
  const { name, unit } = splitUnit(column);
  const { id, scale: _scale, offset: _offset, ...declared } = details;
  return {
    name: readable(name),
    unit,
    ...declared,
    id: `${equipment}.${id ?? tagSlug(name)}`,
    equipment_id: equipment,
  };
}

const readable = (name: string): string => name.replace(/_+/g, " ").trim();
