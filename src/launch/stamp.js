// @ts-check
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

// A bundle is fresh while the files it was made of are the same. Names, sizes and times are compared first, in a few
// milliseconds; where they differ (a copy, a checkout, an unpacked archive) the contents decide.

/**
 * @typedef {{ files: string[], read: (kind: "times" | "contents") => string }} Stamp
 * @param {string} root
 * @param {string[]} parts files and folders below root; missing ones count as absent
 * @returns {Stamp}
 */
export function stampOf(root, parts) {
  const files = parts.flatMap((part) => walk(path.join(root, part))).sort();
  return {
    files,
    read(kind) {
      const hash = createHash("sha256");
      for (const file of files) {
        const { size, mtimeMs } = statSync(file);
        hash.update(`${path.relative(root, file)}\0${kind === "times" ? `${size} ${mtimeMs}` : `${size}`}\0`);
        if (kind === "contents") hash.update(readFileSync(file));
      }
      return hash.digest("hex");
    },
  };
}

/**
 * @param {Stamp} stamp
 * @param {string} record the file that tells what the bundle was made of
 */
export function isFresh(stamp, record) {
  const times = stamp.read("times");
  const made = readRecord(record);
  if (!made) return false;
  if (made.times === times) return true;
  const contents = stamp.read("contents");
  if (made.contents !== contents) return false;
  try {
    writeFileSync(record, JSON.stringify({ times, contents }));
  } catch {
    // A read-only installation: the contents are compared each time.
  }
  return true;
}

/** @param {string} record @returns {{ times: string, contents: string } | undefined} */
function readRecord(record) {
  try {
    return JSON.parse(readFileSync(record, "utf8"));
  } catch {
    return undefined;
  }
}

/** @param {string} place @returns {string[]} */
function walk(place) {
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place, { withFileTypes: true }).flatMap((entry) =>
    entry.name === "node_modules" ? [] : walk(path.join(place, entry.name)),
  );
}
