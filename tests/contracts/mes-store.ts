import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MesStore } from "../../src/plant/mes-store.ts";
import type { Condition } from "../../src/plant/records.ts";
import { aggregateContract } from "./mes-aggregate.ts";
import { listContract } from "./mes-list.ts";
import { at, records, type MesRecords } from "./mes-records.ts";

export type OpenMesStore = (records: MesRecords) => Promise<{ store: MesStore; close: () => Promise<void> }>;

/** What every MES store answers, whatever is behind it. */
export function mesStoreContract(name: string, open: OpenMesStore): void {
  describe(`MES store: ${name}`, () => {
    let store: MesStore;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ store, close } = await open(records));
    }, 60_000);
    afterAll(async () => await close());

    listContract(() => store);
    aggregateContract(() => store);

    test("equipment carries names in both languages, aliases unchanged, and whether it is a sample", async () => {
      const [first, second, third] = await store.equipment();
      expect(first).toEqual({
        id: "LINE",
        name: "라인",
        nameKo: "라인",
        aliases: [],
        class: null,
        model: null,
        level: "work_center",
        parentId: null,
        source: "plant",
        sample: true,
      });
      expect(second).toMatchObject({
        id: "M-1",
        name: "First machine",
        nameKo: "일호기",
        aliases: ["one", '큰 "놈"', "a,b\\c"],
      });
      expect(third).toMatchObject({ id: "M-2", parentId: "LINE", level: "work_unit" });
    });

    test("an event lasts from start to end where its source gives no duration", async () => {
      const { rows } = await store.list({
        records: "events",
        where: [{ field: "ended_at", op: "not_null" }],
        timeZone: "UTC",
        limit: 9,
        orderBy: [],
      });
      expect(rows.map((row) => row["duration_minutes"])).toEqual([2.5, 7]);
    });

    test("the vocabulary is by frequency, with a description where there is one and no other, list elements singly", async () => {
      expect(await store.vocabulary("work_orders", "primary_code", 10)).toEqual([
        { value: "C1", label: null, count: 3 },
        { value: "C2", label: "Leak", count: 1 },
      ]);
      expect(await store.vocabulary("events", "code", 10)).toMatchObject([
        { value: "10", label: "Low flow", count: 2 },
        { value: "9", label: null, count: 2 },
      ]);
      expect(await store.vocabulary("work_orders", "parts", 1)).toEqual([{ value: "P2", label: null, count: 2 }]);
      expect(await store.vocabulary("work_orders", "preventive", 9)).toEqual([
        { value: "true", label: null, count: 3 },
        { value: "false", label: null, count: 1 },
      ]);
      expect(await store.vocabulary("people", "name", 5)).toEqual([]);
    });

    test("coverage spans the rows that have a time, of all machines or one", async () => {
      expect(await store.coverage("work_orders")).toEqual({
        rows: 5,
        from: at("2020-06-30T14:30:00Z"),
        to: at("2021-01-03T12:00:00Z"),
      });
      expect(await store.coverage("events", "M-2")).toEqual({
        rows: 2,
        from: at("2020-03-08T07:00:00Z"),
        to: at("2020-03-08T07:00:00Z"),
      });
      expect(await store.coverage("equipment", "M-1")).toEqual({ rows: 1, from: null, to: null });
      expect(await store.coverage("inspections")).toEqual({ rows: 0, from: null, to: null });
    });

    test("what doesn't exist or doesn't fit is invalid input, never an empty answer", async () => {
      const list = (where: unknown[], more: object = {}) =>
        store.list({ records: "work_orders", where: where as Condition[], timeZone: "UTC", limit: 1, ...more });
      const total = (query: object) =>
        store.aggregate({ records: "work_orders", where: [], timeZone: "UTC", measure: { kind: "count" }, ...query });
      const refused = [
        () => list([{ field: 'id" OR true --', op: "eq", value: "W1" }]),
        () => list([{ field: "colour", op: "is_null" }]),
        () => list([{ field: "priority", op: "eq", value: "3" }]),
        () => list([{ field: "preventive", op: "eq", value: "yes" }]),
        () => list([{ field: "finished_at", op: "gte", value: 2020 }]),
        () => list([{ field: "finished_at", op: "gte", value: new Date("nonsense") }]),
        () => list([{ field: "id", op: "gt", value: 3 }]),
        () => list([{ field: "parts", op: "eq", value: "P1" }]),
        () => list([{ field: "priority", op: "contains", value: "1" }]),
        () => list([{ field: "id", op: "like", value: "W%" }]),
        () => list([], { limit: -1 }),
        () => list([], { orderBy: [{ field: "parts", direction: "asc" }] }),
        () => list([], { records: "users" }),
        () => list([], { timeZone: "Mars/Olympus" }),
        () => total({ timeZone: "+09:00" }),
        () => total({ groupBy: [{ field: "primary_code", bucket: "day" }] }),
        () => total({ groupBy: [{ field: "finished_at", bucket: "decade" }] }),
        () => total({ measure: { kind: "sum", field: "description" } }),
        () => total({ measure: { kind: "avg", field: "finished_at" } }),
        () => total({ measure: { kind: "distinct", field: "parts" } }),
        () => store.vocabulary("work_orders", "finished_at", 5),
        () => store.coverage("parts", "M-1"),
      ];
      for (const call of refused)
        await expect(call(), call.toString()).rejects.toMatchObject({ code: "invalid_input" });
    });
  });
}
