// @ts-check
import { spawn } from "node:child_process";
import { constants } from "node:os";

const forwarded = /** @type {NodeJS.Signals[]} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/** The mark a re-executed launcher finds in its environment: the version of Node that started it. */
export const MARK = "SUNBAE_LAUNCHED_FROM";

/**
 * @typedef {{ code: number | null, signal: NodeJS.Signals | null, output: string, interrupted?: NodeJS.Signals }} Ended
 *
 * Runs a child to its end and passes it the signals sent to this process. Never rejects but when it cannot start.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, capture?: boolean, leash?: boolean,
 *   killAfterMs?: number, started?: (pid: number) => void }} [options]
 *   capture: keep stdout and stderr instead of showing them; leash: an IPC channel by which the child sees our death;
 *   killAfterMs: how long a child may take to end after a signal
 * @returns {Promise<Ended>}
 */
export function runChild(command, args, options = {}) {
  const { cwd, env, shell = false, capture = false, leash = false, killAfterMs, started } = options;
  return new Promise((resolve, reject) => {
    const inherited = leash ? ["inherit", "inherit", "inherit", "ipc"] : "inherit";
    const stdio = /** @type {import("node:child_process").StdioOptions} */ (
      capture ? ["ignore", "pipe", "pipe"] : inherited
    );
    const child = spawn(command, args, { cwd, env, shell, stdio, windowsHide: true });
    if (child.pid) started?.(child.pid);
    let output = "";
    /** @type {NodeJS.Signals | undefined} */
    let interrupted;
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += chunk));

    const handlers = forwarded.map((signal) => {
      const handler = () => {
        interrupted = signal;
        // The terminal sends Ctrl-C to the whole group: the child has it already.
        if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
        if (killAfterMs) setTimeout(() => child.kill("SIGKILL"), killAfterMs).unref();
      };
      process.on(signal, handler);
      return () => process.off(signal, handler);
    });
    const settle = () => handlers.forEach((remove) => remove());
    child.once("error", (error) => (settle(), reject(error)));
    child.once("close", (code, signal) => (settle(), resolve({ code, signal, output, interrupted })));
  });
}

/**
 * Ends this process as the child ended: the same exit code, or the same signal.
 * @param {{ code: number | null, signal: NodeJS.Signals | null }} ended
 */
export function endLike({ code, signal }) {
  if (signal === null) process.exit(code ?? 1);
  if (process.platform === "win32") process.exit(1);
  process.kill(process.pid, signal);
  // SIGKILL and the like end us here; a signal that something holds back ends as the shell would tell it.
  setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 0)), 200);
}

/**
 * Ends gracefully when the process that started us is gone, so that no server stays behind unseen: an older Node's
 * launcher (by the IPC channel), or npm and its shell, which on SIGTERM die without passing it on (by our parent's id).
 */
export function followParent() {
  const end = () => process.kill(process.pid, "SIGTERM");
  const again = process.env[MARK] !== undefined;
  delete process.env[MARK];
  if (again && process.channel) {
    process.once("disconnect", end);
    process.channel.unref();
  } else if (process.env.npm_lifecycle_event && process.platform !== "win32") {
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      end();
    }, 500);
    timer.unref();
  }
}
