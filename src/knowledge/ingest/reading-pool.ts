import { createReadingThread } from "./reading-thread.ts";
import type { ReadingLimits, ReadingThread } from "./reading-thread.ts";

// A thread takes half a second to load its readers: one that is free is kept a while for the next job.

export type ReadingPool = {
  /** A thread of the caller's own; its `close` gives it back. */
  open(): ReadingThread;
  close(): Promise<void>;
};

const idleMs = 60_000;

export function createReadingPool(limits: Partial<ReadingLimits> = {}): ReadingPool {
  const free = new Map<ReadingThread, NodeJS.Timeout>();
  let isClosed = false;

  const take = (): ReadingThread => {
    for (const [thread, timer] of free) {
      clearTimeout(timer);
      free.delete(thread);
      return thread;
    }
    return createReadingThread(limits);
  };
  const giveBack = async (thread: ReadingThread) => {
    if (isClosed || free.size > 0) return await thread.close();
    const end = () => {
      free.delete(thread);
      void thread.close();
    };
    free.set(thread, setTimeout(end, idleMs).unref());
  };

  return {
    open() {
      const thread = take();
      return { read: thread.read, close: () => giveBack(thread) };
    },
    async close() {
      isClosed = true;
      const threads = [...free];
      free.clear();
      for (const [thread, timer] of threads) {
        clearTimeout(timer);
        await thread.close();
      }
    },
  };
}
