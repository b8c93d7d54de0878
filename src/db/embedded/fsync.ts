import { fsyncSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";

// PGlite never calls fsync: its start parameters turn it off and its file system has no such operation.
// Both are mended here. The second is an internal of the package, so it is counted and checked at every start.

/** Start parameters; `durable` makes every commit wait for the disk. */
export function startParameters(durable: boolean): string[] {
  const defaults = PGlite.defaultStartParams;
  const size = ["-c", "max_wal_size=256MB", "-c", "min_wal_size=32MB"];
  if (!durable) return [...defaults, ...size];
  return [...defaults.filter((parameter) => parameter !== "-F"), "-c", "wal_sync_method=fsync", ...size];
}

type StreamOperations = { fsync?: (stream: { nfd: number }) => number };

/** Gives the folder's file system an fsync; the answer counts its calls. */
export function installFsync(database: PGlite): () => number {
  let calls = 0;
  const systems = database.Module.FS.filesystems as unknown as Record<string, { stream_ops?: StreamOperations }>;
  const operations = systems["NODEFS"]?.stream_ops;
  if (operations)
    operations.fsync = (stream) => {
      calls += 1;
      fsyncSync(stream.nfd);
      return 0;
    };
  return () => calls;
}

/** Commits once and says whether that reached the disk. */
export async function commitsReachDisk(database: PGlite, calls: () => number): Promise<boolean> {
  const before = calls();
  await database.exec("SELECT pg_logical_emit_message(true, 'sunbae', 'fsync check')");
  return calls() > before;
}
