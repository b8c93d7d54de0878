import path from "node:path";
import { SunbaeError } from "../../core/errors.ts";
import type { ErrorDetail } from "../../core/errors.ts";
import type { MesStore } from "../mes-store.ts";
import type { PlantWriter } from "../plant-writer.ts";
import { locateFiles } from "./files/locate-files.ts";
import { readMapping } from "./mapping/read-mapping.ts";
import type { Mapping } from "./mapping/read-mapping.ts";
import type { Entry, ReadingsEntry, RecordsEntry } from "./mapping/schema.ts";
import { emptyFileReport, totalsOf } from "./report.ts";
import type { FileReport, ImportReport } from "./report.ts";
import { importReadings } from "./rows/import-readings.ts";
import { importRecords } from "./rows/import-records.ts";
import { createLookups } from "./rows/lookups.ts";
import type { Lookups } from "./rows/lookups.ts";
import { prepareFile } from "./rows/prepare-file.ts";
import type { PreparedFile } from "./rows/prepare-file.ts";
import { createZone } from "./values/zoned-time.ts";

export type ImportProgress = {
  file: string;
  /** From 1. */
  fileNumber: number;
  fileCount: number;
  bytesRead: number;
  bytesTotal: number;
  rowsRead: number;
};
export type ImportOptions = {
  mappingPath: string;
  /** Where the mapping's relative paths start; its own folder by default. */
  dataFolder?: string;
  writer: PlantWriter;
  /** The plant as it is: for lookups by name, tags that exist, and ids of equipment. Without it only the mapping's own rows are known. */
  store?: Pick<MesStore, "list">;
  onProgress?: (progress: ImportProgress) => void;
  signal?: AbortSignal;
};
type Planned = { prepared: PreparedFile; path: (string | number)[] };

/**
 * Loads plant data by a declared mapping into the embedded stores. The mapping and every file's columns are checked
 * before the first row is written. Rows are written in batches; an import that was interrupted can be run again.
 * Rejects with `invalid_input` (details name lines of the mapping), `not_found`, `cancelled`, or what the writer throws.
 */
export async function importPlantData(options: ImportOptions): Promise<ImportReport> {
  const started = Date.now();
  const mapping = await readMapping(options.mappingPath);
  const folder = path.resolve(options.dataFolder ?? path.dirname(options.mappingPath));
  const lookups = createLookups(options.store);
  const { planned, reports } = await prepareAll(mapping, folder, lookups, options.signal);
  await lookups.load(mapping.time_zone);
  const source = {
    name: mapping.source,
    title: mapping.title ?? mapping.source,
    timeZone: mapping.time_zone,
    sample: mapping.sample,
  };
  await options.writer.declareSource(source);
  const inspected = planned.filter(({ prepared }) => prepared.entry.records === "inspections");
  const taken: Parameters<typeof importRecords>[2]["taken"] = inspected.length > 1 ? new Map() : undefined;
  for (const [index, { prepared, path: at }] of planned.entries()) {
    const step = {
      writer: options.writer,
      source: mapping.source,
      lookups,
      nth: planned.slice(0, index + 1).filter((one) => sameRows(one.prepared, prepared)).length,
      taken,
      onBatch: ({ file, table, report }: PreparedFile): void => {
        throwIfCancelled(options.signal);
        options.onProgress?.({
          file: file.name,
          fileNumber: index + 1,
          fileCount: planned.length,
          bytesRead: table.bytesRead(),
          bytesTotal: table.bytesTotal,
          rowsRead: report.rowsRead,
        });
      },
    };
    await importOne(prepared, at, step);
  }
  reportUnusedColumns(planned);
  return {
    source: source.name,
    title: source.title,
    timeZone: source.timeZone,
    sample: source.sample,
    files: reports,
    totals: totalsOf(reports),
    unknownEquipment: lookups.unknownEquipment(),
    durationMs: Date.now() - started,
  };
}

const sameRows = (one: PreparedFile, other: PreparedFile): boolean =>
  one.file.path === other.file.path && one.entry.records === other.entry.records;

async function importOne(
  prepared: PreparedFile,
  at: (string | number)[],
  step: Parameters<typeof importRecords>[2],
): Promise<void> {
  // The entry's record set tells which of the two it is; a union inside a type parameter doesn't narrow.
  if (prepared.entry.records === "readings") await importReadings(prepared as PreparedFile<ReadingsEntry>, at, step);
  else await importRecords(prepared as PreparedFile<RecordsEntry>, at, step);
}

/** Opens every file and checks it against the mapping; all faults are told at once, before anything is written. */
async function prepareAll(
  mapping: Mapping,
  folder: string,
  lookups: Lookups,
  signal: AbortSignal | undefined,
): Promise<{ planned: Planned[]; reports: FileReport[] }> {
  const zone = createZone(mapping.time_zone);
  const planned: Planned[] = [];
  const reports: FileReport[] = [];
  const faults: ErrorDetail[] = [];
  const fault = (at: (string | number)[], message: string): void => {
    const detail = { path: at.join("."), line: mapping.lineOf(at), message };
    if (!faults.some((one) => one.path === detail.path && one.message === message)) faults.push(detail);
  };
  for (const [index, entry] of mapping.files.entries()) {
    const at = ["files", index];
    const files = await locateFiles(entry.file, folder);
    if (files.length === 0) {
      const report = emptyFileReport(entry.file, entry.records);
      if (entry.optional) reports.push({ ...report, notes: [{ kind: "missing_file" }] });
      else fault([...at, "file"], `there is no file "${entry.file}" in ${folder}.`);
    }
    for (const file of files) {
      throwIfCancelled(signal);
      try {
        const { prepared, faults: found, report } = await prepareFile(entry, at, file, { folder, zone, lookups });
        for (const one of found) fault(one.path, one.message);
        reports.push(report);
        if (prepared) planned.push({ prepared, path: at });
      } catch (error) {
        if (!(error instanceof SunbaeError)) throw error;
        fault([...at, "file"], error.fix ? `${error.message} ${error.fix}` : error.message);
      }
    }
  }
  if (faults.length === 0) return { planned, reports };
  const first = faults[0];
  throw new SunbaeError(
    "invalid_input",
    `The files do not fit the mapping ${mapping.path}: line ${first?.line ?? "?"}: ${first?.message}`,
    {
      fix: "Mend the mapping at the lines named and import again; nothing was written.",
      details: faults.slice(0, 50),
    },
  );
}

/** A column counts as unused where no entry over the same file uses it; told once a file. */
function reportUnusedColumns(planned: readonly Planned[]): void {
  const byFile = new Map<string, PreparedFile[]>();
  for (const { prepared } of planned)
    byFile.set(prepared.file.path, [...(byFile.get(prepared.file.path) ?? []), prepared]);
  for (const group of byFile.values()) {
    const first = group[0] as PreparedFile;
    first.report.unusedColumns = first.table.columns.filter((column) =>
      group.every(({ binding, entry }) => !binding.used.has(column) && !ignored(entry).includes(column)),
    );
  }
}

function ignored(entry: Entry): string[] {
  const except = entry.records === "readings" ? entry.except : entry.measurements?.except;
  return [...(entry.ignore ?? []), ...(except ?? [])];
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new SunbaeError("cancelled", "The import was stopped.", {
      fix: "Run it again: rows that are in already are not doubled.",
    });
}
