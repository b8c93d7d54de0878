import { Worker } from "node:worker_threads";
import { SunbaeError } from "../../core/errors.ts";
import type { DrawReply, DrawRequest } from "./picture-worker.ts";

export type PictureThread = {
  /** The file whose bytes the thread still has. */
  holds(): string | null;
  /** PNG bytes. One call at a time; the request's bytes are given away. */
  draw(request: DrawRequest): Promise<Uint8Array>;
  close(): Promise<void>;
};

/** A page that takes longer is given up, and the thread with it. */
const longestMs = 30_000;
/** So long after the last page, the thread and its memory go. */
const idleMs = 60_000;

type Waiting = { take(reply: DrawReply): void; fail(why: string): void };

export function createPictureThread(): PictureThread {
  let worker: Worker | null = null;
  let held: string | null = null;
  let idle: NodeJS.Timeout | undefined;
  let waiting: Waiting | null = null;

  async function end(why: string): Promise<void> {
    clearTimeout(idle);
    const ended = worker;
    worker = null;
    held = null;
    waiting?.fail(why);
    await ended?.terminate();
  }

  function open(): Worker {
    const opened = new Worker(new URL("./picture-worker.ts", import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    const fall = (why: string): void => void (opened === worker && end(why));
    opened.on("message", (reply: DrawReply) => waiting?.take(reply));
    opened.on("error", (error) => fall(error.message));
    opened.on("exit", () => fall("the thread that draws it ended"));
    return opened;
  }

  return {
    holds: () => held,
    draw(request) {
      clearTimeout(idle);
      const used = (worker ??= open());
      used.ref();
      return new Promise<Uint8Array>((resolve, reject) => {
        const settle = (act: () => void): void => {
          clearTimeout(watch);
          waiting = null;
          used.unref();
          idle = setTimeout(() => void end("it was not needed"), idleMs).unref();
          act();
        };
        const watch = setTimeout(() => void end("it took too long"), longestMs);
        waiting = {
          take: (reply) =>
            settle(() => {
              held = request.fileId;
              if ("png" in reply) resolve(reply.png);
              else reject(new SunbaeError(reply.failed.code, reply.failed.message, reply.failed));
            }),
          fail: (why) =>
            settle(() => reject(new SunbaeError("unavailable", `Page ${request.number} could not be drawn: ${why}.`))),
        };
        const { bytes } = request;
        used.postMessage(request, bytes?.buffer instanceof ArrayBuffer ? [bytes.buffer] : []);
      });
    },
    close: () => end("Sunbae is stopping"),
  };
}
