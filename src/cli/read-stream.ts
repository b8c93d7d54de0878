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

/** The data of server-sent events, of the shape that the door promises. Throws the problem that a stream ends with. */
export async function* eventsOf<Data>(body: Response["body"]): AsyncGenerator<Data> {
  let type = "";
  for await (const line of linesOf(body)) {
    if (line.startsWith("event: ")) type = line.slice(7);
    if (!line.startsWith("data: ")) continue;
    const data: unknown = JSON.parse(line.slice(6));
    if (type === "problem") throw toError(data as Problem);
    yield data as Data;
  }
}

/** Run events out of a stream of server-sent events. */
export const runEventsOf = (response: Response): AsyncGenerator<NumberedRunEvent> =>
  eventsOf<NumberedRunEvent>(response.body);

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
