import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPostgresSensors } from "../../src/plant/sensors/postgres/open-postgres-sensors.ts";
import { postgresSensorSettings } from "../../src/plant/sensors/postgres/postgres-settings.ts";
import type { SensorSource } from "../../src/plant/source.ts";
import { sensorStoreContract } from "../contracts/sensor-store.ts";
import { start } from "../contracts/sensor-readings.ts";
import { createOwnDatabase, type OwnDatabase } from "./server.ts";
import { asOwner, fillLong, longReadings, longTable } from "./postgres-sensor-tables.ts";
import { sourceDeps, tagSettings } from "./source-deps.ts";

function open(own: OwnDatabase, settings: object): SensorSource {
  const parsed = postgresSensorSettings.parse({ name: "plant", kind: "postgres", url: own.url, ...settings });
  return openPostgresSensors(parsed, sourceDeps);
}

sensorStoreContract("a long table of Postgres, with rows that came twice", async (tags) => {
  const own = await createOwnDatabase();
  await asOwner(own.url, longTable);
  const source = open(own, { readings: [longReadings], tags: tags.map(tagSettings) });
  const close = async () => {
    await source.close();
    await own.drop();
  };
  return { store: source.store, append: (batch) => fillLong(own.url, batch), close };
});

describe("readings in tables of Postgres", () => {
  let own: OwnDatabase;
  const at = (ms: number) => new Date(start + ms);
  const span = { from: at(0), to: at(10_000), maxPoints: 10_000 };
  beforeAll(async () => void (own = await createOwnDatabase()));
  afterAll(() => own.drop());

  it("a wide table without zone gives each column of each machine, scaled, at the plant's time", async () => {
    await asOwner(
      own.url,
      `CREATE SCHEMA line;
       CREATE TABLE line.states (machine int, "When" timestamp, "Temp °F" real, running boolean, note text);
       INSERT INTO line.states VALUES
         (7, '2026-03-01 09:00:00.25', 212, true, '12.5'), (7, '2026-03-01 09:00:01', 'NaN', false, 'n/a'),
         (7, '2026-03-01 09:00:02', 32.1, true, ' 1e2 '), (8, '2026-03-01 09:00:00', 50, true, '7');`,
    );
    const where = { machine: 7 };
    const source = open(own, {
      readings: [{ table: "line.states", time: "When" }],
      tags: [
        { id: "M7.temp", equipment: "M7", column: "Temp °F", where, scale: 0.5, offset: -16 },
        { id: "M7.raw", equipment: "M7", column: "Temp °F", where },
        { id: "M7.on", equipment: "M7", column: "running", where },
        { id: "M7.note", equipment: "M7", column: "note", where },
        { id: "M8.temp", equipment: "M8", column: "Temp °F", where: { machine: 8 } },
      ],
    });
    const values = async (tagId: string) =>
      (await source.store.window({ tagId, ...span })).map((point) => [point.at.getTime() - start, point.mean]);
    expect(await values("M7.temp")).toEqual([
      [250, 90],
      [2_000, 0.05000000000000071],
    ]);
    expect(await values("M7.raw")).toEqual([
      [250, 212],
      [2_000, 32.1],
    ]);
    expect(await values("M7.on")).toEqual([
      [250, 1],
      [1_000, 0],
      [2_000, 1],
    ]);
    expect(await values("M7.note")).toEqual([
      [250, 12.5],
      [2_000, 100],
    ]);
    expect(await source.store.latest(["M8.temp", "M7.on"])).toMatchObject([
      { value: 50, at: at(0) },
      { value: 1, at: at(2_000) },
    ]);
    const view = await source.probe();
    expect(view).toMatchObject({ ok: true, tags: 5, problem: null, newest: at(2_000) });
    expect(view.notes.join("\n")).toMatch(
      /read-only session[^]*line.states.When has no time zone: read as Asia\/Seoul/,
    );
    await source.close();
  });

  it.each([
    ["ns", 1_000_000n, "bigint"],
    ["ms", 1n, "bigint"],
    ["s", 1n, "double precision"],
    ["us", 1_000n, "numeric"],
  ] as const)("times counted in %s since 1970 are the very instants", async (unit, factor, type) => {
    const table = `counted_${unit}`;
    const stored = (ms: number) => (unit === "s" ? `${(start + ms) / 1_000}` : `${BigInt(start + ms) * factor}`);
    const rows = [0, 5, 1_001, 2_000].map((ms, index) => `('k', ${stored(ms)}, ${index})`);
    await asOwner(
      own.url,
      `CREATE TABLE ${table} (tag text, at ${type}, value numeric); INSERT INTO ${table} VALUES ${rows.join(", ")};`,
    );
    const source = open(own, {
      readings: [{ table, time: "at", time_unit: unit, tag: "tag", value: "value" }],
      tags: [{ id: "x", equipment: "X", key: "k" }],
    });
    const points = await source.store.window({ tagId: "x", from: at(5), to: at(2_000), maxPoints: 1_995 });
    expect(points.map((point) => [point.at.getTime() - start, point.mean])).toEqual([
      [5, 1],
      [1_001, 2],
    ]);
    const everything = { from: new Date(-8e15), to: new Date(8e15) };
    expect(await source.store.window({ tagId: "x", ...everything, maxPoints: 1 })).toMatchObject([{ count: 4 }]);
    expect(await source.store.coverage(["x"])).toMatchObject([{ from: at(0), to: at(2_000), count: 4 }]);
    await source.close();
  });

  it("takes tags, limits and scales from the plant's own list", async () => {
    await asOwner(
      own.url,
      `CREATE TABLE tag_list (no int, label text, machine text, eu text, hi numeric, factor real, used boolean);
       INSERT INTO tag_list VALUES (1, '온도', 'M1', '°C', 80, 0.1, true), (2, 'flow', 'M2', null, null, null, true), (3, 'old', 'M2', null, null, null, false);
       CREATE TABLE samples (no int, at timestamptz, value int, PRIMARY KEY (no, at));
       INSERT INTO samples VALUES (1, '2026-03-01 00:00:00+00', 215), (2, '2026-03-01 00:00:00+00', 3);`,
    );
    const columns = { id: "label", key: "no", equipment: "machine", unit: "eu", alarm_high: "hi", scale: "factor" };
    const source = open(own, {
      readings: [{ table: "samples", time: "at", tag: "no", value: "value" }],
      tag_table: { table: "tag_list", columns, where: { used: true } },
    });
    expect(await source.store.tags("M1")).toMatchObject([{ id: "온도", unit: "°C", alarmHigh: 80, source: "plant" }]);
    expect((await source.store.latest(["flow", "온도", "old"])).map((one) => [one.tagId, one.value])).toEqual([
      ["flow", 3],
      ["온도", 21.5],
    ]);
    await source.close();
  });

  it("a reading from a clock years ahead hides none of today's", async () => {
    await asOwner(
      own.url,
      `CREATE TABLE skewed (tag char(6), at timestamptz, value int); INSERT INTO skewed VALUES
       ('a', '2026-03-09 23:59:00+00', 1), ('a', '2099-01-01 00:00:00+00', 2), ('a', 'infinity', 9), ('a', '-infinity', 9), ('b', '2099-01-01 00:00:00+00', 3);`,
    );
    const source = open(own, {
      readings: [{ table: "skewed", time: "at", tag: "tag", value: "value" }],
      tags: ["a", "b"].map((id) => ({ id, equipment: "M" })),
    });
    expect((await source.store.latest(["a", "b"])).map((one) => one.value)).toEqual([1, 3]);
    expect((await source.probe()).notes.join()).toContain("1 tags with readings in the future: b");
    await source.close();
  });

  it("says what is wrong with a table, a column or a time in the site file", async () => {
    const problem = async (readings: object) => {
      const source = open(own, {
        readings: [{ tag: "tag", value: "value", ...readings }],
        tags: [{ id: "a", equipment: "M" }],
      });
      await expect(source.store.latest(["a"])).rejects.toMatchObject({ code: "unavailable" });
      const { ok, problem: said, fix } = await source.probe();
      await source.close();
      expect(ok).toBe(false);
      return `${said} ${fix}`;
    };
    expect(await problem({ table: "nowhere", time: "at" })).toContain("The table nowhere is not in the database");
    expect(await problem({ table: "skewed", time: "when" })).toMatch(/no column when.*columns are tag, at, value/);
    expect(await problem({ table: "skewed", time: "tag" })).toContain("is no time but character");
    expect(await problem({ table: "skewed", time: "value", value: "value" })).toContain("time_unit");
  });
});
