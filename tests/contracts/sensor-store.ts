import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { TagReadings } from "../../src/plant/plant-writer.ts";
import type { SensorStore, Tag } from "../../src/plant/sensor-store.ts";
import { qualityContract } from "./sensor-quality.ts";
import { hour, minute, second, series, start, tags } from "./sensor-readings.ts";

export type ReadingBatch = TagReadings[];
export type OpenSensorStore = (tags: Tag[]) => Promise<{
  store: SensorStore;
  append: (batch: ReadingBatch) => Promise<void>;
  close: () => Promise<void>;
}>;

/** What every sensor store answers, whatever is behind it. */
export function sensorStoreContract(name: string, open: OpenSensorStore): void {
  describe(`sensor store: ${name}`, () => {
    let store: SensorStore;
    let append: (batch: ReadingBatch) => Promise<void>;
    let close: () => Promise<void>;
    beforeEach(async () => {
      ({ store, append, close } = await open(tags));
    });
    afterEach(async () => await close());

    const window = async (tagId: string, fromMs: number, toMs: number, maxPoints: number) =>
      await store.window({ tagId, from: new Date(start + fromMs), to: new Date(start + toMs), maxPoints });
    const summary = async (tagId: string, fromMs: number, toMs: number) =>
      (await store.summarize({ tagIds: [tagId], from: new Date(start + fromMs), to: new Date(start + toMs) }))[0];
    /** Every single reading of a stretch: each bucket a millisecond wide holds one. */
    const single = async (tagId: string, fromMs: number, lengthMs: number) =>
      (await window(tagId, fromMs, fromMs + lengthMs, lengthMs)).map(({ at, mean }) => [at.getTime() - start, mean]);

    test("gives the tags of the plant or of one machine, with their limits", async () => {
      expect(await store.tags()).toEqual(tags);
      expect(await store.tags("B")).toEqual([tags[2]]);
      expect(await store.tags("C")).toEqual([]);
    });

    test("latest is the newest reading by its time, in the order asked, tags without readings left out", async () => {
      await append([series("B.flow", 3, second)]);
      await append([{ tagId: "A.heat", times: [start + 5, start + 9, start + 7], values: [1, 2, 3] }]);
      await append([{ tagId: "A.heat", times: [start + 8], values: [4] }]);
      expect(await store.latest(["B.flow", "A.heat", "A.shake", "nothing"])).toEqual([
        { tagId: "B.flow", at: new Date(start + 2 * second), value: 2, quality: "good" },
        { tagId: "A.heat", at: new Date(start + 9), value: 2, quality: "good" },
      ]);
    });

    test("a window has buckets of equal width from its start, its end excluded, empty ones left out", async () => {
      await append([
        { tagId: "A.heat", times: [0, 10, 20, 35, 90, 100].map((at) => start + at), values: [4, 2, 9, -1, 5, 7] },
      ]);
      expect(await window("A.heat", 0, 100, 10)).toEqual([
        { at: new Date(start), min: 4, max: 4, mean: 4, count: 1 },
        { at: new Date(start + 10), min: 2, max: 2, mean: 2, count: 1 },
        { at: new Date(start + 20), min: 9, max: 9, mean: 9, count: 1 },
        { at: new Date(start + 30), min: -1, max: -1, mean: -1, count: 1 },
        { at: new Date(start + 90), min: 5, max: 5, mean: 5, count: 1 },
      ]);
      expect(await window("A.heat", 5, 105, 2)).toEqual([
        { at: new Date(start + 5), min: -1, max: 9, mean: 10 / 3, count: 3 },
        { at: new Date(start + 55), min: 5, max: 7, mean: 6, count: 2 },
      ]);
    });

    test("never gives more points than asked, and with one point the whole window", async () => {
      await append([series("A.heat", 1_000, 7)]);
      for (const maxPoints of [1, 3, 7, 999, 1_000, 5_000]) {
        const points = await window("A.heat", 0, 7_000, maxPoints);
        expect(points.length).toBeLessThanOrEqual(maxPoints);
        expect(points.reduce((sum, point) => sum + point.count, 0)).toBe(1_000);
      }
      expect(await window("A.heat", 0, 7_000, 1)).toEqual([
        { at: new Date(start), min: 0, max: 999, mean: 499.5, count: 1_000 },
      ]);
    });

    test("a long window of many readings is whole, whether its buckets are narrow or wide", async () => {
      const count = 30_000;
      await append([series("A.heat", count, second)]);
      for (const buckets of [1, 4, 60, 500]) {
        const points = await window("A.heat", 0, count * second, buckets);
        expect(points.length).toBe(buckets);
        const each = count / buckets;
        points.forEach((point, index) => {
          expect([point.at.getTime() - start, point.min, point.max, point.count]).toEqual([
            index * each * second,
            index * each,
            (index + 1) * each - 1,
            each,
          ]);
          expect(point.mean).toBeCloseTo((index + 0.5) * each - 0.5, 6);
        });
      }
      expect(await window("A.heat", -1e12, 1e12, 3)).toMatchObject([{ min: 0, max: count - 1, count }]);
    });

    test("a window that begins and ends amid many readings holds those within it, and no more", async () => {
      await append([series("A.heat", 5_000, second)]);
      for (const [from, to] of [
        [10, 30],
        [1_000, 4_500],
        [2_047, 2_049],
        [2_048, 4_999],
        [-5, 2_000],
      ] as const) {
        const first = Math.max(from, 0);
        const expected = { min: first, max: to - 1, count: to - first };
        expect(await window("A.heat", from * second, to * second, 1)).toMatchObject([expected]);
        expect(await summary("A.heat", from * second, to * second)).toMatchObject(expected);
      }
    });

    test("values come back as the very doubles that went in", async () => {
      const values = [
        0.1,
        0.1 + 0.2,
        -0,
        1 / 3,
        1e300,
        -1e-300,
        5e-324,
        123456.789,
        2 ** 53,
        Number.MAX_VALUE,
        0.07,
        1.005,
        4_294_967_296.5,
      ];
      for (const part of [values, [0.1, 0.2, 21.37], [3, 70_000, -12], [1_000_000.25, 0.5], [2 ** 40, 2 ** 40 + 255]]) {
        const times = part.map((_, index) => start + index * 13);
        await append([{ tagId: "A.heat", times, values: part }]);
        const read = await window("A.heat", 0, part.length * 13, part.length);
        expect(read.map((point) => point.mean)).toEqual(part.map((value) => value + 0));
      }
    });

    test("keeps times of any spacing: milliseconds, quarter hours, and a year between two readings", async () => {
      const times = [0, 1, 3, 1_004, 1_004 + 15 * minute, 15 * minute + hour, 365 * 24 * hour, 365 * 24 * hour + 1];
      await append([
        { tagId: "A.heat", times: times.map((time) => start + time), values: times.map((_, index) => index) },
      ]);
      expect(await single("A.heat", 0, 1_005)).toEqual([
        [0, 0],
        [1, 1],
        [3, 2],
        [1_004, 3],
      ]);
      expect(await single("A.heat", 365 * 24 * hour, 10)).toEqual([
        [365 * 24 * hour, 6],
        [365 * 24 * hour + 1, 7],
      ]);
      expect(await summary("A.heat", 0, 400 * 24 * hour)).toMatchObject({ count: 8 });
    });

    test("readings may come late, twice and in any order: the last one given for an instant stands", async () => {
      await append([series("A.heat", 5_000, 10, () => 1)]);
      await append([
        { tagId: "A.heat", times: [start + 20_005, start + 15, start + 15, start - 100], values: [7, 8, 9, 6] },
      ]);
      // From amid the first packed block to the very first reading of the next.
      await append([{ tagId: "A.heat", times: [start + 30, start + 20_480], values: [1, 5] }]);
      expect(await single("A.heat", 20_470, 20)).toEqual([
        [20_470, 1],
        [20_480, 5],
      ]);
      await append([{ tagId: "A.heat", times: [start + 49_990, start + 20], values: [3, 2] }]);
      expect(await single("A.heat", -100, 131)).toEqual([
        [-100, 6],
        [0, 1],
        [10, 1],
        [15, 9],
        [20, 2],
        [30, 1],
      ]);
      expect(await single("A.heat", 19_995, 20)).toEqual([
        [20_000, 1],
        [20_005, 7],
        [20_010, 1],
      ]);
      expect(await store.coverage(["A.heat"])).toEqual([
        { tagId: "A.heat", from: new Date(start - 100), to: new Date(start + 49_990), count: 5_003 },
      ]);
      expect(await store.latest(["A.heat"])).toMatchObject([{ value: 3 }]);
    });

    test("writing the same readings again changes nothing", async () => {
      const all = series("A.heat", 6_000, second, (index) => index / 10);
      await append([all]);
      const before = await summary("A.heat", 0, 7_000 * second);
      await append([all, all]);
      expect(await summary("A.heat", 0, 7_000 * second)).toEqual(before);
      expect((await store.coverage(["A.heat"]))[0]?.count).toBe(6_000);
    });

    test("many small appends add up to what one large one gives", async () => {
      const { times, values } = series("A.heat", 1_000, second, (index) => Math.sin(index));
      for (let at = 0; at < 1_000; at += 7)
        await append([{ tagId: "A.heat", times: times.slice(at, at + 7), values: values.slice(at, at + 7) }]);
      await append([{ tagId: "A.shake", times, values }]);
      const span = { from: new Date(start), to: new Date(start + 2_000 * second) };
      const [small, large] = await store.summarize({ tagIds: ["A.heat", "A.shake"], ...span });
      expect({ ...small, tagId: "", mean: 0, standardDeviation: 0 }).toEqual({
        ...large,
        tagId: "",
        mean: 0,
        standardDeviation: 0,
      });
      expect(small?.mean).toBeCloseTo(large?.mean ?? 0, 12);
      expect(small?.standardDeviation).toBeCloseTo(large?.standardDeviation ?? 0, 12);
      const points = async (tagId: string) => await store.window({ tagId, ...span, maxPoints: 2_000 });
      expect(await points("A.heat")).toEqual(await points("A.shake"));
    });

    test("summarises exactly: sample deviation, quantiles between readings, ends of the window", async () => {
      const values = [2, 4, 4, 4, 5, 5, 7, 9];
      await append([{ tagId: "A.heat", times: values.map((_, index) => start + index * minute), values }]);
      const whole = await summary("A.heat", 0, 8 * minute);
      expect(whole).toMatchObject({
        count: 8,
        min: 2,
        max: 9,
        mean: 5,
        median: 4.5,
        first: new Date(start),
        last: new Date(start + 7 * minute),
      });
      expect(whole?.standardDeviation).toBeCloseTo(Math.sqrt(32 / 7), 12);
      expect(whole?.p05).toBeCloseTo(2.7, 12);
      expect(whole?.p95).toBeCloseTo(8.3, 12);
      expect(await summary("A.heat", minute, 7 * minute)).toMatchObject({
        count: 6,
        min: 4,
        max: 7,
        first: new Date(start + minute),
      });
      expect(await summary("A.heat", 7 * minute, 8 * minute)).toMatchObject({
        count: 1,
        mean: 9,
        standardDeviation: null,
        median: 9,
        p95: 9,
      });
    });

    test("a small spread on a large value keeps its deviation, a climbing value has its own", async () => {
      await append([series("A.heat", 10_000, second, (index) => 1e9 + (index % 2))]);
      expect((await summary("A.heat", 0, 10_000 * second))?.standardDeviation).toBeCloseTo(0.500025, 6);
      await append([series("A.shake", 10_000, second)]);
      const climbing = await summary("A.shake", 0, 10_000 * second);
      expect(climbing).toMatchObject({ count: 10_000, min: 0, max: 9_999, mean: 4_999.5 });
      expect(climbing?.standardDeviation).toBeCloseTo(Math.sqrt((10_000 * 10_001) / 12), 6);
    });

    test("one summary for each tag asked for, in that order, empty where it has no readings", async () => {
      await append([series("B.flow", 2, second)]);
      const nothing = {
        count: 0,
        first: null,
        last: null,
        min: null,
        max: null,
        mean: null,
        standardDeviation: null,
        p05: null,
        median: null,
        p95: null,
      };
      const span = { from: new Date(start), to: new Date(start + hour) };
      expect(await store.summarize({ tagIds: ["nothing", "B.flow", "A.heat"], ...span })).toEqual([
        { tagId: "nothing", ...nothing },
        expect.objectContaining({ tagId: "B.flow", count: 2 }),
        { tagId: "A.heat", ...nothing },
      ]);
    });

    test("an unknown tag and an empty or backward window give nothing", async () => {
      await append([series("A.heat", 10, second)]);
      expect(await window("nothing", 0, hour, 10)).toEqual([]);
      expect(await store.latest(["nothing"])).toEqual([]);
      expect(await store.coverage(["nothing", "A.shake"])).toEqual([]);
      expect(await window("A.heat", 5 * second, 5 * second, 10)).toEqual([]);
      expect(await window("A.heat", 5 * second, 0, 10)).toEqual([]);
      expect(await window("A.heat", hour, 2 * hour, 10)).toEqual([]);
    });

    test("NaN and infinite values never come out", async () => {
      await append([
        { tagId: "A.heat", times: [1, 2, 3, 4].map((at) => start + at), values: [Number.NaN, 5, Infinity, -Infinity] },
      ]);
      await append([{ tagId: "A.shake", times: [start], values: [Number.NaN] }]);
      expect(await store.latest(["A.heat", "A.shake"])).toEqual([
        { tagId: "A.heat", at: new Date(start + 2), value: 5, quality: "good" },
      ]);
      expect(await window("A.heat", 0, 10, 10)).toHaveLength(1);
      expect(await summary("A.shake", 0, hour)).toMatchObject({ count: 0, mean: null });
    });

    test("a window without dates or points is invalid input", async () => {
      const good = { tagId: "A.heat", from: new Date(start), to: new Date(start + hour), maxPoints: 10 };
      for (const bad of [
        { from: new Date("nonsense") },
        { to: new Date(Number.NaN) },
        { maxPoints: 0 },
        { maxPoints: Number.NaN },
      ])
        await expect(store.window({ ...good, ...bad })).rejects.toMatchObject({ code: "invalid_input" });
    });

    qualityContract(() => ({ store, append }));
  });
}
