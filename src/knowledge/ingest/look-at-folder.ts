import { stat } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import type { Database } from "../../db/database.ts";
import { isSidecar } from "../load/read-sidecars.ts";
import { findFiles } from "./find-files.ts";
import { looksSame, readKeptFiles } from "./kept-files.ts";
import type { FileLook } from "./kept-files.ts";

export type KeptFolder = {
  path: string;
  /** Document paths are stored relative to it. */
  root: string;
  /** Files that are left alone: neither read nor missed. */
  passesOver?: (file: string) => boolean;
  /** Its documents are the same wherever the folder lies: it moves with the installation. */
  takesNames?: boolean;
};

export type FolderLook = {
  /** Every file as it looks now, with the folder itself under its own path. */
  files: Map<string, FileLook>;
  /** Files to be read: new, changed, or changed in what belongs to them. */
  changed: string[];
  /** Files that were there and are no longer. */
  gone: string[];
  /** Why nothing is taken as gone, though it is not there. */
  problem: string | null;
};

const looksAtOnce = 32;

/**
 * How a folder differs from when it was last in step. Where it is missing, unreadable, or holds none of its files and
 * is not the folder it was (a share that is not mounted), nothing counts as gone.
 */
export async function lookAtFolder(database: Pick<Database, "pool">, folder: KeptFolder): Promise<FolderLook> {
  const kept = await readKeptFiles(database.pool, folder.path);
  const itself = kept.get(folder.path);
  const passesOver = (file: string) => file === folder.path || folder.passesOver?.(file) === true;
  const known = [...kept.keys()].filter((file) => !passesOver(file));
  const found = await findFiles([folder.path], folder.root, { sidecars: true });
  const dark = found.filter((one) => one.error !== undefined);
  const files = await looksOf(
    found.filter((one) => one.error === undefined && !passesOver(one.file)).map((one) => one.file),
  );
  const nothing = { files, changed: [], gone: [] };
  const closed = dark.find((one) => one.file === folder.path);
  if (closed)
    return { ...nothing, problem: `${folder.path} can't be looked into, what was read of it stays. ${closed.error}` };
  const identity = await identityOf(folder.path);
  if (known.length > 0 && !known.some((file) => files.has(file)) && !looksSame(itself, identity))
    return {
      ...nothing,
      problem: `${folder.path} holds none of its ${known.length} files and is not the folder it was: is a share not mounted? What was read of it stays.`,
    };
  files.set(folder.path, identity);
  const differs = [...files.keys()].filter(
    (file) => file !== folder.path && !looksSame(kept.get(file), files.get(file)),
  );
  const isDark = (file: string) => dark.some((one) => file.startsWith(one.file + sep) || file === one.file);
  const gone = known.filter((file) => !files.has(file) && !isDark(file));
  const problem = dark.length > 0 ? `${dark[0]!.file} can't be looked into. ${dark[0]!.error}` : null;
  return { files, changed: await documentsOf(database, [...differs, ...gone], files), gone, problem };
}

/** A folder's own row: which one it is, not how it looks. */
async function identityOf(folder: string): Promise<FileLook> {
  const { ino, dev } = await stat(folder);
  return { bytes: Number.isSafeInteger(ino) ? ino : 0, modifiedMs: dev };
}

async function looksOf(files: string[]): Promise<Map<string, FileLook>> {
  const looks = new Map<string, FileLook>();
  for (let at = 0; at < files.length; at += looksAtOnce) {
    const some = files.slice(at, at + looksAtOnce);
    const infos = await Promise.all(some.map((file) => stat(file).catch(() => null)));
    infos.forEach((info, index) => {
      if (info) looks.set(some[index]!, { bytes: info.size, modifiedMs: Math.floor(info.mtimeMs) });
    });
  }
  return looks;
}

/** The documents that a change of these files bears on: themselves, what they describe, what they are read into. */
async function documentsOf(
  { pool }: Pick<Database, "pool">,
  changed: string[],
  files: ReadonlyMap<string, FileLook>,
): Promise<string[]> {
  if (changed.length === 0) return [];
  const those = new Set(changed);
  const { rows } = await pool.query<{ file: string; reads: { path: string }[] }>(
    `SELECT file, reads FROM documents WHERE file <> '' AND reads <> '[]'`,
  );
  const readInto = rows
    .filter(({ file, reads }) => reads.some(({ path }) => those.has(resolve(dirname(file), path))))
    .map((row) => row.file);
  const described = [...those].filter(isSidecar).flatMap((sidecar) => {
    const of = sidecar.replace(/\.ya?ml$/i, "");
    const isOfFolder = !files.has(of) && /[\\/]_folder$/i.test(of);
    return isOfFolder ? [...files.keys()].filter((file) => file.startsWith(dirname(sidecar) + sep)) : [of];
  });
  const wanted = new Set([...changed.filter((file) => !isSidecar(file)), ...readInto, ...described]);
  return [...files.keys()].filter((file) => wanted.has(file) && !isSidecar(file));
}
