import { spawn } from "node:child_process";
import { SunbaeError } from "../../../core/errors.ts";

export type Ended = { code: number; output: string; errors: string };

const mostOutput = 32 * 1024 * 1024;

/** Runs a program of the machine to its end. Null where there is no such program; throws where it is stopped. */
export function runProgram(
  command: string,
  words: string[],
  { input, timeoutMs, signal }: { input?: Uint8Array; timeoutMs: number; signal?: AbortSignal },
): Promise<Ended | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { stdio: ["pipe", "pipe", "pipe"], windowsHide: true });
    const output: Buffer[] = [];
    let [length, errors] = [0, ""];
    const stop = (why: SunbaeError) => {
      child.kill("SIGKILL");
      settle(() => reject(why));
    };
    const onAbort = () => stop(new SunbaeError("cancelled", "The work was cancelled."));
    const timer = setTimeout(
      () => stop(new SunbaeError("unavailable", `${command} took longer than ${Math.round(timeoutMs / 1000)} s.`)),
      timeoutMs,
    );
    function settle(act: () => void): void {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      act();
    }
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted) onAbort();
    child.once("error", (error: NodeJS.ErrnoException) => {
      settle(() => (error.code === "ENOENT" ? resolve(null) : reject(error)));
    });
    child.stdout.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > mostOutput) stop(new SunbaeError("too_large", `${command} wrote more than 32 MB.`));
      else output.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      if (errors.length < 4000) errors += chunk.toString();
    });
    // A program that ends before it has read all of its input.
    child.stdin.on("error", () => undefined);
    child.once("close", (code) => {
      settle(() => resolve({ code: code ?? 1, output: Buffer.concat(output).toString("utf8"), errors }));
    });
    child.stdin.end(input);
  });
}
