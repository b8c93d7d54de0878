import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { createEmbeddedPlantWriter } from "../../src/plant/embedded-plant-writer.ts";
import { createEmbeddedMesStore } from "../../src/plant/mes/embedded-mes-store.ts";
import { createEmbeddedWorkOrderWriter } from "../../src/plant/mes/embedded-work-order-writer.ts";
import type { NewWorkOrder } from "../../src/plant/mes-store.ts";
import { openTestDatabase } from "../support/database.ts";

const order: NewWorkOrder = {
  proposalId: "p1",
  equipmentId: "M-1",
  description: "Replace the spindle bearing",
  priority: 2,
  preventive: false,
  primaryCode: "C1",
  alarmCode: "2041",
  requestedBy: "tech",
  openedAt: new Date("2026-12-31T20:00:00Z"),
};

describe("the work order writer", () => {
  let database: Database;
  beforeAll(async () => {
    database = await openTestDatabase();
    const plant = createEmbeddedPlantWriter(database);
    await plant.declareSource({ name: "plant", title: "Plant", timeZone: "Asia/Seoul", sample: true });
    await plant.upsert("equipment", "plant", [{ id: "M-1" }]);
    await plant.upsert("failure_codes", "plant", [{ id: "C1", description: "Bearing worn" }]);
    await plant.declareSource({ name: "other", title: "Other", timeZone: "Asia/Seoul", sample: false });
    await plant.upsert("work_orders", "other", [{ id: "WO-2027-00002" }, { id: "WO-2027-00042" }]);
    await plant.upsert("work_orders", "plant", [
      { id: "WO-2027-00003" },
      { id: "WO-2027-000041" },
      { id: "WO-2026-99999" },
    ]);
  });
  afterAll(async () => await database.close());

  const write = async (change: Partial<NewWorkOrder> = {}) =>
    await database.db.transaction((tx) => createEmbeddedWorkOrderWriter(database).write({ ...order, ...change }, tx));
  const rowOf = async (id: string) => {
    const where = [{ field: "id", op: "eq" as const, value: id }];
    return (await createEmbeddedMesStore(database).list({ records: "work_orders", where, timeZone: "UTC", limit: 9 }))
      .rows;
  };

  test("writes an open work order of the machine's source, numbered in the plant's year", async () => {
    expect(await write()).toEqual({ id: "WO-2027-00001", created: true });
    expect(await rowOf("WO-2027-00001")).toMatchObject([
      {
        source: "plant",
        equipment_id: "M-1",
        description: "Replace the spindle bearing",
        status: "open",
        priority: 2,
        preventive: false,
        primary_code: "C1",
        primary_code_description: "Bearing worn",
        alarm_code: "2041",
        opened_at: order.openedAt,
        finished_at: null,
      },
    ]);
  });

  test("passes over numbers that any source has used", async () => {
    const ids: string[] = [];
    for (const proposalId of ["p3", "p4"]) ids.push((await write({ proposalId })).id);
    // 2 belongs to another source; 42 is the highest of the year there.
    expect(ids).toEqual(["WO-2027-00043", "WO-2027-00044"]);
  });

  test("writes a proposal once, however many transactions try at once", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, async () => await write({ proposalId: "p2" })));
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
    expect(answers.filter((answer) => answer.created)).toHaveLength(1);
    expect(await rowOf(answers[0]?.id ?? "")).toHaveLength(1);
  });

  test("is undone with the transaction it was given", async () => {
    const undone = database.db.transaction(async (tx) => {
      await createEmbeddedWorkOrderWriter(database).write({ ...order, proposalId: "p5" }, tx);
      throw new Error("the audit failed");
    });
    await expect(undone).rejects.toThrow("the audit failed");
    expect(await write({ proposalId: "p5" })).toMatchObject({ created: true });
  });

  test("refuses a machine that is gone", async () => {
    await expect(write({ proposalId: "p6", equipmentId: "M-9" })).rejects.toMatchObject({ code: "not_found" });
  });
});
