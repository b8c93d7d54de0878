import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import type { SourceFile } from "./source-file.ts";

const untracked = new Set(["node_modules", "dist", ".git", ".sunbae", ".launch", "test-results"]);

/** Every file of the repository that is tracked or would be; without git (an unpacked archive), every file there. */
export function listFiles(root: string): string[] {
  try {
    const output = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 2 ** 26,
    });
    return output.split("\0").filter((file) => file !== "" && existsSync(path.join(root, file)));
  } catch {
    return walk(root, "");
  }
}

function walk(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return untracked.has(entry.name) ? [] : walk(root, file);
    return [file];
  });
}

/** The text files among them; what holds a zero byte or is larger than 2 MB is left out. */
export function readRepository(root: string): SourceFile[] {
  return listFiles(root).flatMap((file) => {
    const place = path.join(root, file);
    if (statSync(place).size > 2_000_000) return [];
    const text = readFileSync(place, "utf8");
    return text.includes("\0") ? [] : [{ path: file, text }];
  });
}
