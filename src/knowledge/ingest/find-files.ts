import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { isSidecar } from "../load/read-sidecars.ts";

export type FoundFile = { file: string; root: string; path: string; error?: string };

/**
 * Every file below the given paths in a stable order. Hidden files and folders, node_modules and the files that
 * describe others are passed over; what can't be looked into stands there with its error.
 */
export async function findFiles(
  paths: string[],
  root: string | undefined,
  { sidecars = false }: { sidecars?: boolean } = {},
): Promise<FoundFile[]> {
  const found = new Map<string, FoundFile>();
  for (const given of paths) {
    const start = resolve(given);
    const base = resolve(root ?? defaultRoot(start));
    for (const { file, error } of await filesAt(start))
      if (error !== undefined || file === start || sidecars || !isSidecar(file))
        found.set(file, { file, root: base, path: storedPath(base, file), ...(error !== undefined && { error }) });
  }
  return [...found.values()];
}

type Entry = { file: string; error?: string };

async function filesAt(start: string): Promise<Entry[]> {
  try {
    return (await stat(start)).isDirectory() ? await walk(start) : [{ file: start }];
  } catch (error) {
    return [{ file: start, error: sayWhy(error) }];
  }
}

async function walk(folder: string, top = folder): Promise<Entry[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files: Entry[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    const path = join(folder, entry.name);
    if (entry.isFile()) files.push({ file: path });
    else if (entry.isSymbolicLink()) files.push(await followLink(path, top));
    else if (!entry.isDirectory()) files.push({ file: path, error: "It is a pipe, a socket or a device, not a file." });
    else files.push(...(await walk(path, top).catch((error: unknown) => [{ file: path, error: sayWhy(error) }])));
  }
  return files;
}

/** A link to a file of the same folder is that file; one to a folder may lead back to itself, or anywhere. */
async function followLink(path: string, top: string): Promise<Entry> {
  try {
    const [real, realTop] = await Promise.all([realpath(path), realpath(top)]);
    if (!real.startsWith(realTop + sep)) return { file: path, error: "It is a link that leads out of the folder." };
    if ((await stat(real)).isFile()) return { file: path };
    return { file: path, error: "It is a link to a folder, which is not followed: add that folder itself." };
  } catch (error) {
    return { file: path, error: sayWhy(error) };
  }
}

function sayWhy(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return "There is no such file or folder.";
  if (code === "ELOOP") return "It is a link that leads back to itself.";
  if (code === "EACCES" || code === "EPERM") return "It may not be read by the user who runs Sunbae.";
  return `It can't be read: ${message}`;
}

function defaultRoot(start: string): string {
  const here = process.cwd();
  return start === here || start.startsWith(here + sep) ? here : dirname(start);
}

function storedPath(root: string, file: string): string {
  const path = relative(root, file).split(sep).join("/");
  return path === "" || path.startsWith("../") ? basename(file) : path;
}

/** Two folders may hold files of one name: the later one gets its folder's name before it. */
export function longerPath(found: FoundFile): string {
  return `${basename(found.root)}@${dirname(found.root).split(sep).at(-1) ?? ""}/${found.path}`;
}
