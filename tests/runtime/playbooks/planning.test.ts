import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../../src/db/database.ts";
import type { Row } from "../../../src/plant/records.ts";
import { gapDays } from "../../../src/runtime/playbooks/bundles.ts";
import { outageMinutes } from "../../../src/runtime/playbooks/planning.ts";
import { openTestDatabase } from "../../support/database.ts";
import { createScriptedRuntime } from "../../support/scripted-runtime.ts";
import { bakery, equipment } from "../bakery.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

describe("how long a machine stands", () => {
  it.each<[string, number | null]>([
    ["OV-01 8시간 서면?", 480],
    ["if OV-01 is down for half an hour", 30],
    ["이틀 서면", 2880],
    ["3월 21일에 OV-01이 서면 어떤 오더가 밀려?", null],
    ["3월 21일에 2시간 서면", 120],
    ["which orders wait for OV-01", null],
  ])("%j is %s min", (text, minutes) => expect(outageMinutes(text)).toBe(minutes));
});

describe("the days between work orders of one bundle", () => {
  it.each<[string, number | null]>([
    ["OV-01 7일 이내로 묶어줘", 7],
    ["bundle chiller 9 14 days apart", 14],
    ["3월 15일부터 묶어줘", null],
    ["3월 15일 이후 두 주 이내로", 14],
  ])("%j is %s", (text, days) => expect(gapDays(text)).toBe(days));
});

/** A hall of twelve ovens, each with two corrective orders, and a mixer elsewhere that stood still. */
const ovens = Array.from({ length: 9 }, (_, index): Row => {
  const id = `OV-2${index}`;
  return { ...equipment.find((row) => row["id"] === "OV-01"), id, name: `Oven 2${index}`, name_ko: null, aliases: [] };
});
const hour = (day: number, at: number) => new Date(Date.UTC(2025, 2, day, at));
const plant = {
  ...bakery,
  records: {
    ...bakery.records,
    equipment: [...equipment, ...ovens],
    downtimes: [
      {
        ...{ source: "bakery-erp", id: "DT-1", equipment_id: "MX-11", reason: "hook jammed", planned: false },
        ...{ started_at: hour(13, 8), ended_at: null },
      },
    ],
    work_orders: ovens.flatMap((row) =>
      [1, 5].map((day) => ({
        ...{ source: "bakery-erp", id: `${String(row["id"])}-W${day}`, equipment_id: row["id"] as string },
        ...{ preventive: false, finished_at: hour(day, 9) },
      })),
    ),
  },
};
const ask = async (question: string) =>
  (await createScriptedRuntime(database, { plant }).turn(question)).answer?.answer ?? "";

describe("a hall of more than eight machines", () => {
  it("is handed over without what stood elsewhere", async () => {
    expect(await ask("shift handover")).toContain("hook jammed");
    expect(await ask("shift handover of the baking hall")).not.toContain("hook jammed");
  });
  it("has all its work orders bundled", async () => {
    const said = await ask("bundle the corrective work orders of the baking hall in March 2025 within 14 days");
    expect(said).toContain("18 corrective work orders");
    expect(said).toContain("9 bundles");
  });
});
