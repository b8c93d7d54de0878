import { expect, it } from "vitest";
import { createDirectoryCache } from "../../../src/plant/directory/create-directory.ts";
import { createMemoryMesStore } from "../../../src/plant/mes/memory-mes-store.ts";
import { bakery } from "../../runtime/bakery.ts";

function cached() {
  let reads = 0;
  let time = 0;
  let broken = false;
  const store = createMemoryMesStore(bakery);
  const equipment = async () => {
    reads++;
    if (broken) throw new Error("away");
    return await store.equipment();
  };
  const cache = createDirectoryCache({
    mes: { ...store, equipment },
    translate: () => [],
    maxAgeMs: 100,
    now: () => time,
  });
  return { cache, reads: () => reads, pass: (ms: number) => (time += ms), breakStore: (is: boolean) => (broken = is) };
}

it("is built once for callers at the same time", async () => {
  const { cache, reads } = cached();
  await Promise.all([cache.load(), cache.load()]);
  expect(reads()).toBe(1);
});
it("is built again when it is old", async () => {
  const { cache, reads, pass } = cached();
  await cache.load();
  pass(101);
  await cache.load();
  expect(reads()).toBe(2);
});
it("is built again when the data changed", async () => {
  const { cache, reads } = cached();
  await cache.load();
  cache.invalidate();
  await cache.load();
  expect(reads()).toBe(2);
});
it("does not keep a failure", async () => {
  const { cache, breakStore } = cached();
  breakStore(true);
  await cache.load().catch(() => undefined);
  breakStore(false);
  expect((await cache.load()).all).toHaveLength(9);
});
