import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import { toSunbaeError } from "../core/errors.ts";
import type { NumberedRunEvent } from "../core/run-event.ts";
import type { HttpEnv } from "./http-env.ts";
import { toProblem } from "./problem.ts";

const heartbeatMs = 15_000;

export type StreamRunOptions = {
  follow: (signal: AbortSignal) => AsyncIterable<NumberedRunEvent>;
  closing: AbortSignal;
};

/**
 * The events of a run as server-sent events: `id` is the number to resume from, `event` the type, `data` the numbered
 * event. Ends after the terminal one. A reader who goes away ends the stream, not the run.
 */
export function streamRun(c: Context<HttpEnv>, { follow, closing }: StreamRunOptions): Response {
  c.header("X-Accel-Buffering", "no");
  return streamSSE(
    c,
    async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      const heartbeat = setInterval(() => void stream.write(": still here\n\n"), heartbeatMs);
      try {
        for await (const event of follow(AbortSignal.any([gone.signal, closing])))
          await stream.writeSSE({ id: String(event.seq), event: event.event.type, data: JSON.stringify(event) });
      } finally {
        clearInterval(heartbeat);
      }
    },
    async (thrown, stream) => {
      const problem = toProblem(toSunbaeError(thrown), c.req.path, c.get("requestId"));
      await stream.writeSSE({ event: "problem", data: JSON.stringify(problem) });
    },
  );
}
