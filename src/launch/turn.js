// @ts-check
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { LaunchError, say } from "./say.js";

// One launcher at a time installs or builds: a file that is created exclusively, names its owner and is touched
// while the owner lives. It is taken over from an owner that died or has not touched it for a while.

/** How long an owner may be silent: one that cannot be asked for, and one whose id is alive (it may be another's by now). */
const silence = { unknownMs: 20_000, aliveMs: 180_000 };

/**
 * Runs the work while holding the turn of this name; a second process waits for it and then does its own work.
 * @template T
 * @param {string} root the package's folder
 * @param {string} name "install" | "build"
 * @param {(note: (pid: number) => void) => Promise<T>} work should look again whether there is anything left to do;
 *   note: names a process that does the work, so that nobody takes over while it lives
 * @param {{ pollMs?: number, silence?: typeof silence }} [options]
 * @returns {Promise<T>}
 */
export async function takeTurn(root, name, work, options = {}) {
  const { pollMs = 200, silence: allowed = silence } = options;
  const file = path.join(root, ".launch", `${name}.lock`);
  let told = false;
  let seen = { touched: 0, since: Date.now() };
  while (!create(file)) {
    const owner = readOwner(file);
    if (!owner) continue;
    if (owner.touched !== seen.touched) seen = { touched: owner.touched, since: Date.now() };
    const silentMs = Date.now() - seen.since;
    const state = stateOf(owner);
    if (state === "dead" || silentMs > (state === "alive" ? allowed.aliveMs : allowed.unknownMs)) {
      takeAway(file, owner.touched);
      continue;
    }
    // One that has just been created does not name its owner yet.
    if (!told && (owner.pids.length > 0 || silentMs > 1_000)) {
      say(`Waiting for process ${owner.pids[0] ?? "?"}, which is at the same work (${name}) …`);
      told = true;
    }
    await pause(pollMs);
  }
  const timer = setInterval(() => touch(file), 2_000);
  try {
    return await work((pid) => write(file, [process.pid, pid]));
  } finally {
    clearInterval(timer);
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function create(file) {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    write(file, [process.pid], "wx");
    return true;
  } catch (error) {
    // Windows says EPERM or EBUSY while another process is deleting the file.
    if (["EEXIST", "EPERM", "EBUSY"].includes(codeOf(error)) && statOf(file)) return false;
    if (codeOf(error) === "EEXIST") return false;
    if (!["EACCES", "EPERM", "EROFS"].includes(codeOf(error))) throw error;
    const folder = path.dirname(path.dirname(file));
    throw new LaunchError(
      `Something must be installed or built, but ${folder} is not writable by this user. Start once as its owner.`,
    );
  }
}

/** @param {string} file @param {number[]} pids @param {string} [flag] */
function write(file, pids, flag = "w") {
  writeFileSync(file, JSON.stringify({ pids, host: hostname() }), { flag });
}

/** @param {string} file */
function readOwner(file) {
  const touched = statOf(file)?.mtimeMs;
  if (touched === undefined) return undefined;
  try {
    const { pids, host } = JSON.parse(readFileSync(file, "utf8"));
    return { pids: /** @type {number[]} */ (pids), host: String(host), touched };
  } catch {
    // Created but not yet written, or gone meanwhile: an unreadable one is taken over when it stays silent.
    return { pids: [], host: "", touched };
  }
}

/** @param {{ pids: number[], host: string }} owner */
function stateOf({ pids, host }) {
  if (host !== hostname() || pids.length === 0) return "unknown";
  return pids.some(isAlive) ? "alive" : "dead";
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
}

/**
 * Removes a dead owner's file, one process at a time, and only the one that was judged.
 * @param {string} file @param {number} touched
 */
function takeAway(file, touched) {
  const guard = `${file}.takeover`;
  try {
    mkdirSync(guard);
  } catch {
    const age = Date.now() - (statOf(guard)?.mtimeMs ?? Date.now());
    if (age > silence.unknownMs) rmSync(guard, { recursive: true, force: true });
    return;
  }
  if (statOf(file)?.mtimeMs === touched) rmSync(file, { force: true });
  rmSync(guard, { recursive: true, force: true });
}

/** @param {string} file */
function statOf(file) {
  return statSync(file, { throwIfNoEntry: false });
}

/** @param {string} file */
function touch(file) {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // The folder was cleaned meanwhile; the work goes on, another process may do the same beside it.
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return String(/** @type {NodeJS.ErrnoException} */ (error)?.code);
}
