import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "../../../src/db/database.ts";
import { createCollectorMemory } from "../../../src/plant/collectors/collector-memory.ts";
import { createReceiptTimes } from "../../../src/plant/collectors/mqtt/receipt-times.ts";
import { createTagBook } from "../../../src/plant/collectors/tag-book.ts";
import { createEmbeddedPlantWriter } from "../../../src/plant/embedded-plant-writer.ts";
import { openTestDatabase } from "../../support/database.ts";

let database: Database;
beforeAll(async () => void (database = await openTestDatabase()));
afterAll(() => database.close());

it("remembers notes of each collector until they are taken back", async () => {
  const memory = createCollectorMemory(database);
  await memory.remember("a", { x: { n: 1 }, y: [2] });
  await memory.remember("b", { x: "other" });
  await memory.remember("a", { x: 3, y: null });
  expect(await memory.recall("a")).toEqual(new Map([["x", 3]]));
  expect(await memory.recall("b")).toEqual(new Map([["x", "other"]]));
});

const message = (id: number, text: string, repeated: boolean, receivedMs: number) => ({
  ...{ topic: "t", payload: Buffer.from(text), retained: false, repeated, id, receivedMs },
});

it("a message that is sent again after a restart gets the time of its first receipt, a new one its own", async () => {
  const memory = createCollectorMemory(database);
  const before = createReceiptTimes("floor", memory);
  await before.recall();
  expect(before.of(message(1, "5", false, 1_000))).toBe(1_000);
  expect(before.of(message(2, "5", false, 1_000))).toBe(1_001);
  await before.save();
  const after = createReceiptTimes("floor", memory);
  await after.recall();
  expect(after.of(message(1, "5", true, 9_000))).toBe(1_000);
  expect(after.of(message(2, "5", true, 9_000))).toBe(1_001);
  expect(after.of(message(2, "6", true, 9_000))).toBe(9_000);
  expect(after.of(message(1, "5", false, 9_000))).toBe(9_001);
});

it("declares machines and tags that nobody else knows, and a listed one in any case", async () => {
  const writer = createEmbeddedPlantWriter(database);
  const memory = createCollectorMemory(database);
  await writer.declareSource({ name: "mes", title: "mes", timeZone: "Asia/Seoul", sample: false });
  await writer.upsert("equipment", "mes", [{ id: "A", name: "Press A" }]);
  await writer.upsert("tags", "mes", [{ id: "A.heat", equipment_id: "A", name: "heat", unit: "°C" }]);
  const listed = { id: "C.flow", equipment: "C", normal_high: 5 };
  const settings = { source: "floor", timeZone: "Asia/Seoul", tags: [listed], discover: true, mostTags: 3 };
  const book = createTagBook({ ...settings, writer, memory });
  const found = (equipment: string, name: string) =>
    book.book({ id: `${equipment}.${name}`, equipment, name, unit: null });
  expect(found("A", "heat")).toMatchObject({ id: "A.heat" });
  expect(found("B", "heat")).toMatchObject({ id: "B.heat" });
  expect(found("B", "load")).toMatchObject({ refused: expect.stringMatching(/most_tags/) });
  await book.declare();
  const ids = async (table: string) =>
    (await database.pool.query(`SELECT id FROM ${table} WHERE source = 'floor' ORDER BY id`)).rows.map(({ id }) => id);
  expect(await ids("tags")).toEqual(["B.heat", "C.flow"]);
  expect(await ids("equipment")).toEqual(["B", "C"]);
});
