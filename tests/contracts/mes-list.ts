import { expect, test } from "vitest";
import { prepareRows } from "../../src/plant/mes/prepare-rows.ts";
import type { MesStore } from "../../src/plant/mes-store.ts";
import type { Condition, ListQuery } from "../../src/plant/records.ts";
import { at, records } from "./mes-records.ts";

export function listContract(store: () => MesStore): void {
  const ids = async (where: Condition[], more: Partial<ListQuery> = {}) => {
    const { rows } = await store().list({
      records: "work_orders",
      where,
      timeZone: "UTC",
      limit: 100,
      orderBy: [],
      ...more,
    });
    return rows.map((row) => row["id"]).join(" ");
  };

  test("a listed row has every field of the catalogue, its source, and dates, lists and numbers as such", async () => {
    const { rows } = await store().list({
      records: "work_orders",
      where: [{ field: "id", op: "eq", value: "W1" }],
      timeZone: "UTC",
      limit: 1,
    });
    const [prepared] = prepareRows("work_orders", records.work_orders?.slice(0, 1) ?? []);
    expect(rows).toEqual([{ source: "plant", ...prepared }]);
  });

  test("a condition on null matches what its name says", async () => {
    expect(await ids([{ field: "preventive", op: "eq", value: true }])).toBe("W1 W3 W5");
    expect(await ids([{ field: "preventive", op: "ne", value: true }])).toBe("W2 W4");
    expect(await ids([{ field: "primary_code", op: "not_in", value: ["C1"] }])).toBe("W2 W5");
    expect(await ids([{ field: "primary_code", op: "in", value: ["C1", "C2"] }])).toBe("W1 W2 W3 W4");
    expect(await ids([{ field: "primary_code", op: "is_null" }])).toBe("W5");
    expect(await ids([{ field: "priority", op: "not_null" }])).toBe("W1 W2 W3 W5");
    expect(await ids([{ field: "priority", op: "lt", value: 99 }])).toBe("W1 W2 W3 W5");
    expect(await ids([{ field: "parts", op: "is_null" }])).toBe("W3 W4 W5");
  });

  test("an empty list of values matches nothing, and its opposite everything", async () => {
    expect(await ids([{ field: "primary_code", op: "in", value: [] }])).toBe("");
    expect(await ids([{ field: "primary_code", op: "not_in", value: [] }])).toBe("W1 W2 W3 W4 W5");
  });

  test("contains ignores case, takes % and _ literally, and reads Korean in either normal form", async () => {
    expect(await ids([{ field: "description", op: "contains", value: "ÖL 100%" }])).toBe("W3");
    expect(await ids([{ field: "description", op: "contains", value: "r_n" }])).toBe("W3");
    expect(await ids([{ field: "description", op: "contains", value: "0_%" }])).toBe("");
    expect(await ids([{ field: "description", op: "contains", value: "오일".normalize("NFD") }])).toBe("W4");
    // Some databases refuse a whole question for a NUL in it.
    expect(await ids([{ field: "description", op: "contains", value: "오일\0" }])).toBe("W4");
  });

  test("contains on a list asks for a whole element", async () => {
    expect(await ids([{ field: "parts", op: "contains", value: "p2" }])).toBe("W1 W2");
    expect(await ids([{ field: "parts", op: "contains", value: "P" }])).toBe("");
  });

  test("ranges include and exclude their ends to the millisecond", async () => {
    const from = { field: "finished_at", op: "gte", value: at("2020-06-30T15:30:00Z") } as const;
    expect(await ids([from, { field: "finished_at", op: "lt", value: at("2020-12-31T23:59:59.999Z") }])).toBe("W1");
    expect(await ids([from, { field: "finished_at", op: "lte", value: at("2020-12-31T23:59:59.999Z") }])).toBe("W1 W5");
    expect(await ids([{ field: "duration_minutes", op: "gt", value: 0.5 }])).toBe("W1 W2");
  });

  test("conditions hold together", async () => {
    expect(
      await ids([
        { field: "equipment_id", op: "eq", value: "M-1" },
        { field: "preventive", op: "eq", value: true },
      ]),
    ).toBe("W1 W5");
  });

  test("lists newest first where no order is given, rows without a time last", async () => {
    expect(await ids([], { orderBy: undefined })).toBe("W3 W5 W1 W2 W4");
  });

  test("orders by several fields, nulls last in both directions, ties by id", async () => {
    expect(await ids([], { orderBy: [{ field: "priority", direction: "desc" }] })).toBe("W1 W5 W3 W2 W4");
    expect(await ids([], { orderBy: [{ field: "priority", direction: "asc" }] })).toBe("W2 W3 W5 W1 W4");
    const both = [
      { field: "equipment_id", direction: "desc" },
      { field: "preventive", direction: "asc" },
    ] as const;
    expect(await ids([], { orderBy: [...both] })).toBe("W3 W4 W2 W1 W5");
  });

  test("counts the total beyond the limit, and beyond the last page", async () => {
    const page = { records: "work_orders", where: [], timeZone: "UTC" } as const;
    const first = await store().list({ ...page, where: [], limit: 2, offset: 1, orderBy: [] });
    expect(first.rows.map((row) => row["id"])).toEqual(["W2", "W3"]);
    expect(first.total).toBe(5);
    expect(await store().list({ ...page, where: [], limit: 2, offset: 50 })).toEqual({ rows: [], total: 5 });
    expect(await store().list({ ...page, where: [], limit: 0 })).toEqual({ rows: [], total: 5 });
  });
}
