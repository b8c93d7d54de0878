import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";

export type FoundFile = { file: string; root: string; path: string; error?: string };

/** Every file below the given paths in a stable order. Hidden files and folders and node_modules are passed over. */
export async function findFiles(paths: string[], root: string | undefined): Promise<FoundFile[]> {
  const found = new Map<string, FoundFile>();
  for (const given of paths) {
    const start = resolve(given);
    const base = resolve(root ?? defaultRoot(start));
    try {
      const info = await stat(start);
      const files = info.isDirectory() ? await walk(start) : [start];
      for (const file of files) found.set(file, { file, root: base, path: storedPath(base, file) });
    } catch (error) {
      const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
      const message = missing ? "There is no such file or folder." : `It can't be read: ${(error as Error).message}`;
      found.set(start, { file: start, root: base, path: storedPath(base, start), error: message });
    }
  }
  return [...found.values()];
}

function defaultRoot(start: string): string {
  const here = process.cwd();
  return start === here || start.startsWith(here + sep) ? here : dirname(start);
}

function storedPath(root: string, file: string): string {
  const path = relative(root, file).split(sep).join("/");
  return path === "" || path.startsWith("../") ? basename(file) : path;
}

async function walk(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    const path = join(folder, entry.name);
    // Links are not followed: a folder may point at itself.
    if (entry.isDirectory()) files.push(...(await walk(path)));
    else if (entry.isFile()) files.push(path);
  }
  return files;
}

/** Two folders may hold files of one name: the later one gets its folder's name before it. */
export function distinctPath(found: FoundFile, known: { root: string } | undefined): string {
  if (!known || known.root === found.root || !existsSync(join(known.root, found.path))) return found.path;
  return `${basename(found.root)}@${dirname(found.root).split(sep).at(-1) ?? ""}/${found.path}`;
}
