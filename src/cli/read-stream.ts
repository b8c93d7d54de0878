import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import type { NumberedRunEvent } from "../core/run-event.ts";
import type { Problem } from "../http/problem.ts";
import { toError } from "./open-door.ts";

/** The lines of a body, as they come. */
export async function* linesOf(body: Response["body"]): AsyncGenerator<string> {
  if (!body) return;
  const input = Readable.fromWeb(body as ReadableStream);
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) yield line;
}

/** Run events out of a stream of server-sent events. Throws the problem that the stream ends with. */
export async function* runEventsOf(response: Response): AsyncGenerator<NumberedRunEvent> {
  let type = "";
  for await (const line of linesOf(response.body)) {
    if (line.startsWith("event: ")) type = line.slice(7);
    if (!line.startsWith("data: ")) continue;
    const data = JSON.parse(line.slice(6)) as NumberedRunEvent;
    if (type === "problem") throw toError(data as unknown as Problem);
    yield data;
  }
}

/** The result of long work, which tells its progress on the way. */
export async function resultOf<Progress, Result>(
  response: Response,
  onProgress: (progress: Progress) => void,
): Promise<Result> {
  for await (const line of linesOf(response.body)) {
    const message = JSON.parse(line) as { progress?: Progress; result?: Result; problem?: Problem };
    if (message.progress !== undefined) onProgress(message.progress);
    if (message.problem !== undefined) throw toError(message.problem);
    if (message.result !== undefined) return message.result;
  }
  throw toError({
    code: "unavailable",
    detail: "The server went away in the middle of the work.",
    fix: "Run it again.",
  });
}
