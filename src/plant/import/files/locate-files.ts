import { glob, stat } from "node:fs/promises";
import path from "node:path";

export type LocatedFile = { path: string; name: string; size: number };

const natural = new Intl.Collator("en", { numeric: true });

/** The files that a path or a pattern stands for, in natural order (2.csv before 10.csv). Names are relative to the folder. */
export async function locateFiles(pattern: string, folder: string): Promise<LocatedFile[]> {
  const direct = path.resolve(folder, pattern);
  const paths = (await isFile(direct)) ? [direct] : await expand(pattern, folder);
  const files = await Promise.all(
    paths.map(async (file) => ({ path: file, name: nameOf(file, folder), size: (await stat(file)).size })),
  );
  return files.sort((a, b) => natural.compare(a.name, b.name));
}

async function expand(pattern: string, folder: string): Promise<string[]> {
  if (!/[*?[{]/.test(pattern)) return [];
  const found: string[] = [];
  for await (const entry of glob(pattern, { cwd: folder })) {
    const file = path.resolve(folder, entry);
    if (await isFile(file)) found.push(file);
  }
  return found;
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}

function nameOf(file: string, folder: string): string {
  const relative = path.relative(folder, file);
  return (relative.startsWith("..") ? path.basename(file) : relative).split(path.sep).join("/");
}
