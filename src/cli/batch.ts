import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { z } from "zod";
import { SunbaeError, toSunbaeError } from "../core/errors.ts";
import type { Cli } from "./cli.ts";

// A batch: JSON Lines in, JSON Lines out in the same order, each with the id of its line. A bad line gets an error in
// its place and the rest is done.

export type BatchId = string | number;
export type BatchOptions<Item> = {
  /** A path, or "-" for stdin. */
  file: string;
  item: z.ZodType<Item & { id: BatchId }>;
  run: (item: Item & { id: BatchId }) => Promise<object>;
  label: string;
};

/** A few at once, so that an answer's waiting is another one's work. */
const atOnce = 4;

/** Resolves with the number of lines that failed. */
export async function runBatch<Item>({ terminal, signal, input }: Cli, options: BatchOptions<Item>): Promise<number> {
  const lines = await readLines(options.file, input);
  const results: (Promise<object> | undefined)[] = [];
  let failed = 0;
  let next = 0;
  const startMore = (until: number) => {
    for (; next < lines.length && next < until; next += 1)
      results[next] = runLine(lines[next] ?? "", next + 1, options);
  };
  for (let at = 0; at < lines.length; at += 1) {
    signal.throwIfAborted();
    startMore(at + atOnce);
    const result = (await results[at]) ?? {};
    results[at] = undefined;
    if ("error" in result) failed += 1;
    terminal.print(JSON.stringify(result));
    terminal.progress(options.label, at + 1, lines.length);
  }
  terminal.endProgress();
  if (failed > 0) terminal.say(`${failed} of ${lines.length} lines failed; each has an "error" in its place.`);
  return failed;
}

async function runLine<Item>(line: string, number: number, { item, run }: BatchOptions<Item>): Promise<object> {
  let id: BatchId | null = null;
  try {
    const parsed = parseLine(line, number);
    id = idOf(parsed);
    const checked = item.safeParse(parsed);
    if (!checked.success) throw new SunbaeError("invalid_input", `line ${number}: ${faultsOf(checked.error)}.`);
    return { id, ...(await run(checked.data)) };
  } catch (thrown) {
    const { code, message, fix } = toSunbaeError(thrown);
    return { id, line: number, error: { code, message, ...(fix === undefined ? {} : { fix }) } };
  }
}

function faultsOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join(".") || "it"}: ${message}`).join("; ");
}

function parseLine(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new SunbaeError("invalid_input", `line ${number} is not JSON.`);
  }
}

function idOf(parsed: unknown): BatchId | null {
  const id = (parsed as { id?: unknown } | null)?.id;
  return typeof id === "string" || typeof id === "number" ? id : null;
}

async function readLines(file: string, stdin: NodeJS.ReadableStream): Promise<string[]> {
  const input = file === "-" ? stdin : createReadStream(file);
  const lines: string[] = [];
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }))
      if (line.replace(/^\uFEFF/, "").trim() !== "") lines.push(line.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new SunbaeError("not_found", `The batch file ${file} can't be read: ${(cause as Error).message}`, { cause });
  }
  return lines;
}

export const batchId = z.union([z.string(), z.number()]);
