import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { createBackoff } from "../../../src/plant/collectors/backoff.ts";
import { createReadingBuffer } from "../../../src/plant/collectors/reading-buffer.ts";
import type { TagReadings } from "../../../src/plant/plant-writer.ts";

const reading = (value: number) => ({ tagId: "a", atMs: value, value, quality: "good" as const });

function open(options: { batchMs?: number; batchReadings?: number; mostReadings?: number; fails?: number } = {}) {
  let fails = options.fails ?? 0;
  const written: number[][] = [];
  const troubles: string[] = [];
  const gate = { open: Promise.resolve() as Promise<unknown> };
  const buffer = createReadingBuffer({
    ...{ batchMs: 20, batchReadings: 1_000, ...options, backoff: createBackoff({ firstMs: 1, longestMs: 2 }) },
    async write(batch: TagReadings[]) {
      await gate.open;
      if (fails-- > 0) throw new Error("away");
      written.push(batch.flatMap(({ values }) => values));
    },
    onTrouble: (thrown) => troubles.push(thrown === null ? "none" : String((thrown as Error).message)),
  });
  return { buffer, written, troubles, gate };
}

it("writes together what comes within the span, and confirms after it is written", async () => {
  const { buffer, written } = open();
  const confirmed: number[] = [];
  const all = [1, 2, 3].map((value) => buffer.take([reading(value)]).then(() => confirmed.push(value)));
  expect(confirmed).toEqual([]);
  await Promise.all(all);
  expect(written).toEqual([[1, 2, 3]]);
  expect(confirmed).toEqual([1, 2, 3]);
});

it("writes at once what is many", async () => {
  const { buffer, written } = open({ batchMs: 60_000, batchReadings: 2 });
  await Promise.all([buffer.take([reading(1)]), buffer.take([reading(2)])]);
  expect(written).toEqual([[1, 2]]);
});

it("tries again until the database is back, and confirms nothing before", async () => {
  const { buffer, written, troubles } = open({ fails: 3 });
  await buffer.take([reading(1)]);
  expect(written).toEqual([[1]]);
  expect(troubles).toEqual(["away", "away", "away", "none"]);
});

it("makes sources wait while it is full", async () => {
  const { buffer, gate } = open({ mostReadings: 2 });
  let release = () => {};
  gate.open = new Promise<void>((resolve) => (release = resolve));
  await buffer.room();
  void buffer.take([reading(1), reading(2)]);
  let resumed = false;
  const room = buffer.room().then(() => (resumed = true));
  await sleep(60);
  expect(resumed).toBe(false);
  release();
  await room;
});

it("closing, writes what waits; what can't be written is never confirmed", async () => {
  const good = open({ batchMs: 60_000 });
  const written = good.buffer.take([reading(1)]);
  await good.buffer.close();
  await written;
  expect(good.written).toEqual([[1]]);

  const bad = open({ batchMs: 60_000, fails: 99 });
  let confirmed = false;
  void bad.buffer.take([reading(1)]).then(() => (confirmed = true));
  await bad.buffer.close();
  expect(confirmed).toBe(false);
});
