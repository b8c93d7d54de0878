// @ts-check
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { npmCi } from "./npm.js";
import { LaunchError, step } from "./say.js";
import { takeTurn } from "./turn.js";

/**
 * Installs node_modules from the lock where a package of the lock is missing or is another version.
 * @param {string} root the package's folder
 * @param {{ tools: boolean }} options tools: the development packages are needed too
 */
export async function ensurePackages(root, { tools }) {
  if (!findMissing(root, tools)) return;
  await takeTurn(root, "install", async (note) => {
    if (!findMissing(root, tools)) return;
    await step("Installing packages", () => npmCi(root, tools ? ["--include=dev"] : [], note));
    const missing = findMissing(root, tools);
    if (missing)
      throw new LaunchError(`npm finished, but ${missing} is still missing. Run npm ci and read its output.`);
  });
}

/**
 * The first package of the lock that node_modules lacks or holds in another version, by the lock that npm keeps
 * inside node_modules and writes last. Packages for other systems are optional and not looked at.
 * @param {string} root @param {boolean} tools
 */
export function findMissing(root, tools) {
  const hidden = path.join(root, "node_modules", ".package-lock.json");
  if (!existsSync(hidden)) return "node_modules";
  const wanted = readPackages(path.join(root, "package-lock.json"));
  const present = readPackages(hidden);
  for (const [name, entry] of Object.entries(wanted)) {
    if (name === "" || entry.optional || entry.devOptional || (entry.dev && !tools)) continue;
    const found = present[name];
    if (found?.version !== entry.version || found?.integrity !== entry.integrity) return name;
  }
  return undefined;
}

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, dev?: boolean, devOptional?: boolean }} Locked */

/** @param {string} file @returns {Record<string, Locked>} */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
  } catch {
    return {};
  }
}
