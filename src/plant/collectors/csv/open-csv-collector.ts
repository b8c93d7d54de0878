import { setTimeout as sleep } from "node:timers/promises";
import { SunbaeError } from "../../../core/errors.ts";
import { createZone } from "../../import/values/zoned-time.ts";
import { viewSource } from "../../sensors/source-view.ts";
import type { Collector, CollectorDeps } from "../../source.ts";
import { createCollectorCounts } from "../collector-counts.ts";
import { createReadingIntake } from "../reading-intake.ts";
import { createTagBook } from "../tag-book.ts";
import type { CsvCollectorSettings } from "./csv-settings.ts";
import { beginFile, readRows } from "./follow-file.ts";
import { createFolderReader } from "./look-through-folder.ts";
import { createRowReader } from "./read-csv-row.ts";

const filesLookedAt = 5;

/** Follows the text files of a folder; it opens them for reading only and moves or removes none. */
export function openCsvCollector(settings: CsvCollectorSettings, deps: CollectorDeps): Collector {
  const { name, kind, folder } = settings;
  const counts = createCollectorCounts(name, deps.now);
  const timeZone = settings.time_zone ?? deps.timeZone;
  const zone = createZone(timeZone);
  const book = createTagBook({
    ...{ source: name, timeZone, tags: settings.tags, discover: settings.discover, mostTags: settings.most_tags },
    ...{ writer: deps.writer, memory: deps.memory },
  });
  const intake = createReadingIntake({ settings, writer: deps.writer, book, counts, logger: deps.logger });
  const closing = new AbortController();
  const { signal } = closing;
  const reader = createFolderReader(settings, { counts, intake, memory: deps.memory, now: deps.now, zone, signal });
  let running: Promise<void> | null = null;

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await reader.look().then(
        () => counts.enter("connected"),
        (thrown: unknown) => counts.enter("disconnected", folderProblem(thrown)),
      );
      await sleep(settings.poll_s * 1000, undefined, { signal }).catch(() => {});
    }
  }

  const folderProblem = (thrown: unknown): string => {
    const { code, message } = thrown as { code?: string; message?: string };
    if (code === "ENOENT" || code === "ENOTDIR") return `there is no folder ${folder}`;
    if (code === "EACCES" || code === "EPERM") return `the folder ${folder} may not be read`;
    return `${folder}: ${message ?? String(thrown)}`;
  };

  async function look() {
    const files = await reader.files().catch((thrown: unknown) => {
      const fix = "Mend `folder`, mount it, or let Sunbae's user read it.";
      throw new SunbaeError("unavailable", `${folderProblem(thrown)}.`, { fix, cause: thrown });
    });
    const newestFirst = files.toSorted((a, b) => b.mtimeMs - a.mtimeMs);
    const tags = new Set<string>();
    const notes = [`${files.length} files fit ${settings.files}`, "reads only: nothing is moved or removed"];
    let [count, newest] = [0, -Infinity];
    for (const { path, name: file, names } of newestFirst.slice(0, filesLookedAt)) {
      try {
        const mark = await beginFile(path, file, settings);
        const rows = mark ? ((await readRows(path, mark, true))?.rows ?? []) : [];
        const read = createRowReader(settings, mark?.header ?? [], names, zone);
        for (const { readings, leftOut } of rows.map(({ cells }) => read(cells ?? [], deps.now().getTime()))) {
          if (leftOut[0] && notes.length < 8) notes.push(`${file}: ${leftOut[0]}`);
          for (const { tag, atMs } of readings) {
            tags.add(tag.id);
            count += 1;
            newest = Math.max(newest, atMs);
          }
        }
      } catch (thrown) {
        notes.push(`${file} ${(thrown as Error).message}`);
      }
    }
    return {
      ...{ tags: tags.size, newest: newest === -Infinity ? null : new Date(newest), clockDifferenceMs: null, notes },
      rows: [{ records: "readings" as const, count }],
    };
  }

  return {
    name,
    start() {
      running ??= run();
    },
    status: counts.status,
    probe: () => viewSource({ name, kind, place: folder }, look),
    async close() {
      closing.abort();
      await intake.close();
      await running;
      counts.enter("stopped");
    },
  };
}
