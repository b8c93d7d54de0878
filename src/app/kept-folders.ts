import type { Ctx } from "../core/context.ts";
import { holdLock } from "../db/hold-lock.ts";
import type { FolderStatus } from "../http/backend.ts";
import type { Timer } from "../jobs/timers.ts";
import { isEnded, type IngestDeps } from "../knowledge/ingest/ingest-job.ts";
import {
  looksSame,
  readKeptFailures,
  readKeptFiles,
  storeKeptFiles,
  type FileLook,
} from "../knowledge/ingest/kept-files.ts";
import { lookAtFolder, type FolderLook, type KeptFolder } from "../knowledge/ingest/look-at-folder.ts";
import { listIngestJobs } from "../knowledge/ingest/read-ingest-job.ts";
import { startIngest } from "../knowledge/ingest/start-ingest.ts";
import type { Logger } from "../observability/logger.ts";

// Folders that are kept in step while the server runs: looked at every few seconds, because shares tell nobody of
// their changes. A file is taken once it has stopped growing.

export type KeptFolders = {
  timer: Timer;
  status(): Promise<FolderStatus[]>;
};

export type KeptFoldersDeps = {
  ctx: () => Ctx;
  ingestion: IngestDeps;
  logger: Logger;
  /** As they are now: one may be given up while the server runs. */
  folders: () => Promise<(KeptFolder & { shipped: boolean })[]>;
  /** A look at a large share takes long: the next one waits so many times as long. */
  restFactor?: number;
};

export const lookEveryMs = 3_000;
/** Of the last change of a file: some shares know seconds only. */
const settledMs = 2_000;

type Watch = { files: Map<string, FileLook>; waiting: number; problem: string | null; nextAt: number };

export function createKeptFolders(deps: KeptFoldersDeps): KeptFolders {
  const { ctx, ingestion, logger, folders, restFactor = 10 } = deps;
  const { database } = ingestion.knowledge;
  const watches = new Map<string, Watch>();

  async function look(folder: KeptFolder): Promise<void> {
    const before = watches.get(folder.path);
    const began = Date.now();
    if (before && began < before.nextAt) return;
    const seen = await lookAtFolder(database, folder);
    const settled = seen.changed.filter((file) => isSettled(file, seen.files, before?.files, began));
    const waiting = seen.changed.length - settled.length;
    const nextAt = Date.now() + (Date.now() - began) * restFactor;
    watches.set(folder.path, { files: seen.files, waiting, problem: seen.problem, nextAt });
    if (seen.problem !== null && seen.problem !== before?.problem) logger.warn({ folder: folder.path }, seen.problem);
    if (seen.problem === null && before?.problem) logger.info({ folder: folder.path }, "the folder is there again");
    // What is saved anew may be away for a moment: gone is what was so at the last look, too.
    const gone = seen.gone.filter((file) => before && !before.files.has(file));
    await handOver(folder, { ...seen, gone }, settled);
  }

  /** The files that are to be read go to a job, and count as seen from then on. */
  async function handOver(folder: KeptFolder, seen: FolderLook, settled: string[]): Promise<void> {
    const kept = await readKeptFiles(database.pool, folder.path);
    const unsettled = new Set(seen.changed.filter((file) => !settled.includes(file)));
    const news = [...seen.files].filter(([file, now]) => !unsettled.has(file) && !looksSame(kept.get(file), now));
    if (settled.length + seen.gone.length === 0) {
      if (news.length > 0) await storeKeptFiles(database.pool, folder.path, null, new Map(news), []);
      return;
    }
    if (await isBeingRead(folder.path)) return;
    const { path, root, takesNames = false } = folder;
    const input = { kind: "folder" as const, paths: settled, root, gone: seen.gone, folder: path, takesNames };
    const { jobId } = await startIngest(ctx(), ingestion, input);
    await storeKeptFiles(database.pool, path, jobId, new Map(news), seen.gone);
    logger.info({ folder: path, files: settled.length, gone: seen.gone.length, jobId }, "a watched folder has changed");
  }

  async function isBeingRead(folder: string): Promise<boolean> {
    const active = await listIngestJobs(ctx(), ingestion, { unended: true });
    return active.some((job) => job.kind === "folder" && job.names[0] === folder && !isEnded(job.state));
  }

  return {
    timer: {
      name: "watched folders",
      everyMs: lookEveryMs,
      // Of several replicas one looks; each knows by itself whether a file still grows.
      run: () =>
        holdLock(
          database,
          "watched folders",
          async () => {
            for (const folder of await folders()) await look(folder);
          },
          { wait: false },
        ),
    },
    async status() {
      return await Promise.all(
        (await folders()).map(async ({ path, shipped }) => ({
          path,
          shipped,
          files: Math.max(0, (await readKeptFiles(database.pool, path)).size - 1),
          waiting: watches.get(path)?.waiting ?? 0,
          problem: watches.get(path)?.problem ?? null,
          failed: await readKeptFailures(database.pool, path),
        })),
      );
    },
  };
}

function isSettled(
  file: string,
  now: ReadonlyMap<string, FileLook>,
  before: ReadonlyMap<string, FileLook> | undefined,
  at: number,
): boolean {
  const look = now.get(file);
  // A clock that goes ahead of ours must not make a file wait for ever.
  const age = Math.abs(at - (look?.modifiedMs ?? 0));
  return age > settledMs && looksSame(before?.get(file), look);
}
