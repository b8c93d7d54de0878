import { chmodSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SunbaeError } from "../../core/errors.ts";
import { dataFolder, makePrivateFolder, socketCandidates, type SocketPaths } from "./paths.ts";
import { isListening } from "./is-listening.ts";

// The lock of a data folder is a listening socket: the system closes it when its process dies, however it dies.
// lock.json beside it says who listens. Two processes on one folder would corrupt it without a word.

/** Who holds a data folder. `url` is the address of the server, once it listens. */
export type LockInfo = { pid: number; startedAt: string; url?: string };
type LockFile = LockInfo & { socket: string };

export type Lock = { sockets: SocketPaths; release(): Promise<void> };

const noSocketsHere = new Set(["ENOTSUP", "EOPNOTSUPP", "EPERM", "EACCES", "EINVAL", "EROFS"]);

function codeOf(thrown: unknown): string {
  return (thrown as NodeJS.ErrnoException).code ?? "";
}

function readLockFile(dataDir: string): LockFile | null {
  try {
    return JSON.parse(readFileSync(dataFolder(dataDir).lockFile, "utf8")) as LockFile;
  } catch {
    return null;
  }
}

function writeLockFile(dataDir: string, content: LockFile): void {
  const { lockFile } = dataFolder(dataDir);
  writeFileSync(`${lockFile}.new`, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  renameSync(`${lockFile}.new`, lockFile);
}

/** The process that holds the folder now; null where nobody does. */
export async function readLock(dataDir: string): Promise<LockInfo | null> {
  const found = readLockFile(dataDir);
  if (!found || !(await isListening(found.socket))) return null;
  const { socket: _socket, ...info } = found;
  return info;
}

/** Adds to what others read of this process's lock, e.g. the server's address. */
export function setLockInfo(dataDir: string, info: { url?: string }): void {
  const found = readLockFile(dataDir);
  if (found?.pid === process.pid) writeLockFile(dataDir, { ...found, ...info });
}

function conflict(dataDir: string): SunbaeError {
  const holder = readLockFile(dataDir);
  const who = holder ? `process ${holder.pid}, running since ${holder.startedAt}` : "another process";
  const at = holder?.url ? ` at ${holder.url}` : "";
  return new SunbaeError("conflict", `The data folder ${dataFolder(dataDir).root} is in use by ${who}${at}.`, {
    fix: holder?.url
      ? `Use the server at ${holder.url}, or stop process ${holder.pid} first.`
      : "Stop that process first, or give this one another folder by SUNBAE_DATA_DIR.",
  });
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", reject);
    server.listen(path, () => {
      server.unref();
      if (process.platform !== "win32") chmodSync(path, 0o600);
      resolve(server);
    });
  });
}

/** Runs one process at a time through looking, unlinking and listening; a guard left by a dead one lapses. */
async function underGuard<T>(root: string, work: () => Promise<T>): Promise<T> {
  const guard = join(root, ".taking-lock");
  for (;;) {
    try {
      mkdirSync(guard);
      break;
    } catch (thrown) {
      if (codeOf(thrown) !== "EEXIST") throw thrown;
      const age = Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > 10_000) rmSync(guard, { recursive: true, force: true });
      await sleep(20);
    }
  }
  try {
    return await work();
  } finally {
    rmdirSync(guard);
  }
}

/** Takes the folder for this process, also from a dead one. Throws `conflict`, naming the holder, where one lives. */
export async function takeLock(dataDir: string, now: Date): Promise<Lock> {
  const { root, lockFile } = dataFolder(dataDir);
  makePrivateFolder(root);
  return await underGuard(root, async () => {
    if (await readLock(dataDir)) throw conflict(dataDir);
    for (const sockets of socketCandidates(root)) {
      if (await isListening(sockets.lock)) throw conflict(dataDir);
      try {
        if (process.platform !== "win32") {
          makePrivateFolder(dirname(sockets.lock));
          rmSync(sockets.lock, { force: true });
          rmSync(sockets.postgres, { force: true });
        }
        const server = await listen(sockets.lock);
        writeLockFile(dataDir, { pid: process.pid, startedAt: now.toISOString(), socket: sockets.lock });
        const release = async () => {
          rmSync(lockFile, { force: true });
          await new Promise<void>((done) => server.close(() => done()));
        };
        return { sockets, release };
      } catch (thrown) {
        if (codeOf(thrown) === "EADDRINUSE") throw conflict(dataDir);
        if (!noSocketsHere.has(codeOf(thrown))) throw thrown;
      }
    }
    throw new SunbaeError("unavailable", `No local socket can be made for the data folder ${root}.`, {
      fix: "Put the data folder on a local disk by SUNBAE_DATA_DIR, or set DATABASE_URL.",
    });
  });
}
