import { createHash } from "node:crypto";
import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, relative, resolve, sep, isAbsolute } from "node:path";
import type { ReaderInput } from "../load/reader.ts";

// Siblings: other files that are read into a document (included text). They lie in the folder that is ingested, are no
// hidden files (settings, keys), and a change of one is a change of the document.

/** A document's file, and the folder out of which it reads nothing. */
export type Place = { file: string; root: string };

/** A file that was asked for, relative to the document's folder; the hash is null where there was none. */
export type SiblingRead = { path: string; hash: string | null };

const largestBytes = 16 * 1024 * 1024;

/** Null where there is no such plain file, or it is hidden or lies outside the root, also by way of a link. */
async function readSibling({ file, root }: Place, path: string): Promise<Buffer | null> {
  const target = resolve(dirname(file), path);
  if (!isInside(root, target)) return null;
  try {
    const [realRoot, real] = await Promise.all([realpath(root), realpath(target)]);
    if (!isInside(realRoot, real)) return null;
    const info = await stat(real);
    return info.isFile() && info.size <= largestBytes ? await readFile(real) : null;
  } catch {
    return null;
  }
}

function isInside(root: string, target: string): boolean {
  const way = relative(root, target);
  return !isAbsolute(way) && !way.split(sep).some((name) => name.startsWith("."));
}

const hashOf = (bytes: Uint8Array | null) => bytes && createHash("sha256").update(bytes).digest("hex");

/** Gives a reader its siblings and remembers which it asked for. Without a place (an upload) there are none. */
export function createSiblings(place: Place | null): { read: ReaderInput["sibling"]; reads(): SiblingRead[] } {
  const reads = new Map<string, string | null>();
  return {
    async read(path) {
      const bytes = place && (await readSibling(place, path));
      if (place) reads.set(path, hashOf(bytes));
      return bytes;
    },
    reads: () => [...reads].map(([path, hash]) => ({ path, hash })),
  };
}

/** Whether everything that was read into a document is as it was. */
export async function areUnchanged(place: Place | null, reads: SiblingRead[]): Promise<boolean> {
  for (const { path, hash } of reads) if (place && hashOf(await readSibling(place, path)) !== hash) return false;
  return true;
}
