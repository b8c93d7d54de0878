import type { Context } from "hono";
import { stream } from "hono/streaming";
import { toSunbaeError } from "../core/errors.ts";
import type { HttpEnv } from "./http-env.ts";
import { toProblem } from "./problem.ts";

const everyMs = 100;

/**
 * Long work as JSON Lines: `{"progress": …}` ten times a second at most, then one `{"result": …}` or `{"problem": …}`.
 * A reader who goes away stops the work.
 */
export function streamProgress<Progress, Result>(
  c: Context<HttpEnv>,
  work: (tell: (progress: Progress) => void, signal: AbortSignal) => Promise<Result>,
): Response {
  c.header("Content-Type", "application/x-ndjson");
  c.header("X-Accel-Buffering", "no");
  return stream(c, async (out) => {
    const gone = new AbortController();
    out.onAbort(() => gone.abort());
    let toldAt = 0;
    const tell = (progress: Progress) => {
      if (Date.now() - toldAt < everyMs) return;
      toldAt = Date.now();
      void out.writeln(JSON.stringify({ progress }));
    };
    try {
      const result = await work(tell, gone.signal);
      await out.writeln(JSON.stringify({ result }));
    } catch (thrown) {
      const problem = toProblem(toSunbaeError(thrown), c.req.path, c.get("requestId"));
      await out.writeln(JSON.stringify({ problem }));
    }
  });
}
