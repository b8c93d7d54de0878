import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Zone } from "../../import/values/zoned-time.ts";
import type { CollectorCounts } from "../collector-counts.ts";
import type { CollectorMemory } from "../collector-memory.ts";
import type { ReadingIntake } from "../reading-intake.ts";
import { compileFileName } from "./file-names.ts";
import type { CsvCollectorSettings } from "./csv-settings.ts";
import { beginFile, isSameFile, readRows, type FileMark } from "./follow-file.ts";
import { createRowReader } from "./read-csv-row.ts";

type Deps = {
  counts: Pick<CollectorCounts, "leaveOut" | "note">;
  intake: Pick<ReadingIntake, "take">;
  memory: Pick<CollectorMemory, "recall" | "remember">;
  now: () => Date;
  zone: Zone;
  signal: AbortSignal;
};

const prefix = "file ";

/** Reads what is new in the folder's files; one that can't be read is told and keeps no other from being read. */
export function createFolderReader(settings: CsvCollectorSettings, deps: Deps) {
  const { counts, intake, memory, signal } = deps;
  const nameOf = compileFileName(settings.files);
  let marks: Map<string, FileMark> | null = null;
  const ended = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  /** Files that could not be read, as they were then. */
  const refused = new Map<string, string>();

  async function remember(name: string, mark: FileMark): Promise<void> {
    marks?.set(name, mark);
    // Where it fails, a restart reads a piece again, and what is there twice is counted once.
    await memory.remember(settings.name, { [prefix + name]: mark }).catch(() => {});
  }

  async function readFile(
    path: string,
    name: string,
    names: Record<string, string>,
    seen: { size: number; mtimeMs: number },
  ) {
    const settled = deps.now().getTime() - seen.mtimeMs >= settings.settle_s * 1000;
    let mark = marks?.get(name) ?? null;
    if (mark && mark.size === seen.size && mark.mtimeMs === seen.mtimeMs && mark.offset >= seen.size) return;
    if (mark && !(await isSameFile(path, mark, seen.size))) mark = null;
    mark ??= await beginFile(path, name, settings);
    if (!mark) return;
    const read = createRowReader(settings, mark.header, names, deps.zone);
    while (!signal.aborted) {
      const next = await readRows(path, mark, settled);
      if (!next) break;
      const receivedMs = deps.now().getTime();
      const readings = next.rows.flatMap(({ line, cells }) => {
        const example = `${name}, line ${line}`;
        const row = cells ? read(cells, receivedMs) : { readings: [], leftOut: ["a row whose quotes don't close"] };
        for (const reason of row.leftOut) {
          const [kind = reason, detail] = reason.split(": ");
          counts.leaveOut(kind, detail === undefined ? example : `${example}: ${detail}`);
        }
        return row.readings;
      });
      // Written first, then marked as read: what a kill makes us read again is counted once.
      if (readings.length > 0) await Promise.race([intake.take(readings), ended]);
      if (signal.aborted) return;
      mark = next.mark;
      await remember(name, { ...mark, size: seen.size, mtimeMs: seen.mtimeMs });
    }
  }

  return {
    /** Once through the folder. Rejects where the folder or the database is away. */
    async look(): Promise<void> {
      if (!marks) {
        const notes = [...(await memory.recall(settings.name))].filter(([key]) => key.startsWith(prefix));
        marks = new Map(notes.map(([key, mark]) => [key.slice(prefix.length), mark as FileMark]));
      }
      const entries = await readdir(settings.folder, { withFileTypes: true });
      for (const { name } of entries.filter((one) => one.isFile()).sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const names = nameOf(name);
        if (!names || signal.aborted) continue;
        const path = join(settings.folder, name);
        const seen = await stat(path).catch(() => null);
        if (!seen) continue;
        const state = `${seen.size} ${seen.mtimeMs}`;
        if (refused.get(name) === state) continue;
        try {
          await readFile(path, name, names, seen);
          if (refused.delete(name)) counts.note(name, null);
        } catch (thrown) {
          refused.set(name, state);
          counts.note(name, `${name} can't be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
          counts.leaveOut("a file that can't be read", name);
        }
      }
    },
    /** Files that fit, whether they were read or not. */
    async files(): Promise<
      { name: string; names: Record<string, string>; path: string; size: number; mtimeMs: number }[]
    > {
      const entries = await readdir(settings.folder, { withFileTypes: true });
      const fitting = entries
        .filter((one) => one.isFile())
        .flatMap(({ name }) => {
          const names = nameOf(name);
          return names ? [{ name, names, path: join(settings.folder, name) }] : [];
        });
      return await Promise.all(fitting.map(async (one) => ({ ...one, ...(await stat(one.path)) })));
    },
  };
}
