// @ts-check
import path from "node:path";
import { fileURLToPath } from "node:url";
import { MARK, endLike, followParent, runChild } from "./child.js";
import { npmScript } from "./npm.js";
import { ensurePackages } from "./packages.js";
import { isRecentEnough, pinnedNode } from "./pinned-node.js";
import { LaunchError, say } from "./say.js";

/** The package's folder, without a separator at its end. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/**
 * Brings a recent Node and the packages, then runs `main` on them. On an older Node `main` runs in a child on the
 * pinned one, and this process passes signals on and ends as the child ends.
 * @param {string} entry URL of the calling file, to be run again
 * @param {{ tools: boolean }} options
 * @param {(args: string[]) => Promise<void>} main
 */
export async function launch(entry, options, main) {
  const args = process.argv.slice(2);
  try {
    const again = process.env[MARK] !== undefined;
    followParent();
    if (!isRecentEnough(process.versions.node)) return await runAgain(fileURLToPath(entry), args, again);
    await ensurePackages(root, options);
    await main(args);
  } catch (error) {
    if (!(error instanceof LaunchError)) throw error;
    say(`\n${error.message}`);
    endLike({ code: 1, signal: error.signal ?? null });
  }
}

/** @param {string} file @param {string[]} args @param {boolean} again */
async function runAgain(file, args, again) {
  if (again) throw new LaunchError(`The pinned Node is too old itself: see src/launch/runtime/package.json.`);
  const node = await pinnedNode(root);
  const npm = npmScript();
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, [MARK]: process.versions.node, ...(npm && { npm_execpath: npm }) };
  // The pinned Node comes first on the path, so that whatever looks for `node` finds it.
  const key = Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  Object.assign(env, { [key]: [path.dirname(node), env[key]].filter(Boolean).join(path.delimiter) });
  endLike(await runChild(node, [...process.execArgv, file, ...args], { env, leash: true }));
}
