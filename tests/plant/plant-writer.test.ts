import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { createEmbeddedPlantWriter } from "../../src/plant/embedded-plant-writer.ts";
import { createEmbeddedMesStore } from "../../src/plant/mes/embedded-mes-store.ts";
import { createEmbeddedSensorStore } from "../../src/plant/sensors/embedded-sensor-store.ts";
import type { PlantWriter } from "../../src/plant/plant-writer.ts";
import type { Row } from "../../src/plant/records.ts";
import { openTestDatabase } from "../support/database.ts";

describe("the embedded plant writer", () => {
  let database: Database;
  let writer: PlantWriter;
  beforeAll(async () => {
    database = await openTestDatabase();
    writer = createEmbeddedPlantWriter(database);
  });
  beforeEach(async () => {
    for (const name of ["one", "two"]) {
      await writer.removeSource(name);
      await writer.declareSource({ name, title: name, timeZone: "Asia/Seoul", sample: name === "two" });
    }
  });
  afterAll(async () => await database.close());

  const lots: Row[] = [
    { id: "L1", material: "steel", quantity: 0.1 + 0.2, produced_at: new Date("1899-12-31T23:59:59.123Z") },
    { id: "L2", material: "aluminium", status: "free" },
  ];
  const list = async () =>
    (
      await createEmbeddedMesStore(database).list({
        records: "lots",
        where: [],
        timeZone: "UTC",
        limit: 9,
        orderBy: [],
      })
    ).rows;

  test("counts what was inserted, changed and already so", async () => {
    expect(await writer.upsert("lots", "one", lots)).toEqual({ inserted: 2, updated: 0, unchanged: 0 });
    expect(await writer.upsert("lots", "one", lots)).toEqual({ inserted: 0, updated: 0, unchanged: 2 });
    const changed = [{ ...lots[0], quantity: 0.3 }, lots[1] ?? {}, { id: "L3" }];
    expect(await writer.upsert("lots", "one", changed)).toEqual({ inserted: 1, updated: 1, unchanged: 1 });
    expect(await writer.upsert("lots", "one", [])).toEqual({ inserted: 0, updated: 0, unchanged: 0 });
  });

  test("keeps exact numbers, old instants and texts of any kind", async () => {
    const text = `quotes ' " \\ {a,b} $1 %s \n 한글 \u{1F527}`;
    await writer.upsert("lots", "one", [{ ...lots[0], material: text, supplier: "NULL", unit: "a\0b" }]);
    const [row] = await list();
    expect(row).toMatchObject({
      quantity: 0.1 + 0.2,
      material: text,
      supplier: "NULL",
      unit: "ab",
      produced_at: lots[0]?.["produced_at"],
    });
  });

  test("a field that a later row leaves out becomes null, as does blank text", async () => {
    await writer.upsert("lots", "one", [{ id: "L1", material: "steel", supplier: "Kim" }]);
    expect(await writer.upsert("lots", "one", [{ id: "L1", material: "" }])).toEqual({
      inserted: 0,
      updated: 1,
      unchanged: 0,
    });
    expect((await list())[0]).toMatchObject({ material: null, supplier: null });
  });

  test("of an id repeated in one call the last row is kept and counted", async () => {
    expect(
      await writer.upsert("lots", "one", [
        { id: "L1", material: "a" },
        { id: "L1", material: "b" },
      ]),
    ).toMatchObject({ inserted: 1 });
    expect((await list()).map((row) => row["material"])).toEqual(["b"]);
  });

  test("counts truly over more rows than one statement takes", async () => {
    const many = Array.from({ length: 12_345 }, (_, index) => ({
      id: `P${index}`,
      models: [`m${index % 3}`],
      on_hand: index,
    }));
    expect(await writer.upsert("parts", "one", many)).toEqual({ inserted: 12_345, updated: 0, unchanged: 0 });
    const changed = many.map((row, index) => (index % 1_000 === 0 ? { ...row, models: [] } : row));
    expect(await writer.upsert("parts", "one", changed)).toEqual({ inserted: 0, updated: 13, unchanged: 12_332 });
  });

  test("sources keep their rows apart, and one leaves without the other", async () => {
    await writer.upsert("lots", "one", lots);
    await writer.upsert("lots", "two", lots);
    await writer.upsert("tags", "one", [{ id: "T1" }, { id: "T2" }]);
    await writer.upsert("tags", "two", [{ id: "T2" }, { id: "T3" }]);
    const times = Array.from({ length: 150 }, (_, index) => index * 1_000);
    for (const tagId of ["T1", "T2", "T3"]) await writer.appendReadings([{ tagId, times, values: times }]);
    await writer.appendReadings([{ tagId: "T3", times: [1e6], values: [1] }]);
    expect(await writer.removeSource("two")).toMatchObject({ lots: 2, tags: 2, readings: 151, events: 0 });
    expect((await list()).map((row) => row["source"])).toEqual(["one", "one"]);
    expect((await createEmbeddedSensorStore(database).coverage(["T1", "T2", "T3"])).map((tag) => tag.tagId)).toEqual([
      "T1",
      "T2",
    ]);
    expect(await writer.removeSource("two")).toMatchObject({ lots: 0, readings: 0 });
  });

  test("refuses what doesn't fit, naming row and field, and writes nothing of it", async () => {
    const refused: [Row[], string][] = [
      [[{ id: "L9" }, { id: "L1", quantity: "many" }], "rows[1]"],
      [[{ id: "L1", colour: "red" }], "colour"],
      [[{ material: "no id" }], "id"],
      [[{ id: "L1", quantity: Number.NaN }], "quantity"],
      [[{ id: "L1", produced_at: new Date("nonsense") }], "produced_at"],
      [[{ id: "L1", produced_at: new Date(8.64e15) }], "produced_at"],
    ];
    for (const [rows, named] of refused)
      await expect(writer.upsert("lots", "one", rows)).rejects.toMatchObject({
        code: "invalid_input",
        message: expect.stringContaining(named),
      });
    await expect(writer.upsert("lots", "three", lots)).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining("three"),
    });
    await expect(
      writer.declareSource({ name: "x", title: "x", timeZone: "Seoul", sample: false }),
    ).rejects.toMatchObject({ code: "invalid_input" });
    expect(await list()).toEqual([]);
  });

  test("readings of a tag that is not declared are refused", async () => {
    await expect(writer.appendReadings([{ tagId: "T9", times: [1], values: [1] }])).rejects.toMatchObject({
      code: "invalid_input",
      details: [{ path: "T9", message: "is no tag of the plant" }],
    });
    await writer.upsert("tags", "one", [{ id: "T1" }]);
    for (const times of [[1, 2], [Number.NaN], [1e300]])
      await expect(writer.appendReadings([{ tagId: "T1", times, values: [1] }])).rejects.toMatchObject({
        code: "invalid_input",
      });
    expect(await writer.appendReadings([{ tagId: "T1", times: [1, 2, 3], values: [1, Number.NaN, 3] }])).toEqual({
      written: 2,
    });
    expect(await writer.appendReadings([])).toEqual({ written: 0 });
  });

  test("what is appended in small parts ends up packed", async () => {
    await writer.upsert("tags", "one", [{ id: "T1" }]);
    for (let at = 0; at < 3_000; at += 30) {
      const times = Array.from({ length: 30 }, (_, index) => (at + index) * 1_000);
      await writer.appendReadings([{ tagId: "T1", times, values: times }]);
    }
    const { rows } = await database.pool.query(
      `SELECT (SELECT count(*)::int FROM reading_blocks WHERE tag_id = 'T1') AS blocks, octet_length(tail) AS tail FROM latest_readings WHERE tag_id = 'T1'`,
    );
    expect(rows[0].blocks).toBe(2);
    expect(rows[0].tail).toBeLessThan(1_600);
  });

  test("two writers of one tag at once lose nothing", async () => {
    await writer.upsert("tags", "one", [{ id: "T1" }]);
    const part = (offset: number) => Array.from({ length: 40 }, (_, index) => offset + index * 6);
    await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const times = part((index % 6) + Math.floor(index / 6) * 240);
        await writer.appendReadings([{ tagId: "T1", times, values: times }]);
      }),
    );
    const store = createEmbeddedSensorStore(database);
    expect(await store.coverage(["T1"])).toMatchObject([{ count: 1_200 }]);
    const points = await store.window({ tagId: "T1", from: new Date(0), to: new Date(1_200), maxPoints: 1_200 });
    expect(points.map((point) => point.mean)).toEqual(Array.from({ length: 1_200 }, (_, index) => index));
  });
});
