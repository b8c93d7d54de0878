import { expect, it } from "vitest";
import { loadOutcomes } from "../../src/tools/prognosis/limit-outcomes.ts";
import { daysAgo, openPlant, plantRecords, tags } from "./plant.ts";

it("stops of long ago are found behind thousands of later ones", async () => {
  const records = plantRecords();
  const stop = { source: "sample", equipment_id: "MILL-01", planned: false };
  records.records.work_orders = [];
  records.records.downtimes = [
    { ...stop, id: "OLD", started_at: daysAgo(300) },
    ...Array.from({ length: 5_100 }, (_, index) => ({ ...stop, id: `N${index}`, started_at: daysAgo(index / 100) })),
  ];
  const [tag] = tags.filter(({ equipmentId }) => equipmentId === "MILL-01");
  const span = { from: daysAgo(310), to: daysAgo(290) };
  const { context } = openPlant({ records, language: "en" });
  expect((await loadOutcomes(tag!, undefined, span, context)).records).toEqual(["OLD"]);
});
