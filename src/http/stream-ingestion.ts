import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import { toSunbaeError } from "../core/errors.ts";
import { isEnded } from "../knowledge/ingest/ingest-job.ts";
import type { IngestFile, IngestJobWithFiles } from "../knowledge/ingest/ingest-job.ts";
import type { HttpEnv } from "./http-env.ts";
import { toProblem } from "./problem.ts";

const lookEveryMs = 250;
const heartbeatMs = 15_000;

export type StreamIngestionOptions = {
  first: IngestJobWithFiles;
  read: () => Promise<IngestJobWithFiles>;
  closing: AbortSignal;
};

/**
 * An ingestion as server-sent events `progress`, four a second at most, each with the files that changed since the one
 * before; ends after one whose state has ended. It is read from the database: the work may be another process's.
 */
export function streamIngestion(c: Context<HttpEnv>, { first, read, closing }: StreamIngestionOptions): Response {
  c.header("X-Accel-Buffering", "no");
  return streamSSE(
    c,
    async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      const signal = AbortSignal.any([gone.signal, closing]);
      const known = new Map<number, string>();
      let told = "";
      let toldAt = 0;
      for (let job = first; ; job = await read()) {
        const data = JSON.stringify({ ...job, files: job.files.filter((file) => isNews(known, file)) });
        if (data !== told) {
          await stream.writeSSE({ event: "progress", data });
          toldAt = Date.now();
        } else if (Date.now() - toldAt > heartbeatMs) {
          await stream.write(": still here\n\n");
          toldAt = Date.now();
        }
        told = JSON.stringify({ ...job, files: [] });
        if (isEnded(job.state) || signal.aborted) return;
        await pause(lookEveryMs, undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return;
      }
    },
    async (thrown, stream) => {
      const problem = toProblem(toSunbaeError(thrown), c.req.path, c.get("requestId"));
      await stream.writeSSE({ event: "problem", data: JSON.stringify(problem) });
    },
  );
}

function isNews(known: Map<number, string>, file: IngestFile): boolean {
  const now = JSON.stringify(file);
  if (known.get(file.ordinal) === now) return false;
  known.set(file.ordinal, now);
  return true;
}
