import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

export type EmbeddedChild = {
  pid: number;
  lines: string[];
  /** Resolves when the child has said so many lines. */
  said(count: number): Promise<void>;
  kill(): Promise<void>;
};

/** Starts tests/support/embedded-child.ts on a data folder. */
export function startEmbeddedChild(dataDir: string, mode: "hold" | "insert"): EmbeddedChild {
  const script = join(import.meta.dirname, "embedded-child.ts");
  const child: ChildProcess = spawn(process.execPath, [script, dataDir, mode], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout! });
  const closed = once(reader, "close");
  reader.on("line", (line) => lines.push(line));
  const said = async (count: number) => {
    while (lines.length < count) {
      if (child.exitCode !== null) throw new Error(`the child ended: ${lines.join("; ")}`);
      await Promise.race([once(reader, "line"), exited]);
    }
  };
  const kill = async () => {
    child.kill("SIGKILL");
    await Promise.all([exited, closed]);
  };
  return { pid: child.pid!, lines, said, kill };
}
