import { expect, test } from "vitest";
import type { Quality, SensorStore } from "../../src/plant/sensor-store.ts";
import type { TagReadings } from "../../src/plant/plant-writer.ts";
import { hour, second, series, start } from "./sensor-readings.ts";

type Opened = { store: SensorStore; append: (batch: TagReadings[]) => Promise<void> };

/** What every sensor store makes of readings that their source doubts. */
export function qualityContract(opened: () => Opened): void {
  const doubt = (n: number, of: (index: number) => Quality) => Array.from({ length: n }, (_, index) => of(index));
  const span = (fromMs: number, toMs: number) => ({ from: new Date(start + fromMs), to: new Date(start + toMs) });

  test("latest says the quality that the source gave", async () => {
    const { store, append } = opened();
    const latest = async () => (await store.latest(["A.heat"]))[0];
    for (const [index, quality] of (["uncertain", "bad", "good", "bad"] as const).entries()) {
      await append([{ tagId: "A.heat", times: [start + index], values: [index], qualities: [quality] }]);
      expect(await latest()).toEqual({ tagId: "A.heat", at: new Date(start + index), value: index, quality });
    }
    await append([{ tagId: "A.heat", times: [start + 3], values: [8] }]);
    expect(await latest()).toMatchObject({ value: 8, quality: "good" });
    const many = series("A.shake", 5_000, second);
    await append([{ ...many, qualities: doubt(5_000, (index) => (index === 4_999 ? "bad" : "good")) }]);
    expect(await store.latest(["A.shake"])).toMatchObject([{ value: 4_999, quality: "bad" }]);
  });

  test("uncertain values are in the figures, bad ones are not; both are counted", async () => {
    const { store, append } = opened();
    const qualities: Quality[] = ["good", "uncertain", "bad", "good", "bad", "bad"];
    await append([
      {
        tagId: "A.heat",
        times: [0, 1, 2, 5, 10, 21].map((at) => start + at),
        values: [2, 4, 1e6, 6, -1e6, 7],
        qualities,
      },
    ]);
    expect(await store.window({ tagId: "A.heat", ...span(0, 30), maxPoints: 3 })).toEqual([
      { at: new Date(start), min: 2, max: 6, mean: 4, count: 3, uncertain: 1, bad: 1 },
    ]);
    const [summary, none] = await store.summarize({ tagIds: ["A.heat", "A.shake"], ...span(0, 30) });
    expect(summary).toMatchObject({ count: 3, mean: 4, min: 2, max: 6, median: 4, uncertain: 1, bad: 3 });
    expect([summary?.first, summary?.last]).toEqual([new Date(start), new Date(start + 5)]);
    expect([none?.uncertain, none?.bad]).toEqual([undefined, undefined]);
    const [onlyBad] = await store.summarize({ tagIds: ["A.heat"], ...span(10, 30) });
    expect(onlyBad).toMatchObject({ count: 0, mean: null, first: null, median: null, bad: 2 });
    expect(await store.coverage(["A.heat"])).toEqual([
      { tagId: "A.heat", from: new Date(start), to: new Date(start + 21), count: 6 },
    ]);
  });

  test("a sensor that failed for hours leaves a gap, not values", async () => {
    const { store, append } = opened();
    const failed = (index: number) => index >= 3_600 && index < 14_400;
    const readings = series("A.heat", 20_000, second, (index) => (failed(index) ? 9_999 : 20 + (index % 2)));
    await append([{ ...readings, qualities: doubt(20_000, (index) => (failed(index) ? "bad" : "good")) }]);
    const points = await store.window({ tagId: "A.heat", ...span(0, 6 * hour), maxPoints: 6 });
    expect(points.map(({ at, max, count }) => [(at.getTime() - start) / hour, max, count])).toEqual([
      [0, 21, 3_600],
      [4, 21, 3_600],
      [5, 21, 2_000],
    ]);
    const [summary] = await store.summarize({ tagIds: ["A.heat"], ...span(0, 6 * hour) });
    expect(summary).toMatchObject({ count: 9_200, max: 21, p95: 21, bad: 10_800 });
    expect((await store.coverage(["A.heat"]))[0]?.count).toBe(20_000);
  });
}
