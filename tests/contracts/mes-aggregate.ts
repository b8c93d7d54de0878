import { expect, test } from "vitest";
import type { MesStore } from "../../src/plant/mes-store.ts";
import type { AggregateQuery, Bucket, Condition } from "../../src/plant/records.ts";

export function aggregateContract(store: () => MesStore): void {
  const groups = async (query: Partial<AggregateQuery>) => {
    const answer = await store().aggregate({
      records: "events",
      where: [],
      timeZone: "UTC",
      measure: { kind: "count" },
      ...query,
    });
    return answer.groups.map(({ key, value }) => [...key, value]);
  };
  const bucketed = async (bucket: Bucket, timeZone: string) =>
    await groups({ groupBy: [{ field: "started_at", bucket }], orderBy: "key", timeZone });

  test("days, months and hours are those of the query's zone", async () => {
    const query = { records: "work_orders", where: [{ field: "preventive", op: "not_null" }] } as const;
    const day = { field: "finished_at", bucket: "day" } as const;
    const seoul = await groups({
      ...query,
      where: [...query.where],
      groupBy: [day],
      orderBy: "key",
      timeZone: "Asia/Seoul",
    });
    expect(seoul).toEqual([
      ["2020-06-30", 1],
      ["2020-07-01", 1],
      ["2021-01-01", 1],
      ["2021-01-03", 1],
    ]);
    const utc = await groups({
      ...query,
      where: [...query.where],
      groupBy: [{ ...day, bucket: "month" }],
      orderBy: "key",
    });
    expect(utc).toEqual([
      ["2020-06", 2],
      ["2020-12", 1],
      ["2021-01", 1],
    ]);
  });

  test("a day of 25 hours is one day, and its repeated hour one hour", async () => {
    expect(await bucketed("day", "America/New_York")).toEqual([
      ["2020-03-08", 2],
      ["2020-11-01", 3],
      [null, 1],
    ]);
    expect(await bucketed("hour", "America/New_York")).toEqual([
      ["2020-03-08 01:00", 1],
      ["2020-03-08 03:00", 1],
      ["2020-11-01 01:00", 2],
      ["2020-11-01 23:00", 1],
      [null, 1],
    ]);
    expect(await bucketed("hour_of_day", "America/New_York")).toEqual([
      [1, 3],
      [3, 1],
      [23, 1],
      [null, 1],
    ]);
  });

  test("weeks are ISO weeks of the ISO year, weekdays begin with Monday", async () => {
    const query = { records: "work_orders", orderBy: "key" } as const;
    const week = await groups({ ...query, groupBy: [{ field: "finished_at", bucket: "week" }] });
    expect(week).toEqual([
      ["2020-W27", 2],
      ["2020-W53", 2],
      [null, 1],
    ]);
    const weekday = await groups({ ...query, groupBy: [{ field: "finished_at", bucket: "weekday" }] });
    expect(weekday).toEqual([
      [2, 2],
      [4, 1],
      [7, 1],
      [null, 1],
    ]);
    const quarter = await groups({
      ...query,
      groupBy: [{ field: "finished_at", bucket: "quarter" }],
      timeZone: "Asia/Seoul",
    });
    expect(quarter).toEqual([
      ["2020-Q2", 1],
      ["2020-Q3", 1],
      ["2021-Q1", 2],
      [null, 1],
    ]);
    const year = await groups({ ...query, groupBy: [{ field: "finished_at", bucket: "year" }] });
    expect(year).toEqual([
      ["2020", 3],
      ["2021", 1],
      [null, 1],
    ]);
  });

  test("groups largest first, ties by key, with the number of rows and groups beyond the limit", async () => {
    const query = { records: "events", where: [], timeZone: "UTC", measure: { kind: "count" } } as const;
    const answer = await store().aggregate({ ...query, where: [], groupBy: [{ field: "code" }], limit: 2 });
    expect(answer).toEqual({
      groups: [
        { key: ["10"], value: 2 },
        { key: ["9"], value: 2 },
      ],
      total: 6,
      groupCount: 3,
    });
    const two = await groups({ groupBy: [{ field: "group" }, { field: "equipment_id" }] });
    expect(two).toEqual([
      ["ALERT", "M-1", 3],
      ["ANOMALY", "M-1", 1],
      ["ANOMALY", "M-2", 1],
      [null, "M-2", 1],
    ]);
  });

  test("a time without a bucket is its instant, a truth value stays one", async () => {
    const time = await groups({
      where: [{ field: "id", op: "eq", value: "E4" }],
      groupBy: [{ field: "started_at" }],
    });
    expect(time).toEqual([["2020-03-08T06:59:00.000Z", 1]]);
    expect(await groups({ records: "work_orders", groupBy: [{ field: "preventive" }] })).toEqual([
      [true, 3],
      [false, 1],
      [null, 1],
    ]);
  });

  test("a row counts under each element of a list, and under null where it has none", async () => {
    expect(await groups({ records: "work_orders", groupBy: [{ field: "parts" }] })).toEqual([
      [null, 3],
      ["P2", 2],
      ["P1", 1],
    ]);
  });

  test("measures leave nulls out; over nothing they are null, and a count 0", async () => {
    const over = async (measure: AggregateQuery["measure"], where: Condition[] = []) =>
      await groups({ records: "work_orders", measure, where });
    expect(await over({ kind: "sum", field: "duration_minutes" })).toEqual([[120.5]]);
    expect(await over({ kind: "avg", field: "priority" })).toEqual([[2.125]]);
    expect(await over({ kind: "min", field: "priority" })).toEqual([[1]]);
    expect(await over({ kind: "max", field: "finished_at" })).toEqual([[Date.parse("2021-01-03T12:00:00Z")]]);
    const none: Condition[] = [{ field: "id", op: "eq", value: "nothing" }];
    expect(await over({ kind: "sum", field: "priority" }, none)).toEqual([[null]]);
    expect(await over({ kind: "count" }, none)).toEqual([[0]]);
    expect(await groups({ where: none, groupBy: [{ field: "code" }] })).toEqual([]);
  });

  test("a group without values comes last, whatever the measure", async () => {
    const answer = await groups({
      records: "work_orders",
      measure: { kind: "sum", field: "duration_minutes" },
      groupBy: [{ field: "equipment_id" }],
    });
    expect(answer).toEqual([
      ["M-1", 120.5],
      ["M-2", null],
    ]);
  });

  test("counts different values and different days, without null", async () => {
    expect(await groups({ measure: { kind: "distinct", field: "code" } })).toEqual([[2]]);
    const days = { kind: "distinct", field: "started_at", bucket: "day" } as const;
    expect(await groups({ measure: days, timeZone: "America/New_York" })).toEqual([[2]]);
    expect(await groups({ measure: days })).toEqual([[3]]);
    expect(await groups({ measure: days, groupBy: [{ field: "group" }] })).toEqual([
      ["ALERT", 2],
      ["ANOMALY", 1],
      [null, 0],
    ]);
  });
}
