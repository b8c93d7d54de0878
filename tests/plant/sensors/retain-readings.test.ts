import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../../../src/db/database.ts";
import { createEmbeddedPlantWriter } from "../../../src/plant/embedded-plant-writer.ts";
import { createEmbeddedSensorStore } from "../../../src/plant/sensors/embedded-sensor-store.ts";
import { retainReadings } from "../../../src/plant/sensors/retain-readings.ts";
import { retentionSettings, type RetentionSettings } from "../../../src/plant/sensors/retention-settings.ts";
import { hour, second, series, start, tags } from "../../contracts/sensor-readings.ts";
import { openTestDatabase } from "../../support/database.ts";
import { tagRow } from "../tag-row.ts";

describe("keeping readings for a time", () => {
  let database: Database;
  beforeAll(async () => void (database = await openTestDatabase()));
  afterAll(() => database.close());
  const day = 24 * hour;
  /** Ten days after the first reading. */
  const now = new Date(start + 10 * day);
  const writer = () => createEmbeddedPlantWriter(database);
  const store = () => createEmbeddedSensorStore(database);
  const retain = (settings: RetentionSettings) =>
    retainReadings(database.pool, settings, { now, pauseMs: 0, budgetMs: 60_000 });
  const week: RetentionSettings = { rules: [{ tags: ["A.*"], raw_days: 7 }] };
  const blocks = async () =>
    (await database.pool.query<{ n: number }>("SELECT count(*)::int AS n FROM reading_blocks")).rows[0]?.n ?? 0;
  const window = (tagId: string, fromMs: number, toMs: number, maxPoints: number) =>
    store().window({ tagId, from: new Date(start + fromMs), to: new Date(start + toMs), maxPoints });

  beforeEach(async () => {
    await writer().declareSource({ name: "plant", title: "Plant", timeZone: "UTC", sample: false });
    await writer().upsert("tags", "plant", tags.map(tagRow));
    // Ten days at ten seconds: the value is the hour, one in ten is bad.
    for (const tagId of ["A.heat", "B.flow"]) {
      const all = series(tagId, 86_400, 10 * second, (index) => Math.floor(index / 360));
      const qualities = all.times.map((_, index) => (index % 10 === 0 ? ("bad" as const) : ("good" as const)));
      await writer().appendReadings([{ ...all, qualities }]);
    }
  });
  afterEach(async () => void (await writer().removeSource("plant")));

  test("nothing is removed where nothing is said", async () => {
    const before = await blocks();
    expect(await retain({})).toEqual({ readings: 0, removed: 0, more: false });
    expect(await retain({ rules: [{ sources: ["other"], raw_days: 1 }] })).toMatchObject({ readings: 0 });
    expect(await retain({ raw_days: 30 })).toMatchObject({ readings: 0 });
    expect(await retain({ raw_days: 1, rules: [{ sources: ["plant"] }] })).toMatchObject({ readings: 0 });
    expect(await blocks()).toBe(before);
  });

  test("what is too old stays as the summary of each hour, with the very same figures", async () => {
    const whole = { tagIds: ["A.heat"], from: new Date(start), to: now };
    const before = { byHour: await window("A.heat", 0, 10 * day, 240), byDay: await window("A.heat", 0, 10 * day, 10) };
    const [summary] = await store().summarize(whole);
    const [coverage] = await store().coverage(["A.heat"]);
    const size = await blocks();
    const { readings } = await retain(week);
    // Three days' readings but for the last block, which reaches into what is kept.
    expect(readings).toBeGreaterThan(3 * 8_640 - 2_048);
    expect(readings).toBeLessThanOrEqual(3 * 8_640);
    expect(await blocks()).toBe(size - readings / 2_048);
    expect(await window("A.heat", 0, 10 * day, 240)).toEqual(before.byHour);
    expect(await window("A.heat", 0, 10 * day, 10)).toEqual(before.byDay);
    const [after] = await store().summarize(whole);
    expect(after).toMatchObject({ count: summary?.count, bad: 8_640, min: 0, max: 239, first: new Date(start) });
    expect(after?.mean).toBeCloseTo(summary?.mean ?? 0, 9);
    expect(after?.standardDeviation).toBeCloseTo(summary?.standardDeviation ?? 0, 9);
    expect(await store().coverage(["A.heat"])).toEqual([coverage]);
    expect((await window("A.heat", 0, 2 * hour, 7_200)).map(({ at, count }) => [at.getTime() - start, count])).toEqual([
      [0, 324],
      [hour, 324],
    ]);
    expect(await window("B.flow", 0, hour, 360)).toHaveLength(324);
    const [onlyRolledUp] = await store().summarize({ ...whole, to: new Date(start + 10 * hour) });
    expect(onlyRolledUp).toMatchObject({ count: 3_240, median: 4.5, last: new Date(start + 10 * hour - 1) });
  });

  test("doing it again, in between, or after a stop half-way counts nothing twice", async () => {
    const before = await window("A.heat", 0, 10 * day, 240);
    const slices: number[] = [];
    for (const raw_days of [9, 8, 8, 7, 6]) {
      const rule = { rules: [{ tags: ["A.heat"], raw_days }] };
      const stopped = await retainReadings(database.pool, rule, { now, pauseMs: 0, budgetMs: 0 });
      expect(stopped.readings).toBe(0);
      slices.push((await retain(rule)).readings);
      expect(await window("A.heat", 0, 10 * day, 240)).toEqual(before);
    }
    expect(slices.filter((readings) => readings > 0).length).toBeGreaterThan(2);
  });

  test("late readings of an hour that is rolled up are left out, those of others are kept", async () => {
    await retain(week);
    const before = await window("A.heat", 0, 10 * day, 240);
    const again = series("A.heat", 86_400, 10 * second, (index) => Math.floor(index / 360));
    const { written } = await writer().appendReadings([
      { tagId: "A.heat", times: again.times.slice(0, 1_000), values: again.values.slice(0, 1_000) },
    ]);
    expect(written).toBe(0);
    expect(await window("A.heat", 0, 10 * day, 240)).toEqual(before);
    const late = { tagId: "A.heat", times: [start - 5 * hour, start + 5, start + 9 * day + 5], values: [1, 2, 3] };
    expect(await writer().appendReadings([late])).toEqual({ written: 2 });
    expect(await window("A.heat", -6 * hour, 0, 6)).toMatchObject([{ mean: 1, count: 1 }]);
  });

  test("the newest readings stay, however old, and a source leaves nothing behind", async () => {
    const [latest] = await store().latest(["A.heat"]);
    await retainReadings(database.pool, week, { now: new Date(start + 5_000 * day), pauseMs: 0, budgetMs: 60_000 });
    expect(await store().latest(["A.heat"])).toEqual([latest]);
    expect((await store().coverage(["A.heat"]))[0]?.count).toBe(86_400);
    expect((await writer().removeSource("plant")).readings).toBe(2 * 86_400);
    const { rows } = await database.pool.query("SELECT count(*)::int AS n FROM reading_rollups");
    expect(rows).toEqual([{ n: 0 }]);
  });

  test("roll-ups go when their time is over, too, and what is older than they were comes in again", async () => {
    const old = series("A.shake", 20_000, 10 * second);
    await writer().appendReadings([{ ...old, times: old.times.map((time) => time - 400 * day) }]);
    const kept = { raw_days: 7, hourly_days: 300 };
    expect((await retain({ rules: [{ tags: ["A.shake"], ...kept }] })).removed).toBe(18_432 + 1_568);
    expect((await store().coverage(["A.shake"]))[0]?.count ?? 0).toBeLessThan(100);
    expect(await retain(kept)).toMatchObject({ removed: 0 });
    expect(await window("B.flow", 0, day, 24)).toHaveLength(24);
  });

  test("settings say of which tags they are, and in which order readings and roll-ups go", () => {
    const problem = (settings: object) => retentionSettings.safeParse(settings).error?.issues[0]?.message;
    expect(problem({ rules: [{ raw_days: 10 }] })).toContain("which tags");
    expect(problem({ raw_days: 10, hourly_days: 9 })).toContain("at least raw_days");
    expect(problem({ hourly_days: 9 })).toContain("at least raw_days");
    expect(problem({ raw_days: 0 })).toContain(">=1");
    expect(problem({ raw_days: 1, hourly_days: 1, rules: [{ tags: ["*"] }] })).toBeUndefined();
  });
});
