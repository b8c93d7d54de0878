import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { SunbaeError, toSunbaeError } from "../../../src/core/errors.ts";
import type { RecordSetName, Row } from "../../../src/plant/records.ts";
import type { MesSource } from "../../../src/plant/source.ts";
import { runTool } from "../../../src/tools/registry.ts";
import { records } from "../../contracts/mes-records.ts";
import type { MesRecords } from "../../contracts/mes-records.ts";
import { openEmbeddedCopy } from "../../support/database.ts";
import { createScriptedRuntime, type ScriptedRuntime } from "../../support/scripted-runtime.ts";

/** Each ends a text, a name or a statement in some dialect, and then does what only a writer or a vandal would. */
export const attacks = [
  "'; DROP TABLE victims; --",
  "' OR '1'='1",
  '" OR 1=1; DELETE FROM victims; --',
  "`; TRUNCATE victims; #",
  "]; DELETE FROM victims; --",
  "M-1'; SET statement_timeout = 0; SELECT pg_sleep(60); --",
  "x'); SET SESSION max_statement_time = 0; SELECT SLEEP(60); -- ",
  "') UNION SELECT lo_create(0)::text --",
  "'||(SELECT pg_advisory_lock(1))||'",
  "'||(SELECT pg_terminate_backend(pg_backend_pid()))||'",
  "\\'; COMMIT; INSERT INTO victims VALUES ('attacked'); --",
  "WITH w AS (INSERT INTO victims VALUES ('attacked') RETURNING 1) SELECT * FROM w",
  "$1 $2 ? @p1 :name %s {id}",
  "\uE0000\uE000",
  "Robert\u0000'); DROP TABLE victims;--",
  "' INTO OUTFILE '/tmp/sunbae-attacked' --",
  "LOAD_FILE('/etc/passwd')",
  "1; EXEC xp_cmdshell 'whoami'; --",
  "\uD800' OR 1=1",
];

export type Target = {
  source: MesSource;
  /** Rows of the table that the attacks name, asked as its owner. */
  victims: () => Promise<number>;
  close: () => Promise<void>;
};

/** The contract's rows, and one row an attack whose every text is the attack. */
export const hostileRecords: MesRecords = {
  ...records,
  work_orders: [
    ...(records.work_orders ?? []),
    ...attacks
      .filter(storable)
      .map((text, index): Row => ({ id: `H${index}`, description: text, equipment_id: "M-1", technician: text })),
  ],
};

function storable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

const quick = 3_000;
const timed = async <T>(work: Promise<T>): Promise<T> => {
  const began = performance.now();
  const answer = await work;
  expect(performance.now() - began).toBeLessThan(quick);
  return answer;
};

/** Every string that an input may have, one after another, as the attack; what else it needs is left out. */
function inputsWith(schema: z.ZodType, attack: string): object[] {
  if (!(schema instanceof z.ZodObject)) return [];
  const names = Object.keys(schema.shape);
  const all = Object.fromEntries(names.map((name) => [name, attack]));
  const machine = names.includes("equipment") ? { equipment: "M-1" } : {};
  return [
    all,
    ...names.map((name) => ({ ...machine, [name]: attack })),
    ...names.map((name) => ({ ...machine, [name]: [attack] })),
  ];
}

/** Attacks on a MES store of a foreign database through every way in; nothing is written, nothing hangs, nothing ends. */
export function attackContract(name: string, open: () => Promise<Target>): void {
  describe(`attacks on ${name}`, () => {
    let target: Target;
    let scripted: ScriptedRuntime;
    let closeDatabase: () => Promise<void>;
    beforeAll(async () => {
      target = await open();
      const database = await openEmbeddedCopy();
      closeDatabase = () => database.close();
      scripted = createScriptedRuntime(database, { mes: target.source.store });
    }, 60_000);
    afterAll(async () => {
      await closeDatabase();
      await target.close();
    });

    test("are values: they find the rows that say just that, and no others", async () => {
      const { store } = target.source;
      for (const attack of attacks) {
        const found = async (op: "eq" | "contains", field: string) =>
          (
            await timed(
              store.list({ records: "work_orders", where: [{ field, op, value: attack }], timeZone: "UTC", limit: 9 }),
            )
          ).rows;
        expect((await found("contains", "description")).map((row) => row["description"])).toEqual(
          storable(attack) ? [attack] : [],
        );
        expect(await found("eq", "technician")).toHaveLength(storable(attack) ? 1 : 0);
        expect(await found("eq", "id")).toEqual([]);
        expect(await store.coverage("work_orders", attack)).toMatchObject({ rows: 0 });
        const grouped = await store.aggregate({
          ...{
            records: "work_orders",
            timeZone: "UTC",
            measure: { kind: "count" },
            groupBy: [{ field: "technician" }],
          },
          where: [{ field: "technician", op: "in", value: [attack] }],
        });
        expect(grouped.total).toBe(storable(attack) ? 1 : 0);
      }
      expect(await target.victims()).toBe(3);
    });

    test("are no names: of a field, a record set, an order, a bucket or a time zone", async () => {
      const { store } = target.source;
      for (const attack of attacks) {
        const page = { where: [], timeZone: "UTC", limit: 1 };
        const calls = [
          () => store.list({ ...page, records: attack as RecordSetName }),
          () => store.list({ ...page, records: "work_orders", orderBy: [{ field: attack, direction: "asc" }] }),
          () => store.list({ ...page, records: "work_orders", timeZone: attack }),
          () => store.list({ ...page, records: "work_orders", limit: attack as unknown as number }),
          () => store.vocabulary("work_orders", attack, 1),
          () =>
            store.aggregate({
              ...{ records: "work_orders", where: [], timeZone: "UTC", measure: { kind: "count" } },
              groupBy: [{ field: "finished_at", bucket: attack as "day" }],
            }),
          () => store.aggregate({ ...page, records: "work_orders", measure: { kind: "sum", field: attack } }),
        ];
        for (const call of calls) await expect(call()).rejects.toMatchObject({ code: "invalid_input" });
      }
      expect(await target.victims()).toBe(3);
    });

    test("do nothing as arguments of any tool", async () => {
      const { registry, mes, sensors, directory, knowledge, shifts } = scripted.deps;
      const context = { ctx: scripted.ctx, language: "en" as const, mes, sensors, directory, knowledge, shifts };
      const propose = () => Promise.reject(new SunbaeError("conflict", "No draft is kept here."));
      let runs = 0;
      for (const tool of registry.all)
        for (const attack of attacks.slice(0, 7))
          for (const input of inputsWith(tool.input, attack)) {
            const outcome = runTool(registry, tool.name, input, { ...context, propose }).then(
              () => "answered",
              (thrown: unknown) => toSunbaeError(thrown).code,
            );
            // A defect of ours would be "internal"; a store that was broken would be "unavailable".
            const refusals = ["answered", "invalid_input", "not_found", "too_large", "conflict"];
            expect(refusals, `${tool.name} ${JSON.stringify(input)}`).toContain(await timed(outcome));
            runs += 1;
          }
      expect(runs).toBeGreaterThan(300);
      expect(await target.victims()).toBe(3);
    }, 120_000);

    test("do nothing as questions: the turn ends and the next one is answered", async () => {
      const asked = [
        "which work orders of M-1 mention",
        "작업지시 내용에",
        "how many work orders did",
        "what does alarm",
      ];
      for (const [index, attack] of attacks.filter(storable).entries()) {
        const { events } = await scripted.turn(`${asked[index % asked.length]} ${attack}`);
        expect(events.at(-1)?.type).toBe("run-finished");
      }
      expect(await target.victims()).toBe(3);
      const { answer } = await scripted.turn("how many work orders does M-1 have in total?");
      expect(answer?.answer).toMatch(/\d/);
    }, 120_000);
  });
}
