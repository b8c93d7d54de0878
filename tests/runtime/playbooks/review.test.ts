import { afterAll, beforeAll, expect, it } from "vitest";
import { SunbaeError } from "../../../src/core/errors.ts";
import type { Database } from "../../../src/db/database.ts";
import { createMemoryMesStore } from "../../../src/plant/mes/memory-mes-store.ts";
import { openTestDatabase } from "../../support/database.ts";
import { createScriptedRuntime } from "../../support/scripted-runtime.ts";
import { bakery } from "../bakery.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** One event a day on 300 days of 2024, and twenty on the last of them. */
const events = Array.from({ length: 319 }, (_, index) => ({
  ...{ source: "bakery-erp", id: `EV-${index}`, equipment_id: "OV-01", group: "alarm", code: "E21" },
  started_at: new Date(Date.UTC(2024, 0, 2 + Math.min(index, 299), 11)),
}));
const plant = { ...bakery, records: { ...bakery.records, events } };

it("a long review counts every day with events, and knows the busiest", async () => {
  const { answer } = await createScriptedRuntime(database, { plant }).turn("review OV-01 in 2024");
  expect(answer?.answer).toContain("events on 300 days, most on 2024-10-27 (20)");
});

it("a review goes on where the time before can't be counted", async () => {
  const store = createMemoryMesStore(plant);
  const before = new Date("2023-12-31T23:00:00Z");
  const mes = {
    aggregate: (query: Parameters<typeof store.aggregate>[0]) =>
      query.where.some((one) => one.op === "lt" && +one.value === +before)
        ? Promise.reject(new SunbaeError("unavailable", "The archive is away."))
        : store.aggregate(query),
  };
  const { answer } = await createScriptedRuntime(database, { plant, mes }).turn("review OV-01 in 2024");
  expect(answer?.answer).toContain("**319** in all");
  expect(answer?.answer).not.toContain("the equally long period before");
});
