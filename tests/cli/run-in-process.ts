import { Readable } from "node:stream";
import { runCommandLine } from "../../src/cli/run-command-line.ts";
import { testConfig } from "../http/open-doors.ts";

export type Ran = { code: number; stdout: string; stderr: string };

/** Runs one command in this process as the command line would, with its output as text. */
export async function runInProcess(args: string[], dataDir: string, input = ""): Promise<Ran> {
  const ran = { code: 0, stdout: "", stderr: "" };
  ran.code = await runCommandLine(args, {
    stdout: { write: (text) => void (ran.stdout += text) },
    stderr: { write: (text) => void (ran.stderr += text) },
    stdin: Readable.from([input]),
    config: () => testConfig(dataDir),
  });
  return ran;
}
