import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import type { Database } from "../../db/database.ts";
import { findFiles, longerPath } from "./find-files.ts";
import type { FoundFile } from "./find-files.ts";
import type { IngestInput } from "./ingest-job.ts";
import { outdatedFiles } from "./outdated-files.ts";

/** A file of a job before it is opened. */
export type PlannedFile = {
  path: string;
  root: string;
  file: string;
  storedFile: string | null;
  bytes: number;
  /** A document whose file is gone, to be removed. */
  removes: string | null;
  /** Why it can't even be opened. */
  error: string | null;
};

type Known = { id: string; path: string; root: string; file: string };

/** What a job is to do, file by file: what is there, and where it prunes, what is no longer. */
export async function planFiles(database: Pick<Database, "pool">, input: IngestInput): Promise<PlannedFile[]> {
  if (input.kind === "reread")
    return await withSizes((await outdatedFiles(database)).map((file) => ({ ...nothing, ...file })));
  const { rows } = await database.pool.query<Known>(`SELECT id, path, root, file FROM documents`);
  const found = await findFiles(input.paths, input.root);
  const files = await withSizes(nameApart(found, input.takesNames ? [] : rows));
  const missed = new Set(input.gone ?? []);
  const gone = [
    ...rows.filter(({ file }) => missed.has(file) && !existsSync(file)),
    ...(input.prune ? vanished(input.paths, found, rows) : []),
  ];
  return [...files, ...gone.map(({ id, path, root, file }) => ({ ...nothing, path, root, file, removes: id }))];
}

const nothing = { root: "", file: "", storedFile: null, bytes: 0, removes: null, error: null };

const looksAtOnce = 32;

async function withSizes(files: PlannedFile[]): Promise<PlannedFile[]> {
  const sized: PlannedFile[] = [];
  for (let at = 0; at < files.length; at += looksAtOnce) {
    const some = files.slice(at, at + looksAtOnce);
    const sizes = await Promise.all(
      some.map(({ file }) =>
        stat(file).then(
          (info) => info.size,
          () => 0,
        ),
      ),
    );
    sized.push(...some.map((file, index) => ({ ...file, bytes: sizes[index]! })));
  }
  return sized;
}

/** The path of a file that came by a door: its name, unless a file of a folder has it. */
export async function uploadPath(database: Pick<Database, "pool">, name: string): Promise<string> {
  const { rows } = await database.pool.query<{ file: string }>(`SELECT file FROM documents WHERE path = $1`, [name]);
  const [other] = rows;
  return other && other.file !== "" && existsSync(other.file) ? `uploads/${name}` : name;
}

/** Files of one name in two folders are two documents; the later one's name says its folder. */
function nameApart(found: FoundFile[], documents: Known[]): PlannedFile[] {
  const taken = new Map(documents.map((document) => [document.path, fileOf(document)]));
  const isFree = (path: string, file: string) => {
    const other = taken.get(path);
    return other === undefined || other === file || (other !== "" && !existsSync(other));
  };
  return found.map((one) => {
    const path = isFree(one.path, one.file) ? one.path : longerPath(one);
    taken.set(path, one.file);
    return { ...nothing, path, root: one.root, file: one.file, error: one.error ?? null };
  });
}

/** Empty for what came by a door. */
const fileOf = ({ file, root, path }: Known): string => (file === "" && root !== "" ? join(root, path) : file);

/** Documents whose files lay below the paths and are gone; below what can't be looked into, nothing is gone. */
function vanished(paths: string[], found: FoundFile[], documents: Known[]): Known[] {
  const there = new Set(found.map((one) => one.file));
  const dark = found.filter((one) => one.error !== undefined).map((one) => one.file);
  const isBelow = (file: string, folder: string) => file === folder || file.startsWith(folder + sep);
  return documents.filter(({ file }) => {
    if (file === "" || there.has(file) || existsSync(file)) return false;
    return paths.some((path) => isBelow(file, resolve(path))) && !dark.some((folder) => isBelow(file, folder));
  });
}
