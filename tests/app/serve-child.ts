import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export type ServeChild = {
  url: string;
  /** SIGKILL, at once. */
  kill(): Promise<void>;
  /** Ctrl-C; resolves with the exit code. */
  interrupt(): Promise<number | null>;
  output(): string;
};

const cli = join(import.meta.dirname, "../../src/cli.ts");

/** Environment of a child that finds no settings of this machine. */
export function childEnvironment(dataDir: string, more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR, SUNBAE_DATA_DIR: dataDir, SUNBAE_LLM: "none", SUNBAE_SAMPLE: "off", PORT: "0", ...more };
}

/** A real `sunbae serve` process; resolves when it has printed its address. */
export async function startServe(dataDir: string, environment: Record<string, string> = {}): Promise<ServeChild> {
  const child: ChildProcess = spawn(process.execPath, [cli, "serve"], {
    env: childEnvironment(dataDir, environment),
    cwd: dataDir,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit") as Promise<[number | null]>;
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  for (;;) {
    const port = /http:\/\/localhost:(\d+)/.exec(output)?.[1];
    const isGreeted = output.includes("Ctrl-C stops it");
    if (port !== undefined && isGreeted)
      return {
        url: `http://127.0.0.1:${port}`,
        async kill() {
          child.kill("SIGKILL");
          await exited;
        },
        async interrupt() {
          child.kill("SIGINT");
          return (await exited)[0];
        },
        output: () => output,
      };
    if (child.exitCode !== null) throw new Error(`serve ended: ${output}`);
    await Promise.race([pause(50), exited]);
  }
}

/** Runs one command to its end. */
export async function runCli(
  args: string[],
  dataDir: string,
  options: { environment?: Record<string, string>; input?: string } = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [cli, ...args], {
    env: childEnvironment(dataDir, options.environment),
    cwd: dataDir,
    stdio: ["pipe", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.end(options.input ?? "");
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}
