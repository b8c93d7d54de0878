import { spawnSync } from "node:child_process";

// Debian packages of this machine, installed where they are missing.

const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };

function apt(...words: string[]): boolean {
  return spawnSync("apt-get", ["-qq", ...words], { stdio: "inherit", env: environment }).status === 0;
}

let updated: boolean | null = null;

function knows(name: string): boolean {
  const found = spawnSync("apt-cache", ["policy", name], { encoding: "utf8" });
  return /Candidate: \d/.test(found.stdout ?? "");
}

/** True where the package sources have it; asks them once for news where they seem not to. */
export function isInPackageSources(name: string): boolean {
  if (knows(name)) return true;
  updated ??= process.getuid?.() === 0 && apt("update");
  return updated && knows(name);
}

/** Throws, with what to do, where the package can't be installed. */
export function installPackage(name: string): void {
  const install = () => apt("install", "-y", "--no-install-recommends", name);
  if (process.getuid?.() === 0) {
    if (isInPackageSources(name) && install()) return;
    // What is known may be older than what the sources still have.
    updated = apt("update");
    if (updated && install()) return;
  }
  throw new Error(`${name} is missing and could not be installed: run \`apt-get install ${name}\` as root.`);
}
