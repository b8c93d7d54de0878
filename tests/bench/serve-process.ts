import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { repository } from "./places.ts";

const launcher = join(repository, "src/launch/sunbae.js");

export type ServeProcess = {
  url: string;
  /** From the start of the process to the moment at which it said that it is ready. */
  readyMs: number;
  /** The most memory it ever had, in MB; null where the system does not tell. */
  peakMemory(): number | null;
  /** Ctrl-C; resolves when it has ended. */
  stop(): Promise<void>;
};

/** A process that finds no settings of this machine. */
function environmentOf(dataDir: string, more: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, NODE_OPTIONS } = process.env;
  return {
    PATH,
    HOME,
    TMPDIR,
    NODE_OPTIONS,
    SUNBAE_DATA_DIR: dataDir,
    SUNBAE_LLM: "none",
    SUNBAE_LOG_LEVEL: "error",
    PORT: "0",
    ...more,
  };
}

/** `sunbae serve` through the launcher, as a person starts it; resolves when it has printed its address. */
export async function startServeProcess(dataDir: string, more: Record<string, string> = {}): Promise<ServeProcess> {
  const began = performance.now();
  const child: ChildProcess = spawn(process.execPath, [launcher, "serve"], {
    env: environmentOf(dataDir, more),
    cwd: dataDir,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  let output = "";
  let port: string | undefined;
  let readyMs = 0;
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (port !== undefined) return;
      port = /http:\/\/localhost:(\d+)/.exec(output)?.[1];
      readyMs = performance.now() - began;
    });
  while (port === undefined) {
    if (child.exitCode !== null) throw new Error(`serve ended: ${output}`);
    await Promise.race([pause(10), exited]);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    readyMs,
    peakMemory: () => peakMemoryOf(child.pid),
    async stop() {
      child.kill("SIGINT");
      const kill = setTimeout(() => child.kill("SIGKILL"), 15_000);
      await exited;
      clearTimeout(kill);
    },
  };
}

/** Brings the packages and the bundle up to date, so that no start is measured with a build in it. */
export async function bundle(): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, [launcher, "--help"], { stdio: ["ignore", "ignore", "inherit"] });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error("sunbae --help failed; see above.");
  return performance.now() - began;
}

function peakMemoryOf(pid: number | undefined): number | null {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1_024;
  } catch {
    return null;
  }
}
