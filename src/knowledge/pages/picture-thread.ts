import { Worker } from "node:worker_threads";
import { SunbaeError } from "../../core/errors.ts";
import type { DrawReply, DrawRequest } from "./picture-worker.ts";

export type PictureThread = {
  /** The file whose bytes the thread still has. */
  holds(): string | null;
  /** PNG bytes. One call at a time. */
  draw(request: DrawRequest): Promise<Uint8Array>;
  close(): Promise<void>;
};

/** A page that takes longer is given up, and the thread with it. */
const longestMs = 30_000;
/** So long after the last page, the thread and its memory go. */
const idleMs = 60_000;

export function createPictureThread(): PictureThread {
  let worker: Worker | null = null;
  let held: string | null = null;
  let idle: NodeJS.Timeout | undefined;

  function end(): Promise<unknown> {
    clearTimeout(idle);
    const ended = worker;
    worker = null;
    held = null;
    return ended?.terminate() ?? Promise.resolve();
  }

  function open(): Worker {
    return new Worker(new URL("./picture-worker.ts", import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
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
          used.removeAllListeners();
          used.on("error", () => void end());
          used.unref();
          act();
          idle = setTimeout(() => void end(), idleMs).unref();
        };
        const giveUp = (why: string): void =>
          settle(() => {
            void end();
            reject(new SunbaeError("unavailable", `Page ${request.number} could not be drawn: ${why}.`));
          });
        const watch = setTimeout(() => giveUp("it took too long"), longestMs);
        used.once("message", (reply: DrawReply) => {
          settle(() => {
            held = request.fileId;
            if ("png" in reply) resolve(reply.png);
            else reject(new SunbaeError(reply.failed.code, reply.failed.message, reply.failed));
          });
        });
        used.once("error", (error) => giveUp(error.message));
        used.once("exit", () => giveUp("the thread that draws it ended"));
        const { bytes } = request;
        used.postMessage(request, bytes?.buffer instanceof ArrayBuffer ? [bytes.buffer] : []);
      });
    },
    async close() {
      await end();
    },
  };
}
