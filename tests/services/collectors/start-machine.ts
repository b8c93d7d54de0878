import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { freePort } from "../free-port.ts";

export type Machine = {
  port: number;
  /** As when its plug is pulled. */
  halt(): Promise<void>;
  resume(): Promise<void>;
  /** What it said since its start, a line each. */
  lines(): string[];
};

/** A program of this folder as a process of its own on a free loopback port; it says "ready" once it listens. `later` are its words when it starts again. */
export async function startMachine(program: string, words: string[] = [], later = words): Promise<Machine> {
  const port = await freePort();
  let child: ChildProcess | null = null;
  let lines: string[] = [];
  const halt = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  const resume = async () => {
    const script = join(import.meta.dirname, program);
    const begun = spawn(process.execPath, [script, String(port), ...(child ? later : words)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    child = begun;
    lines = [];
    await new Promise<void>((resolve, reject) => {
      begun.stdout.on("data", (data: Buffer) => {
        lines.push(
          ...data
            .toString()
            .split("\n")
            .filter((line) => line !== ""),
        );
        if (lines.includes("ready")) resolve();
      });
      begun.once("exit", () => reject(new Error(`${program} ended before it was ready.`)));
    });
  };
  await resume();
  return { port, halt, resume, lines: () => lines };
}
