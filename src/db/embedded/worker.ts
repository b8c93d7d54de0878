import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite, type PGliteOptions } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { commitsReachDisk, installFsync, startParameters } from "./fsync.ts";
import { createGate } from "./gate.ts";
import type { FromWorker, ToWorker, WorkerSettings } from "./messages.ts";
import { startUpkeep } from "./upkeep.ts";

// Entry of the database's worker thread; a bundle needs it as a file of its own (embedded-worker.js).

function tell(message: FromWorker): void {
  parentPort?.postMessage(message);
}

function log(level: "debug" | "info" | "warn" | "error", fields: object, message: string): void {
  tell({ type: "log", level, fields, message });
}

function broken(why: string): never {
  tell({ type: "fatal", message: why });
  process.exit(1); // in a worker: ends the thread only
}

/** A new database is made beside its place and then moved, so that a killed first start leaves nothing half made. */
async function makeFolderDatabase(path: string, options: PGliteOptions): Promise<void> {
  if (existsSync(join(path, "PG_VERSION"))) return;
  const beside = `${path}.new`;
  rmSync(beside, { recursive: true, force: true });
  mkdirSync(beside, { recursive: true, mode: 0o700 });
  const made = await PGlite.create(beside, options);
  await made.close();
  renameSync(beside, path);
}

async function open(settings: WorkerSettings): Promise<PGlite> {
  const { storage, durable } = settings;
  const options: PGliteOptions = { extensions: { vector }, startParams: startParameters(durable) };
  if (storage.kind === "memory")
    return await PGlite.create({
      ...options,
      ...(storage.template ? { loadDataDir: new Blob([Buffer.from(storage.template)]) } : {}),
    });
  await makeFolderDatabase(storage.path, options);
  const database = await PGlite.create(storage.path, options);
  if (durable && !(await commitsReachDisk(database, installFsync(database))))
    log("warn", {}, "commits do not wait for the disk: a power cut may lose the last seconds");
  return database;
}

async function serve(settings: WorkerSettings): Promise<void> {
  const startedAt = Date.now();
  const database = await open(settings);
  const gate = createGate(database, broken);
  const server = new PGLiteSocketServer({ db: gate, path: settings.socketPath, maxConnections: 32 });
  await server.start();
  const upkeep = settings.upkeep ? startUpkeep(database, gate, settings.upkeep, log) : null;

  const close = async () => {
    await upkeep?.stop();
    await server.stop();
    if (settings.storage.kind === "folder") await database.exec("CHECKPOINT");
    await database.close();
    tell({ type: "closed" });
    process.exit(0);
  };
  const dump = async () => {
    const data = await database.dumpDataDir("none");
    tell({ type: "dumped", data: new Uint8Array(await data.arrayBuffer()) });
  };
  parentPort?.on("message", (message: ToWorker) => {
    (message.type === "close" ? close() : dump()).catch((error: unknown) => broken(String(error)));
  });
  tell({ type: "ready", openMs: Date.now() - startedAt });
}

serve(workerData as WorkerSettings).catch((error: unknown) =>
  broken(error instanceof Error ? error.message : String(error)),
);
