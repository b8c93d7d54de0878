import type { PlantWriter } from "../../plant-writer.ts";
import type { Row } from "../../records.ts";
import type { RawRow } from "../files/table.ts";
import type { RecordsEntry } from "../mapping/schema.ts";
import type { Reason } from "../reasons.ts";
import { createRowBuilder } from "./build-rows.ts";
import { leaveOut } from "./leave-out.ts";
import type { Lookups } from "./lookups.ts";
import type { PreparedFile } from "./prepare-file.ts";

export type ImportStep = {
  writer: PlantWriter;
  source: string;
  lookups: Lookups;
  /** Which entry this is, from 1, of those that read this file into this record set. */
  nth: number;
  /** Ids of inspections that earlier entries wrote, with their file; undefined where no other entry could. */
  taken?: Map<string, { file: string; entry: RecordsEntry }>;
  /** Called after every batch; throws where the import was cancelled. */
  onBatch: (prepared: PreparedFile) => void;
};
const batchRows = 2_000;

/** Reads one file into one record set and fills its report. */
export async function importRecords(
  prepared: PreparedFile<RecordsEntry>,
  path: (string | number)[],
  step: ImportStep,
): Promise<void> {
  const { entry, table, report } = prepared;
  const build = createRowBuilder(prepared, path, step.lookups, step.nth);
  const lines = new Map<string, number>();
  const taken = entry.records === "inspections" && entry.columns["id"]?.column !== undefined ? step.taken : undefined;
  const replaced = new Map<string, number>();
  const references = [...prepared.values].filter(([, { type }]) => type === "equipment").map(([name]) => name);
  let pending: Row[] = [];

  const take = (raw: RawRow): Reason | undefined => {
    if (raw.problem) return raw.problem;
    const view = prepared.view(raw, report.rowsRead);
    if (!view) {
      report.filtered += 1;
      return undefined;
    }
    const built = build(view);
    if ("fault" in built) {
      leaveOut(report, raw.line, built.fault.error.reason, built.fault.field, built.fault.column);
      return undefined;
    }
    for (const row of built.rows) {
      const id = String(row.id);
      const firstLine = lines.get(id);
      if (firstLine === undefined) {
        lines.set(id, raw.line);
        const other = taken?.get(id);
        // Files of one entry overlap on purpose, as exports of each month do.
        if (other && other.entry !== entry) replaced.set(other.file, (replaced.get(other.file) ?? 0) + 1);
        step.lookups.add(entry.records, row);
        for (const name of references) if (typeof row[name] === "string") step.lookups.nameEquipment(row[name]);
        pending.push(row);
      } else if (entry.unique) report.repeated += 1;
      else return { kind: "duplicate_id", id, firstLine };
    }
    return undefined;
  };
  const flush = async (): Promise<void> => {
    const rows = pending;
    pending = [];
    if (rows.length === 0) return;
    const counts = await step.writer.upsert(entry.records, step.source, rows);
    report.inserted += counts.inserted;
    report.updated += counts.updated;
    report.unchanged += counts.unchanged;
  };

  step.onBatch(prepared);
  for await (const batch of table.batches()) {
    for (const raw of batch) {
      report.rowsRead += 1;
      const reason = take(raw);
      if (reason) leaveOut(report, raw.line, reason);
      if (pending.length >= batchRows) await flush();
    }
    step.onBatch(prepared);
  }
  await flush();
  for (const [file, rows] of replaced) report.notes.push({ kind: "same_ids", file, rows });
  if (taken) for (const id of lines.keys()) taken.set(id, { file: prepared.file.name, entry });
  for (const join of prepared.joins) {
    if (join.unmatched > 0) report.notes.push({ kind: "join_unmatched", join: join.as, rows: join.unmatched });
    if (join.repeated > 0) report.notes.push({ kind: "join_repeated", join: join.as, rows: join.repeated });
  }
}
