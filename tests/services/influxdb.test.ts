import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toSunbaeError } from "../../src/core/errors.ts";
import type { TagReadings } from "../../src/plant/plant-writer.ts";
import { influxSensorSettings } from "../../src/plant/sensors/influx/influx-settings.ts";
import { openInfluxSensors } from "../../src/plant/sensors/influx/open-influx-sensors.ts";
import { second, series, start, tags } from "../contracts/sensor-readings.ts";
import { sensorStoreContract } from "../contracts/sensor-store.ts";
import { sourceDeps, tagSettings } from "./source-deps.ts";
import { startInflux, type Influx } from "./start-influx.ts";

let influx: Influx;
let databases = 0;
beforeAll(async () => {
  influx = await startInflux();
  await influx.owner(`CREATE USER sunbae WITH PASSWORD 'it''s'`.replace("''", "\\'"));
});
afterAll(() => influx.stop());

/** A database that our user may read, and nothing else. */
async function createDatabase(): Promise<string> {
  const database = `plant ${(databases += 1)}`;
  await influx.owner(`CREATE DATABASE "${database}"`);
  await influx.owner(`GRANT READ ON "${database}" TO sunbae`);
  return database;
}

function open(database: string, settings: object) {
  const login = { user: "sunbae", password: "it's" };
  const parsed = influxSensorSettings.parse({
    name: "plant",
    kind: "influxdb",
    url: influx.url,
    database,
    ...login,
    ...settings,
  });
  return openInfluxSensors(parsed, sourceDeps);
}

const quality = { field: "q", good: ["good", "ok (192)"], uncertain: ["uncertain"] };
const lines = (batch: TagReadings[]) =>
  batch.flatMap(({ tagId, times, values, qualities }) =>
    times.flatMap((time, index) => {
      const value = values[index] ?? 0;
      const stored = { good: "OK (192)", uncertain: "uncertain", bad: "no signal" }[qualities?.[index] ?? "good"];
      return Number.isFinite(value) ? [`readings,tag=${tagId} value=${value},q="${stored}" ${time}`] : [];
    }),
  );
async function fill(database: string, batch: TagReadings[]): Promise<void> {
  const all = lines(batch);
  for (let at = 0; at < all.length; at += 10_000) await influx.write(database, all.slice(at, at + 10_000));
}
const contractTags = tags.map((tag) => ({
  ...tagSettings(tag),
  measurement: "readings",
  where: { tag: tag.id },
  quality,
}));

sensorStoreContract("InfluxDB 1", async () => {
  const database = await createDatabase();
  const source = open(database, { tags: contractTags });
  const close = async () => {
    await source.close();
    await influx.owner(`DROP DATABASE "${database}"`);
  };
  return { store: source.store, append: (batch) => fill(database, batch), close };
});

describe("readings in InfluxDB", () => {
  const at = (ms: number) => new Date(start + ms);
  const span = { from: at(0), to: at(10_000) };

  it("finds the machines and the numeric fields of a measurement, and scales what is declared", async () => {
    const database = await createDatabase();
    await influx.write(database, [
      `vib,machine=CNC-07,axis=x rms=1.5,state="run",peak=3i ${start}`,
      `vib,machine=CNC-07,axis=x rms=2.5,state="stop" ${start + 1}`,
      `vib,machine=Press\\ 1,axis=x rms=9 ${start}`,
      `other,machine=CNC-08 rms=9 ${start}`,
    ]);
    const source = open(database, {
      series: [{ measurement: "vib", equipment: "machine" }],
      tags: [
        {
          id: "CNC-07.turned",
          equipment: "CNC-07",
          measurement: "vib",
          field: "rms",
          where: { machine: "CNC-07" },
          scale: -10,
          offset: 1,
        },
      ],
    });
    const all = ["CNC-07.peak", "CNC-07.rms", "CNC-07.turned", "Press 1.peak", "Press 1.rms"];
    expect((await source.store.tags()).map((tag) => tag.id)).toEqual(all);
    expect((await source.store.tags("Press 1")).map((tag) => tag.name)).toEqual(["peak", "rms"]);
    expect((await source.store.latest(all)).map((one) => [one.tagId, one.value])).toEqual([
      ["CNC-07.peak", 3],
      ["CNC-07.rms", 2.5],
      ["CNC-07.turned", -24],
      ["Press 1.rms", 9],
    ]);
    expect(await source.store.window({ tagId: "CNC-07.turned", ...span, maxPoints: 1 })).toEqual([
      { at: at(0), min: -24, max: -14, mean: -19, count: 2 },
    ]);
    const [summary] = await source.store.summarize({ tagIds: ["CNC-07.turned"], ...span });
    expect(summary).toMatchObject({ min: -24, max: -14, p05: -23.5, median: -19, p95: -14.5 });
    const view = await source.probe();
    expect(view).toMatchObject({ ok: true, tags: 5, newest: at(1), place: `${new URL(influx.url).host}/${database}` });
    expect(view.notes.join()).toMatch(/InfluxDB 1\.6.*1 tags without readings: Press 1.peak/);
    expect(JSON.stringify(view)).not.toContain("it's");
  });

  it("takes odd names as names: nothing in the site file becomes a statement", async () => {
    const database = await createDatabase();
    const odd = `o'd"d; DROP MEASUREMENT vib`;
    const escaped = odd.replaceAll(/[ ,=]/g, "\\$&");
    await influx.write(database, [`${escaped},machine=${escaped} value=7 ${start}`, `vib value=1 ${start}`]);
    const source = open(database, {
      tags: [
        { id: "odd", equipment: "M", measurement: odd, where: { machine: odd } },
        {
          id: "attack",
          equipment: "M",
          measurement: "vib",
          where: { "x\" = '1'; DROP MEASUREMENT vib; --": "\\' OR '1' = '1" },
        },
        { id: "field", equipment: "M", measurement: "vib", field: 'value") INTO stolen FROM vib; SELECT ("value' },
        { id: "vib", equipment: "M", measurement: "vib" },
      ],
    });
    expect((await source.store.latest(["odd", "attack", "field", "vib"])).map((one) => [one.tagId, one.value])).toEqual(
      [
        ["odd", 7],
        ["vib", 1],
      ],
    );
    expect(await source.store.coverage(["attack", "vib"])).toMatchObject([{ tagId: "vib", count: 1 }]);
  });

  it("a reading from a clock years ahead hides none of today's", async () => {
    const database = await createDatabase();
    const ahead = Date.parse("2099-01-01T00:00:00Z");
    await influx.write(database, [`a v=1 ${start}`, `a v=2 ${ahead}`, `b v=3 ${ahead}`]);
    const source = open(database, {
      tags: ["a", "b"].map((id) => ({ id, equipment: "M", measurement: id, field: "v" })),
    });
    expect((await source.store.latest(["a", "b"])).map((one) => one.value)).toEqual([1, 3]);
  });

  it("says what stands in the way: a wrong login, a missing database, no time left", async () => {
    const database = await createDatabase();
    await fill(database, [series("A.heat", 100_000, second)]);
    const problem = async (more: object, name = database) => {
      const source = open(name, { tags: contractTags, ...more });
      const call = source.store.summarize({ tagIds: ["A.heat"], from: at(0), to: at(1e9) });
      await expect(call).rejects.toMatchObject({ code: "unavailable" });
      const view = await source.probe();
      expect(view.ok).toBe(false);
      expect(JSON.stringify(view)).not.toMatch(/it's|wrong secret/);
      return view.problem;
    };
    expect(await problem({ password: "wrong secret" })).toContain("refused the login");
    expect(await problem({}, "nowhere")).toMatch(/refused the login|not authorized|not found/);
    expect(await problem({ url: "http://127.0.0.1:1" })).toContain("can't be reached");
    const slow = open(database, { tags: contractTags, timeout_ms: 100 });
    const asked = await slow.store
      .window({ tagId: "A.heat", from: at(0), to: at(100_000_000), maxPoints: 50_000 })
      .catch((thrown: unknown) => toSunbaeError(thrown).message);
    if (typeof asked === "string") expect(asked).toContain("did not answer within 100 ms");
  });

  it("readings of a server that goes away are unavailable until it is back, without a restart of ours", async () => {
    const database = await createDatabase();
    await fill(database, [series("A.heat", 5_000, second)]);
    const source = open(database, { tags: contractTags });
    const count = async () =>
      (await source.store.summarize({ tagIds: ["A.heat"], from: at(0), to: at(5_000 * second) }))[0]?.count;
    expect(await count()).toBe(5_000);
    const asked = Array.from({ length: 40 }, () => count().catch((thrown: unknown) => toSunbaeError(thrown).code));
    await influx.halt();
    for (const answer of await Promise.all(asked)) expect([5_000, "unavailable"]).toContain(answer);
    await expect(count()).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("can't be reached"),
    });
    await expect(source.store.latest(["A.heat"])).rejects.toMatchObject({ code: "unavailable" });
    expect(await source.probe()).toMatchObject({ ok: false, problem: expect.stringContaining("can't be reached") });
    await influx.resume();
    expect(await count()).toBe(5_000);
    expect(await source.probe()).toMatchObject({ ok: true, tags: 3 });
  });
});
