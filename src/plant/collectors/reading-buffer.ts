import { setTimeout as sleep } from "node:timers/promises";
import type { TagReadings } from "../plant-writer.ts";
import type { Quality } from "../sensor-store.ts";
import { createBackoff } from "./backoff.ts";

export type TagReading = { tagId: string; atMs: number; value: number; quality: Quality };

export type ReadingBuffer = {
  /** Resolves once the readings are written, or were already; not before, however long the database is away. */
  take(readings: TagReading[]): Promise<void>;
  /** Resolves once there is room for more: a source that waits for it is never read faster than we can write. */
  room(): Promise<void>;
  /** Writes what waits as soon as it can be, without waiting for more of it. */
  flush(): void;
  /** Tries once more to write what waits; what fails stays unconfirmed for ever. */
  close(): Promise<void>;
};

export type ReadingBufferOptions = {
  /** Writes them all, or rejects; then it is called again with the same, and what came since is not lost. */
  write(batch: TagReadings[]): Promise<void>;
  /** Told what stands in the way, and null when it is gone. */
  onTrouble(thrown: unknown): void;
  batchMs: number;
  batchReadings: number;
  /** Beyond these `room` makes sources wait. */
  mostReadings?: number;
  backoff?: ReturnType<typeof createBackoff>;
};

type Entry = { readings: TagReading[]; resolve: () => void };

/** Gathers readings of a collector and writes them together; drops none. */
export function createReadingBuffer(options: ReadingBufferOptions): ReadingBuffer {
  const { write, onTrouble, batchMs, batchReadings, mostReadings = 50_000 } = options;
  const backoff = options.backoff ?? createBackoff({ firstMs: 200, longestMs: 5_000 });
  const closing = new AbortController();
  let waiting: Entry[] = [];
  let waitingCount = 0;
  let held = 0;
  let urgent = false;
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> | null = null;
  let wanted: (() => void)[] = [];

  async function writeAll(entries: Entry[]): Promise<void> {
    const batch = byTag(entries);
    for (;;) {
      try {
        if (batch.length > 0) await write(batch);
        break;
      } catch (thrown) {
        onTrouble(thrown);
        if (closing.signal.aborted) return;
        await sleep(backoff.next(), undefined, { signal: closing.signal }).catch(() => {});
      }
    }
    backoff.reset();
    onTrouble(null);
    held -= entries.reduce((sum, { readings }) => sum + readings.length, 0);
    for (const { resolve } of entries) resolve();
    if (held >= mostReadings) return;
    for (const resume of wanted) resume();
    wanted = [];
  }

  function flush(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    urgent = writing !== null;
    if (urgent || waiting.length === 0) return;
    const entries = waiting;
    waiting = [];
    waitingCount = 0;
    writing = writeAll(entries).finally(() => {
      writing = null;
      schedule();
    });
  }

  function schedule(): void {
    if (waiting.length === 0 || writing || closing.signal.aborted) return;
    if (urgent || waitingCount >= batchReadings) flush();
    else timer ??= setTimeout(flush, batchMs);
  }

  return {
    take(readings) {
      held += readings.length;
      waitingCount += readings.length;
      return new Promise((resolve) => {
        waiting.push({ readings, resolve });
        if (!writing) schedule();
      });
    },
    room: () => (held < mostReadings ? Promise.resolve() : new Promise((resolve) => wanted.push(resolve))),
    flush,
    async close() {
      closing.abort();
      while (writing) await writing;
      flush();
      if (writing) await writing;
      for (const resume of wanted) resume();
    },
  };
}

function byTag(entries: Entry[]): TagReadings[] {
  const tags = new Map<string, Required<TagReadings>>();
  for (const { readings } of entries)
    for (const { tagId, atMs, value, quality } of readings) {
      let tag = tags.get(tagId);
      if (!tag) tags.set(tagId, (tag = { tagId, times: [], values: [], qualities: [] }));
      tag.times.push(atMs);
      tag.values.push(value);
      tag.qualities.push(quality);
    }
  return [...tags.values()];
}
