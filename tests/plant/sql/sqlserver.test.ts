import { afterEach, expect, it } from "vitest";
import { createLogger } from "../../../src/observability/logger.ts";
import { openSqlMes } from "../../../src/plant/mes/sql/open-sql-mes.ts";
import { sqlMesSettings } from "../../../src/plant/mes/sql/sql-mes-settings.ts";
import { MappingError } from "../../../src/plant/mapping-error.ts";
import type { MesSource } from "../../../src/plant/source.ts";
import { startTdsStandIn, type Reply, type TdsStandIn } from "./tds-stand-in.ts";
import type { RpcCall } from "./tds-request.ts";

// No SQL Server can be had here: what is sent is looked at, and odd answers are survived. Whether a SQL Server takes the
// statements as we mean them is not shown by these tests.

let standIn: TdsStandIn;
let source: MesSource;
afterEach(async () => {
  await source.close();
  await standIn.close();
});

const columns: Reply = {
  columns: { schema: "text", column: "text", type: "text" },
  rows: [
    ["dbo", "WONo", "varchar"],
    ["dbo", "Machine", "nvarchar"],
    ["dbo", "EndDt", "datetime"],
    ["dbo", "Minutes", "decimal"],
  ],
};

async function open(reply: (call: RpcCall) => Reply, more: Record<string, string> = {}): Promise<void> {
  standIn = await startTdsStandIn((call) =>
    call.statement.includes("INFORMATION_SCHEMA.COLUMNS") ? columns : reply(call),
  );
  const records = {
    work_orders: {
      table: "dbo.WorkOrder",
      columns: { id: "WONo", equipment_id: "Machine", finished_at: "EndDt", duration_minutes: "Minutes", ...more },
    },
  };
  const place = { host: "127.0.0.1", port: standIn.port, database: "MES", user: "reader", password: "secret" };
  const settings = sqlMesSettings.parse({ name: "plant", kind: "sqlserver", ...place, timeout_ms: 400, records });
  const logger = createLogger({ level: "silent" });
  source = openSqlMes(settings, { logger, now: () => new Date(), timeZone: "Asia/Seoul", mayReach: () => {} });
}

const list = (equipment: string) =>
  source.store.list({
    records: "work_orders",
    where: [{ field: "equipment_id", op: "eq", value: equipment }],
    timeZone: "UTC",
    limit: 5,
  });
const whatOf = () => standIn.seen.map(({ what }) => what);
const lastCall = () =>
  standIn.seen.findLast((one) => one.what === "call") as Extract<(typeof standIn.seen)[number], { what: "call" }>;
const found: Reply = {
  columns: { c0: "text", c1: "text", c16: "text", c17: "text", c18: "float" },
  rows: [["W1", "M-1", null, "2026-03-01 02:03:04.500", 12.5]],
};

it("asks with the intent to read, by sp_executesql with bound values, and rolls every transaction back", async () => {
  await open(() => found);
  const attack = "M-1'; DROP TABLE WorkOrder; --";
  const { rows } = await list(attack);
  expect(rows).toMatchObject([
    {
      id: "W1",
      equipment_id: "M-1",
      finished_at: new Date("2026-03-01T02:03:04.500Z"),
      duration_minutes: 12.5,
      source: "plant",
    },
  ]);
  expect(standIn.seen.find((one) => one.what === "login")).toMatchObject({
    readOnlyIntent: true,
    application: "sunbae (read-only)",
  });
  const call = lastCall();
  expect(call.procedure).toBe(10);
  expect(call.statement).not.toContain("DROP");
  expect(call.statement).toMatch(/^SET LOCK_TIMEOUT 400 SET ROWCOUNT 50001 SET DATEFIRST 1 SELECT /);
  expect(call.statement).toContain("FROM [dbo].[WorkOrder] t");
  expect(call.values).toContain(attack);
  expect(whatOf().filter((what) => what === "begin")).toHaveLength(2);
  expect(whatOf().filter((what) => what === "rollback")).toHaveLength(2);
  expect(whatOf()).not.toContain("commit");
});

it("asks for groups by the plant's calendar in one statement", async () => {
  await open(() => ({
    columns: { k0: "text", value: "bigint", n: "bigint", group_count: "bigint", total: "bigint" },
    rows: [["2026-W09", 3, 3, 1, 3]],
  }));
  const answer = await source.store.aggregate({
    ...{ records: "work_orders", where: [], timeZone: "Asia/Seoul", measure: { kind: "count" } },
    groupBy: [{ field: "finished_at", bucket: "week" }],
  });
  expect(answer).toEqual({ groups: [{ key: ["2026-W09"], value: 3 }], total: 3, groupCount: 1 });
  expect(lastCall().statement).toContain("DATEPART(iso_week,");
  expect(lastCall().statement).toMatch(/OFFSET 0 ROWS FETCH NEXT \d+ ROWS ONLY$/);
});

it("a refusal, a hang-up or a silence is unavailable, rolled back where it can be, and the next question answered", async () => {
  let reply: Reply = { error: 229, message: "The SELECT permission was denied" };
  await open(() => reply);
  await expect(list("M-1")).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("refused to read"),
  });
  expect(whatOf().at(-1)).toBe("rollback");
  reply = "hang up";
  await expect(list("M-1")).rejects.toMatchObject({ code: "unavailable" });
  reply = "silence";
  const began = performance.now();
  await expect(list("M-1")).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("did not answer within 400 ms"),
  });
  expect(performance.now() - began).toBeLessThan(3_000);
  expect(whatOf()).toContain("attention");
  reply = found;
  expect((await list("M-1")).total).toBe(1);
});

it.each([
  [207, "Invalid column name 'EndDt'."],
  [208, "Invalid object name 'dbo.WorkOrder'."],
])("error %i is the mapping's: the record set and the column are named, and the doctor", async (number, message) => {
  let reply: Reply = { error: number, message };
  await open(() => reply);
  const thrown = await list("M-1").catch((one: unknown) => one);
  expect(thrown).toBeInstanceOf(MappingError);
  expect(thrown).toMatchObject({
    message: expect.stringContaining(`The mapping of work_orders doesn't fit the database: ${message.slice(0, 20)}`),
    fix: expect.stringContaining("sunbae doctor"),
    reason: { ko: expect.stringContaining("work_orders 매핑이"), en: expect.stringContaining("see sunbae doctor") },
  });
  reply = found;
  expect((await list("M-1")).total).toBe(1);
});

it("a column that the mapping names and the table lacks is the mapping's fault, with what is near", async () => {
  await open(() => found, { finished_at: "EndDtt" });
  await expect(list("M-1")).rejects.toMatchObject({
    constructor: MappingError,
    message: `The mapping of work_orders doesn't fit the database: "dbo.WorkOrder" has no column "EndDtt".`,
    fix: expect.stringMatching(/EndDt.*sunbae doctor/),
  });
});

it("is unavailable where nobody listens", async () => {
  await open(() => found);
  await standIn.close();
  await expect(list("M-1")).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("can't be reached"),
  });
  expect(await source.probe()).toMatchObject({ ok: false });
  await source.close();
  await open(() => found);
});
