import { expect, it } from "vitest";
import type { Row } from "../../src/plant/records.ts";
import { runningBy } from "../../src/tools/condition/standstills.ts";
import { hoursAgo, now, openPlant, plantRecords } from "./plant.ts";

const span = { from: hoursAgo(240), to: now };

async function ranBy(stops: Row[]) {
  const records = plantRecords();
  records.records.downtimes = stops.map((row, index) => ({
    ...{ source: "sample", id: `D${index}`, equipment_id: "MILL-01", planned: false },
    ...row,
  }));
  const running = await runningBy("MILL-01", span, openPlant({ records, language: "en" }).context);
  return (hours: number) => running(hoursAgo(hours));
}

it("a stop ends with its end, or after as long as it lasted where only that is on record", async () => {
  const ran = await ranBy([
    { started_at: hoursAgo(50), ended_at: hoursAgo(48) },
    { started_at: hoursAgo(20), duration_minutes: 60 },
  ]);
  expect([51, 49, 40, 19.5, 10].map(ran)).toEqual([true, false, true, false, true]);
});

it("a stop that nobody closed ends where the next one begins; the last one lasts until now", async () => {
  const ran = await ranBy([
    { started_at: hoursAgo(200) },
    { started_at: hoursAgo(190), ended_at: hoursAgo(189) },
    { started_at: hoursAgo(5) },
  ]);
  expect([195, 100, 1].map(ran)).toEqual([false, true, false]);
});

it("of more stops than are read the newest count", async () => {
  const old = Array.from({ length: 2_100 }, (_, index) => ({
    started_at: hoursAgo(230 - index / 100),
    ended_at: hoursAgo(230 - index / 100 - 0.001),
  }));
  const ran = await ranBy([...old, { started_at: hoursAgo(3), ended_at: hoursAgo(1) }]);
  expect(ran(2)).toBe(false);
});
