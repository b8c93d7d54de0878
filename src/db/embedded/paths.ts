import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, realpathSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";
import { SunbaeError } from "../../core/errors.ts";

// The data folder: postgres/ (PGDATA), engine.json (the marker), lock.json and run/ (the two sockets).

/** Unix socket addresses hold 107 bytes and their end mark; macOS 103. */
const longestSocketPath = process.platform === "darwin" ? 103 : 107;

export type DataFolder = {
  root: string;
  pgData: string;
  engineMarker: string;
  lockFile: string;
};

export function dataFolder(dataDir: string): DataFolder {
  const root = resolve(dataDir);
  return {
    root,
    pgData: join(root, "postgres"),
    engineMarker: join(root, "engine.json"),
    lockFile: join(root, "lock.json"),
  };
}

export type SocketPaths = { lock: string; postgres: string };

function socketsIn(folder: string): SocketPaths {
  return { lock: join(folder, "lock.sock"), postgres: join(folder, "postgres.sock") };
}

function fits(paths: SocketPaths): boolean {
  return Buffer.byteLength(paths.postgres) <= longestSocketPath;
}

/** Places for the sockets, best first: in the data folder, else a short private folder of the system's temporary one. */
export function socketCandidates(root: string): SocketPaths[] {
  const hash = createHash("sha256").update(realpathSync(root)).digest("hex").slice(0, 16);
  if (process.platform === "win32") {
    const pipe = (name: string) => `\\\\.\\pipe\\sunbae-${hash}-${name}`;
    return [{ lock: pipe("lock"), postgres: pipe("postgres") }];
  }
  const inFolder = socketsIn(join(root, "run"));
  const inTemporary = socketsIn(join(tmpdir(), `sunbae-${userInfo().uid}-${hash}`));
  const inShortTemporary = socketsIn(join("/tmp", `sunbae-${userInfo().uid}-${hash}`));
  return [inFolder, fits(inTemporary) ? inTemporary : inShortTemporary].filter(fits);
}

/** Creates a folder that only this user can enter; refuses one that belongs to somebody else. */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform === "win32") return;
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== userInfo().uid)
    throw new SunbaeError("forbidden", `The folder ${folder} belongs to another user.`, {
      fix: "Remove it, or start Sunbae as the user who owns it.",
    });
}
