// @ts-check
import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { runChild } from "./child.js";
import { LaunchError } from "./say.js";

/** npm's own script, so that it runs on this Node on every system; undefined where only a command is known. */
export function npmScript() {
  const named = process.env.npm_execpath;
  if (named && /npm-cli\.c?js$/.test(named) && existsSync(named)) return named;
  const folder = path.dirname(process.execPath);
  const beside = path.join("node_modules", "npm", "bin", "npm-cli.js");
  return [path.join(folder, beside), path.join(folder, "..", "lib", beside)].find((file) => existsSync(file));
}

const causes = /** @type {[RegExp, string][]} */ ([
  [/ENOSPC/, "The disk is full. Free about 500 MB on the disk of this folder (or of npm's cache) and start again."],
  [
    /CERT|certificate|SSL/,
    "The registry's certificate is not trusted, often because a proxy stands between. Point NODE_EXTRA_CA_CERTS at the proxy's certificate and start again.",
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|ERR_SOCKET/,
    "The package registry cannot be reached. Connect this machine once, or name your proxy or mirror (npm config set proxy … or registry …), or copy the folder with its node_modules from a connected machine of the same system; then start again.",
  ],
  [/EACCES|EPERM|EROFS/, "The folder is not writable by this user. Give it write access, or start as its owner."],
  [/EINTEGRITY/, "A downloaded package is not the one in the lock. Run npm cache clean --force and start again."],
  [
    /EUSAGE|can only install packages when/,
    "package.json and package-lock.json disagree. Run npm install and commit the lock.",
  ],
  [/E401|E403|E404|ETARGET/, "The registry did not hand out a package. Check the registry in your npm settings."],
]);

/**
 * One sentence with the fix for npm's output, then npm's first lines.
 * @param {string} output
 */
export function explainNpmFailure(output) {
  const lines = output.split(/\r?\n/).map((line) => line.replace(/^npm (error|ERR!)\s?/, ""));
  const telling = lines.filter((line) => /\S/.test(line) && !/^npm warn|complete log|^added \d/i.test(line));
  const cause = causes.find(([pattern]) => pattern.test(output))?.[1] ?? "npm could not install the packages.";
  return [cause, ...telling.slice(0, 5).map((line) => `  ${line}`)].join("\n");
}

/** The environment without what an enclosing `npm run` says of its own package and script. */
function installEnvironment() {
  const own = /^npm_(lifecycle|package|command|config_local_prefix|config_workspace)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

/**
 * Runs npm in a folder. Throws a LaunchError that says the fix.
 * @param {string} folder
 * @param {string[]} args
 * @param {(pid: number) => void} [started] hears npm's process id
 */
export async function npm(folder, args, started) {
  const script = npmScript();
  const windows = process.platform === "win32";
  const command = script ? process.execPath : windows ? "npm.cmd" : "npm";
  const quiet = ["--loglevel=warn", "--no-progress", "--no-audit", "--no-fund"];
  const patience = ["--fetch-retries=3", "--fetch-retry-factor=2", "--fetch-retry-mintimeout=1000"];
  const ended = await runChild(command, [...(script ? [script] : []), ...args, ...quiet, ...patience], {
    cwd: folder,
    env: installEnvironment(),
    // npm.cmd is a batch file, which Windows starts through a shell only.
    shell: !script && windows,
    capture: true,
    killAfterMs: 2_000,
    started,
  }).catch((/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code !== "ENOENT") throw error;
    throw new LaunchError("npm was not found. Install Node 22.19 or newer from nodejs.org, which brings npm.");
  });
  const stopped = ended.interrupted ?? ended.signal;
  if (stopped) throw new LaunchError("Stopped before the packages were installed.", stopped);
  // npm only warns of a file that it could not unpack, as on a full disk, and reports success.
  const torn = /TAR_ENTRY_ERROR|ENOSPC/.test(ended.output);
  if (torn) rmSync(path.join(folder, "node_modules", ".package-lock.json"), { force: true });
  if (torn || ended.code !== 0) throw new LaunchError(explainNpmFailure(ended.output));
}

/**
 * Installs exactly what the folder's lock names. No package needs its install script here.
 * @param {string} folder
 * @param {string[]} args
 * @param {(pid: number) => void} [started]
 */
export function npmCi(folder, args, started) {
  return npm(folder, ["ci", "--ignore-scripts", "--prefer-offline", ...args], started);
}
