import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { SunbaeError, toSunbaeError } from "../../core/errors.ts";
import type { DatabaseLogger } from "../database.ts";
import { isListening } from "./is-listening.ts";
import type { FromWorker, ToWorker, WorkerSettings } from "./messages.ts";

// Keeps one database worker running: a thread that dies is replaced at once, one that keeps dying after a rest.

const crashesForgivenPerMinute = 3;
const restBetweenTriesMs = 15_000;
/** Postgres needs more than a worker's 4 MB before its own limit answers a too deep query with an error. */
const stackSizeMb = 64;

export type Host = {
  /** Resolves when the database takes connections; rejects with `unavailable` while it rests. */
  ready(): Promise<void>;
  /** The whole database as a tar archive. */
  dump(): Promise<Uint8Array>;
  close(): Promise<void>;
  /** Ends the thread as a crash would; for tests. */
  crash(): Promise<void>;
};

/** The launcher's bundle turns a reference of this form to the worker's own bundle. */
const workerUrl = () => new URL("./worker.ts", import.meta.url);

function unavailable(why: string): SunbaeError {
  return new SunbaeError("unavailable", `The embedded database stopped: ${why}`, {
    fix: "Start Sunbae again; if it stops again, restore the latest backup of the data folder.",
  });
}

export async function startHost(settings: WorkerSettings, logger: DatabaseLogger): Promise<Host> {
  let worker: Worker | null = null;
  let closing = false;
  let crashTimes: number[] = [];
  let dumped: ((data: Uint8Array) => void) | null = null;

  const start = (): Promise<void> =>
    new Promise((resolve, reject) => {
      if (process.platform !== "win32") rmSync(settings.socketPath, { force: true });
      const thread = new Worker(workerUrl(), {
        workerData: settings,
        name: "database",
        resourceLimits: { stackSizeMb },
      });
      let opened = false;
      let reason = "its thread ended.";
      worker = thread;
      thread.on("message", (message: FromWorker) => {
        if (message.type === "ready") {
          opened = true;
          logger.debug({ ms: message.openMs }, "embedded database open");
          resolve();
        }
        if (message.type === "log") logger[message.level](message.fields, message.message);
        if (message.type === "fatal") reason = message.message;
        if (message.type === "dumped") dumped?.(message.data);
      });
      thread.on("error", (error) => (reason = error instanceof Error ? error.message : String(error)));
      thread.on("exit", () => {
        if (!opened) reject(new Error(reason));
        else if (!closing) follow(reopen(reason));
      });
    });

  const reopen = async (reason: string): Promise<void> => {
    const now = Date.now();
    crashTimes = [...crashTimes.filter((at) => now - at < 60_000), now];
    if (crashTimes.length > crashesForgivenPerMinute) {
      logger.error({ reason, againInMs: restBetweenTriesMs }, "the embedded database keeps stopping");
      setTimeout(
        () => closing || follow(start().catch((thrown: unknown) => reopen(toSunbaeError(thrown).message))),
        restBetweenTriesMs,
      ).unref();
      throw unavailable(reason);
    }
    logger.warn({ reason }, "the embedded database stopped and is opened again");
    await start().catch((thrown: unknown) => reopen(toSunbaeError(thrown).message));
  };

  const follow = (next: Promise<void>) => {
    state = next;
    state.catch(() => {}); // whoever asks is told
  };

  let state = start().catch((thrown: unknown) => {
    throw unavailable(toSunbaeError(thrown).message);
  });
  await state;

  // A dead thread's socket is gone a moment before its end is told.
  const ready = async (): Promise<void> => {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      await state;
      if (await isListening(settings.socketPath)) return;
      await sleep(20);
    }
    throw unavailable("its socket does not answer.");
  };

  return {
    ready,
    dump: () =>
      new Promise((resolve) => {
        dumped = resolve;
        worker?.postMessage({ type: "dump" } satisfies ToWorker);
      }),
    close: async () => {
      closing = true;
      await state.catch(() => {});
      const thread = worker;
      if (!thread || thread.threadId < 0) return;
      const ended = new Promise((done) => thread.once("exit", done));
      thread.postMessage({ type: "close" } satisfies ToWorker);
      await ended;
    },
    crash: async () => {
      await worker?.terminate();
    },
  };
}
