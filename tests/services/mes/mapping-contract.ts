import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MesSource } from "../../../src/plant/source.ts";

/** Statements that both databases take: a small MES whose tables need joins, words of its own, and arithmetic. */
export const smallMes = [
  "CREATE TABLE machine (machine_key int PRIMARY KEY, code varchar(20), line_key int)",
  "INSERT INTO machine VALUES (1, 'CNC-1', 7), (2, 'CNC-2', 7), (3, 'CNC-3', NULL)",
  "CREATE TABLE line (line_key int PRIMARY KEY, title varchar(40))",
  "INSERT INTO line VALUES (7, 'Line seven')",
  "CREATE TABLE wo (wo_no int, step int, machine_key int, kind varchar(10), memo char(30), prio varchar(10), begun bigint, done_on date, secs int, cost decimal(10,3), hot varchar(5), deleted int)",
  `INSERT INTO wo VALUES
    (100, 1, 1, 'PM', 'grease  ', 'P1', 1583020800, '2020-03-01', 90, 12.345, 'Y', 0),
    (100, 2, 1, 'bm', ' - ', 'P2', 1583107200, '2020-03-02', 150, 0.1, 'N', 0),
    (101, 1, 2, NULL, 'N/A', 'high', NULL, NULL, NULL, NULL, NULL, 0),
    (102, 1, 9, 'XX', '', '', 1583193600, '2020-03-03', 0, 7, 'Q', 0),
    (103, 1, 1, 'PM', 'gone', 'P1', 1583193600, '2020-03-04', 60, 7, 'Y', 1)`,
];

export const smallMapping = {
  work_orders: {
    table: "wo",
    join: [
      { table: "machine", as: "m", on: { machine_key: "machine_key" } },
      { table: "line", as: "l", on: { "m.line_key": "line_key" } },
    ],
    only_when: { DELETED: [0, null] },
    columns: {
      id: { template: "{wo_no}-{step}" },
      equipment_id: "m.code",
      component: "l.title",
      description: { column: "memo", trim: true, empty: ["-", "n/a"] },
      preventive: { column: "kind", values: { pm: true, "*": false } },
      status: { column: "kind", values: { PM: "planned", BM: "breakdown" } },
      priority: { column: "prio", extract: "\\d+" },
      opened_at: { column: "begun", format: "epoch_s" },
      finished_at: { column: "done_on", time_zone: "Asia/Seoul" },
      duration_minutes: { column: "secs", unit: "seconds" },
      labor_minutes: { column: "cost", scale: 2, offset: 1 },
      technician: { constant: "MES" },
      parts: { column: "memo", split: "e" },
      alarm_code: { column: "hot", values: { Y: "HOT", N: null } },
    },
  },
};

export type SmallMes = { open: (records: object) => MesSource; close: () => Promise<void> };

/** How the parts of a mapping read rows, in SQL or after reading. */
export function mappingContract(name: string, start: () => Promise<SmallMes>): void {
  describe(`mapping on ${name}`, () => {
    let mes: SmallMes;
    let source: MesSource;
    beforeAll(async () => {
      mes = await start();
      source = mes.open(smallMapping);
    }, 60_000);
    afterAll(async () => {
      await source.close();
      await mes.close();
    });
    const query = { records: "work_orders", timeZone: "Asia/Seoul" } as const;
    const column = async (field: string, where: object[] = []) => {
      const { rows } = await source.store.list({ ...query, where: where as [], limit: 9, orderBy: [] });
      return rows.map((row) => row[field]);
    };
    const count = async (where: object[]) =>
      (await source.store.aggregate({ ...query, where: where as [], measure: { kind: "count" } })).total;

    test("templates, joins and constants", async () => {
      expect(await column("id")).toEqual(["100-1", "100-2", "101-1", "102-1"]);
      expect(await column("equipment_id")).toEqual(["CNC-1", "CNC-1", "CNC-2", null]);
      expect(await column("component")).toEqual(["Line seven", "Line seven", "Line seven", null]);
      expect(await column("technician")).toEqual(["MES", "MES", "MES", "MES"]);
      expect(await column("id", [{ field: "id", op: "eq", value: "100-2" }])).toEqual(["100-2"]);
      expect(await count([{ field: "equipment_id", op: "in", value: ["CNC-1", "CNC-9"] }])).toBe(2);
      expect(await count([{ field: "technician", op: "eq", value: "MES" }])).toBe(4);
    });

    test("words of the source, and cells that stand for nothing", async () => {
      expect(await column("preventive")).toEqual([true, false, null, false]);
      expect(await column("status")).toEqual(["planned", "breakdown", null, "XX"]);
      expect(await column("alarm_code")).toEqual(["HOT", null, null, "Q"]);
      expect(await column("description")).toEqual(["grease", null, null, null]);
      expect(await count([{ field: "preventive", op: "eq", value: false }])).toBe(2);
      expect(await source.store.vocabulary("work_orders", "status", 9)).toMatchObject([
        { value: "XX" },
        { value: "breakdown" },
        { value: "planned" },
      ]);
    });

    test("numbers with units, scale and offset; patterns and lists after reading", async () => {
      expect(await column("duration_minutes")).toEqual([1.5, 2.5, null, 0]);
      expect(await column("labor_minutes")).toEqual([25.69, 1.2, null, 15]);
      expect(await column("priority")).toEqual([1, 2, null, null]);
      expect(await column("parts")).toEqual([["gr", "as"], ["-"], ["N/A"], null]);
      expect(await count([{ field: "priority", op: "gte", value: 2 }])).toBe(1);
      expect(await count([{ field: "parts", op: "contains", value: "AS" }])).toBe(1);
    });

    test("epoch seconds and days are instants of the declared zone", async () => {
      expect(await column("opened_at")).toEqual([
        new Date("2020-03-01T00:00:00Z"),
        new Date("2020-03-02T00:00:00Z"),
        null,
        new Date("2020-03-03T00:00:00Z"),
      ]);
      expect(await column("finished_at")).toEqual([
        new Date("2020-02-29T15:00:00Z"),
        new Date("2020-03-01T15:00:00Z"),
        null,
        new Date("2020-03-02T15:00:00Z"),
      ]);
      const from = { field: "finished_at", op: "gte", value: new Date("2020-03-01T15:00:00Z") };
      expect(await column("id", [from])).toEqual(["100-2", "102-1"]);
      expect(await column("id", [from, { ...from, op: "lt", value: new Date("2020-03-02T15:00:00Z") }])).toEqual([
        "100-2",
      ]);
      expect(await column("id", [{ field: "opened_at", op: "lte", value: new Date("2020-03-02T00:00:00Z") }])).toEqual([
        "100-1",
        "100-2",
      ]);
      const days = await source.store.aggregate({
        ...{ ...query, where: [], measure: { kind: "count" } },
        groupBy: [{ field: "finished_at", bucket: "day" }],
        orderBy: "key",
      });
      expect(days.groups.map(({ key }) => key[0])).toEqual(["2020-03-01", "2020-03-02", "2020-03-03", null]);
    });

    test("a probe counts what the mapping lets in, and says what it had to read", async () => {
      const view = await source.probe();
      expect(view).toMatchObject({
        ok: true,
        rows: [{ records: "work_orders", count: 4 }],
        newest: new Date("2020-03-02T15:00:00Z"),
      });
      expect(view.notes.join("\n")).toContain("the session is read-only");
      expect(view.notes.join("\n")).toMatch(/work_orders: priority, parts are compared after reading/);
    });

    test("tables and columns that aren't there are named with those that are near, and only what needs them is unavailable", async () => {
      const wrong = mes.open({
        work_orders: { table: "wo", columns: { id: "wo_no", description: "memmo" } },
        equipment: { table: "machines", columns: { id: "code" } },
        people: { table: "line", columns: { id: "line_key", name: "title" } },
      });
      expect((await wrong.store.coverage("people")).rows).toBe(1);
      await expect(wrong.store.coverage("work_orders")).rejects.toMatchObject({
        code: "unavailable",
        message: expect.stringContaining('no column "memmo"'),
        fix: expect.stringContaining('"memo"'),
      });
      await expect(wrong.store.equipment()).rejects.toMatchObject({
        code: "unavailable",
        fix: expect.stringContaining('"machine"'),
      });
      const view = await wrong.probe();
      expect(view.ok).toBe(false);
      expect(view.notes.join("\n")).toContain('"memmo"');
      await wrong.close();
    });
  });
}
