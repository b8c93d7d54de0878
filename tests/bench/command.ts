import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, createReadStream, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { repository } from "./places.ts";

// `sunbae …` as a person types it, on a data folder of its own.

export type Commands = {
  /** One JSON document. */
  json<T>(...args: string[]): Promise<T>;
  /** JSON Lines, one at a time: a batch's answers do not fit into one string. Resolves with the seconds it took. */
  lines<T>(take: (line: T) => void, ...args: string[]): Promise<number>;
  remove(): void;
};

export function createCommands(environment: Record<string, string> = {}): Commands {
  const root = mkdtempSync(join(tmpdir(), "sunbae-bench-"));
  const { PATH, HOME, TMPDIR } = process.env;
  const own = { SUNBAE_DATA_DIR: join(root, "data"), SUNBAE_LLM: "none", SUNBAE_SAMPLE: "off", PORT: "0" };
  let runs = 0;

  /** The file with what was printed. */
  async function run(args: string[]): Promise<{ printed: string; seconds: number }> {
    const printed = join(root, `printed-${(runs += 1)}`);
    const out = openSync(printed, "w");
    const began = performance.now();
    const child = spawn(process.execPath, [join(repository, "src/launch/sunbae.js"), ...args], {
      env: { PATH, HOME, TMPDIR, ...own, ...environment },
      cwd: root,
      stdio: ["ignore", out, "pipe"],
    });
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
    const [code] = (await once(child, "close")) as [number | null];
    closeSync(out);
    if (code !== 0) throw new Error(`sunbae ${args[0]} ended with ${code}: ${said}`);
    return { printed, seconds: (performance.now() - began) / 1_000 };
  }

  return {
    async json<T>(...args: string[]) {
      return JSON.parse(readFileSync((await run(args)).printed, "utf8")) as T;
    },
    async lines<T>(take: (line: T) => void, ...args: string[]) {
      const { printed, seconds } = await run(args);
      for await (const line of createInterface({ input: createReadStream(printed) })) take(JSON.parse(line) as T);
      rmSync(printed);
      return seconds;
    },
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}
