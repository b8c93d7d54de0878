import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { SunbaeError } from "../../core/errors.ts";
import type { ErrorCode } from "../../core/errors.ts";
import type { FromReadingThread, ReadingRequest, ReadingResult, ToReadingThread } from "./reading-messages.ts";

// Reads files in a thread of its own, one at a time. The thread may hang or run out of memory: it is then ended, the
// file is told so, and the next file gets a new thread.

export type ReadingLimits = {
  /** For one page. */
  pageMs: number;
  /** For opening a file, for reading one without pages, and for what follows its last page. */
  fileMs: number;
  /** Of JavaScript objects; what is beside them (a file's bytes) comes on top. */
  heapMb: number;
  worker: URL;
};

/** The launcher's bundle turns a reference of this form to the worker's own bundle. */
const workerUrl = () => new URL("./reading-worker.ts", import.meta.url);

export type ReadingHooks = {
  opened(pages: number): void;
  page(number: number, json: string): void;
  /** Reserves chunk ids; resolves with the first. */
  takeIds(chunks: number): Promise<number>;
  signal?: AbortSignal | undefined;
};

export type ReadingThread = {
  /** Rejects with the file's own fault as a sentence, with ThreadDied, or with `cancelled` within half a second. */
  read(request: ReadingRequest, hooks: ReadingHooks): Promise<ReadingResult>;
  close(): Promise<void>;
};

/** The thread did not survive a file. */
export class ThreadDied extends Error {
  /** At which page it was; null where at none. */
  readonly page: number | null;
  constructor(why: string, page: number | null) {
    super(why);
    this.name = "ThreadDied";
    this.page = page;
  }
}

const stopMs = 400;
/** For a new thread to load its code, on a busy machine. */
const startMs = 60_000;

export function createReadingThread(given: Partial<ReadingLimits> = {}): ReadingThread {
  const limits = { pageMs: 120_000, fileMs: 300_000, heapMb: 1_024, worker: workerUrl(), ...given };
  let thread: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const end = async () => {
    const ended = thread;
    thread = null;
    await ended?.terminate();
  };
  const open = () =>
    (thread ??= new Worker(limits.worker, {
      name: "reading",
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMb },
    }).on("error", () => undefined)); // who waits for a file hears of it

  return {
    read(request, hooks) {
      const mine = last.then(async () => {
        if (hooks.signal?.aborted) throw cancelled();
        return await readOnce(open(), end, limits, request, hooks);
      });
      last = mine.catch(() => undefined);
      return mine;
    },
    close: end,
  };
}

const cancelled = () => new SunbaeError("cancelled", "The reading was stopped.");

function readOnce(
  thread: Worker,
  end: () => Promise<void>,
  limits: ReadingLimits,
  request: ReadingRequest,
  hooks: ReadingHooks,
): Promise<ReadingResult> {
  return new Promise((resolve, reject) => {
    let page: number | null = null;
    let watch: NodeJS.Timeout | undefined;
    let settled = false;
    const tell = (message: ToReadingThread) => thread.postMessage(message);
    const settle = (act: () => void) => {
      if (settled) return;
      settled = true;
      clearTimeout(watch);
      // One by one: a thread without any listener of its own goes deaf for good.
      thread.off("message", onMessage);
      thread.off("error", onError);
      thread.off("exit", onExit);
      hooks.signal?.removeEventListener("abort", stop);
      act();
    };
    const giveUp = (error: Error) =>
      settle(() => {
        // The thread is gone before the next file is asked for.
        void end();
        reject(error);
      });
    const expect = (ms: number) => {
      clearTimeout(watch);
      const what = page === null ? "The file" : `Page ${page}`;
      if (settled) return;
      const why = `${what} was given up after ${told(ms)}: its reader did not come to an end.`;
      watch = setTimeout(() => giveUp(new ThreadDied(why, page)), ms);
    };
    const stop = () => {
      tell({ type: "stop" });
      void pause(stopMs).then(() => giveUp(cancelled()));
    };
    const hear = async (message: FromReadingThread) => {
      expect(limits.fileMs);
      if (message.type === "opened") hooks.opened(message.pages);
      if (message.type === "reading") page = message.page;
      if (message.type === "reading") expect(limits.pageMs);
      if (message.type === "page") hooks.page(message.page, message.json);
      if (message.type === "page") page = null;
      if (message.type === "done") settle(() => resolve(message.result));
      if (message.type === "failed") settle(() => reject(toError(message)));
      if (message.type !== "chunked") return;
      // The wait for the database is not the file's.
      clearTimeout(watch);
      const firstChunk = await hooks.takeIds(message.chunks);
      expect(limits.fileMs);
      tell({ type: "numbered", firstChunk });
    };
    const onMessage = (message: FromReadingThread) => void hear(message).catch((error: Error) => giveUp(error));
    const onError = (error: unknown) => giveUp(new ThreadDied(reasonOf(error, page), page));
    const onExit = () => giveUp(new ThreadDied("Its reader stopped without a word.", page));
    thread.on("message", onMessage);
    thread.on("error", onError);
    thread.on("exit", onExit);
    hooks.signal?.addEventListener("abort", stop, { once: true });
    expect(startMs);
    tell({ type: "read", request });
  });
}

const toError = ({ code, message, fix }: { code: ErrorCode; message: string; fix: string | undefined }) =>
  new SunbaeError(code, message, fix === undefined ? {} : { fix });

function reasonOf(error: unknown, page: number | null): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const at = page === null ? "" : ` at page ${page}`;
  if (code === "ERR_WORKER_OUT_OF_MEMORY") return `It needs more memory${at} than a file may take.`;
  return `Its reader stopped${at}: ${message}`;
}

const told = (ms: number) => (ms < 2_000 ? `${ms} ms` : `${Math.round(ms / 1_000)} s`);
