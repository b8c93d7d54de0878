import { expect, it } from "vitest";
import { createMemoryMesStore } from "../../../src/plant/mes/memory-mes-store.ts";
import { askPart, mergeGroups, partOf } from "../../../src/plant/routing/merge-groups.ts";
import type { AggregateQuery } from "../../../src/plant/records.ts";

const stores = [
  ["A", "B"],
  ["B", "C"],
].map((codes) =>
  createMemoryMesStore({
    records: { events: codes.map((code, index) => ({ id: `${codes.join("")}${index}`, code })) },
  }),
);
const query: AggregateQuery = {
  ...{ records: "events", where: [], timeZone: "UTC" },
  measure: { kind: "distinct", field: "code" },
};

it("different values of two stores are counted once", async () => {
  const part = partOf(query);
  const answers = await Promise.all(stores.map((store) => askPart(part, store)));
  expect(mergeGroups(query, answers).groups[0]?.value).toBe(3);
});

it("a store that gives only some of its groups is not counted as if they were all", async () => {
  const [first] = stores;
  const cut = {
    aggregate: async (asked: AggregateQuery) => {
      const answer = await first!.aggregate(asked);
      return { ...answer, groups: answer.groups.slice(0, 1) };
    },
  };
  await expect(askPart(partOf(query), cut)).rejects.toMatchObject({ code: "too_large" });
});
