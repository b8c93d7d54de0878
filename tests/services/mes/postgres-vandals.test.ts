import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MesSource } from "../../../src/plant/source.ts";
import { createOwnDatabase, type OwnDatabase } from "../server.ts";
import { openForeignMes } from "./open-foreign-mes.ts";

// What a hostile or broken database may answer with: views that sleep, write, lock or end their own session, ten
// million rows, endless texts, odd values, names that end a statement. The process and the next question must live.

let database: OwnDatabase;
let owner: Client;
beforeAll(async () => {
  database = await createOwnDatabase();
  owner = new Client({ connectionString: database.url });
  await owner.connect();
  await owner.query(`
    CREATE TABLE victims (id text, name text); INSERT INTO victims VALUES ('1', 'a'), ('2', 'b');
    CREATE FUNCTION writes() RETURNS text LANGUAGE plpgsql AS $$ BEGIN INSERT INTO victims VALUES ('3', 'c'); RETURN 'x'; END $$;
    CREATE FUNCTION unlimited() RETURNS text LANGUAGE plpgsql AS $$ BEGIN
      PERFORM set_config('statement_timeout', '0', false); PERFORM pg_sleep(30); RETURN 'x'; END $$;
    CREATE FUNCTION freed() RETURNS text LANGUAGE plpgsql AS $$ BEGIN
      SET TRANSACTION READ WRITE; INSERT INTO victims VALUES ('4', 'd'); RETURN 'x'; END $$;
    CREATE FUNCTION committed() RETURNS text LANGUAGE plpgsql AS $$ BEGIN COMMIT; RETURN 'x'; END $$;
    CREATE VIEW good AS SELECT id, name FROM victims;
    CREATE VIEW sleeps AS SELECT id, pg_sleep(30)::text AS name FROM victims;
    CREATE VIEW unlimits AS SELECT id, unlimited() AS name FROM victims;
    CREATE VIEW writing AS SELECT id, writes() AS name FROM victims;
    CREATE VIEW freeing AS SELECT id, freed() AS name FROM victims;
    CREATE VIEW commits AS SELECT id, committed() AS name FROM victims;
    CREATE VIEW ends AS SELECT id, pg_terminate_backend(pg_backend_pid())::text AS name FROM victims;
    CREATE VIEW large_objects AS SELECT id, lo_create(0)::text AS name FROM victims;
    CREATE VIEW locks AS SELECT id, pg_advisory_lock(77)::text AS name FROM victims;
    CREATE VIEW many AS SELECT g::text AS id, 'part ' || g AS name FROM generate_series(1, 10000000) g;
    CREATE VIEW huge AS SELECT g::text AS id, repeat('x', 5000000) AS name FROM generate_series(1, 20) g;
    CREATE VIEW odd AS SELECT * FROM (VALUES ('1', 'NaN'::float8, 'infinity'::timestamptz, E'a\\x01b'),
      ('2', 'Infinity', '-infinity', ''), ('3', 1e300, '4713-01-01 00:00:00+00 BC', NULL), (NULL, 1, now(), 'no id')) v(id, n, t, s);
    CREATE TABLE "a""; DROP TABLE victims; --" ("id'; DELETE FROM victims; --" text, "na""me" text);
    INSERT INTO "a""; DROP TABLE victims; --" VALUES ('9', 'still here');`);
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

const sourceOf = (table: string | string[], more: object = {}): MesSource =>
  openForeignMes({
    kind: "postgres",
    url: database.url,
    timeout_ms: 500,
    records: { parts: { table, columns: { id: "id", name: "name" } } },
    ...more,
  });
const ask = (source: MesSource) =>
  source.store.list({ records: "parts", where: [], timeZone: "UTC", limit: 100, orderBy: [] });
const victims = async () => Number((await owner.query("SELECT count(*) AS n FROM victims")).rows[0].n);

/** The error of a question to a view, in milliseconds that are bounded; and the same source answers on a good view. */
async function refusal(table: string, more: object = {}): Promise<string> {
  const source = sourceOf(table, more);
  const began = performance.now();
  const outcome = await ask(source).then(
    () => "answered",
    (thrown: { code: string; message: string }) => `${thrown.code}: ${thrown.message}`,
  );
  expect(performance.now() - began).toBeLessThan(9_000);
  await source.close();
  expect(await victims()).toBe(2);
  return outcome;
}

describe("a view that", () => {
  it.each([
    ["sleeps", /unavailable: .*did not answer within 500 ms/],
    ["unlimits", /unavailable: .*did not answer within 500 ms/],
    ["writing", /unavailable: .*refused a write/],
    ["freeing", /unavailable/],
    ["commits", /unavailable/],
    ["ends", /unavailable: .*can't be reached/],
  ])("%s is refused, and nothing is changed", async (view, said) => {
    expect(await refusal(view)).toMatch(said);
  });

  it("holds gigabytes is cut off", async () => {
    expect(await refusal("huge", { timeout_ms: 10_000 })).toMatch(/too_large/);
  });

  it("makes large objects leaves none behind", async () => {
    expect(await refusal("large_objects")).toBe("answered");
    expect((await owner.query("SELECT count(*)::int AS n FROM pg_largeobject_metadata")).rows[0].n).toBe(0);
  });

  it("takes a session's lock doesn't keep it", async () => {
    const source = sourceOf("locks");
    await ask(source);
    expect((await owner.query("SELECT pg_try_advisory_lock(77) AS free")).rows[0].free).toBe(true);
    await owner.query("SELECT pg_advisory_unlock_all()");
    await source.close();
  });

  it("gives odd numbers, times and texts gives nulls for them, and rows without an id are none", async () => {
    const columns = { id: "id", started_at: "t", value: "n", description: "s" };
    const source = sourceOf("odd", { records: { events: { table: "odd", columns } } });
    const { rows } = await source.store.list({ records: "events", where: [], timeZone: "UTC", limit: 9, orderBy: [] });
    expect(rows.map((row) => [row["id"], row["value"], row["started_at"], row["description"]])).toEqual([
      ["1", null, null, "a\u0001b"],
      ["2", null, null, null],
      ["3", 1e300, null, null],
    ]);
    await source.close();
  });
});

it("ten million rows are counted or refused in bounded memory and time", async () => {
  const source = sourceOf("many", { timeout_ms: 20_000, max_rows: 50_000 });
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
  const whole = { records: "parts", where: [], timeZone: "UTC" } as const;
  const codeOf = (thrown: { code: string }) => thrown.code;
  const counted = await source.store.coverage("parts").then(({ rows }) => rows, codeOf);
  const listed = await source.store
    .list({ ...whole, where: [], limit: 9_000_000, orderBy: [] })
    .then(({ rows }) => rows.length, codeOf);
  // On a busy machine the server is given up before it is done.
  expect([10_000_000, "unavailable"]).toContain(counted);
  expect([50_000, "unavailable"]).toContain(listed);
  const impatient = sourceOf("many", { timeout_ms: 2_000 });
  const outcome = await impatient.store
    .aggregate({ ...whole, where: [], measure: { kind: "count" }, groupBy: [{ field: "name" }] })
    .then(({ groups }) => groups.length, codeOf);
  expect([50_000, "unavailable", "too_large"]).toContain(outcome);
  // What can't be decided in SQL is read, but never more than the cap.
  const reading = sourceOf("many", {
    timeout_ms: 20_000,
    records: { parts: { table: "many", columns: { id: "id", name: { column: "name", extract: "\\d+" } } } },
  });
  const read = await reading.store.vocabulary("parts", "name", 5).then(() => "answered", codeOf);
  expect(["too_large", "unavailable"]).toContain(read);
  clearInterval(watch);
  console.log(
    `10 M rows: memory grew by ${Math.round((most - before) / 1e6)} MB at most; counted ${counted}, listed ${listed}, groups ${outcome}, read ${read}`,
  );
  expect(most - before).toBeLessThan(600e6);
  await Promise.all([source.close(), reading.close(), impatient.close()]);
}, 90_000);

it("names of tables and columns that would end a statement are names", async () => {
  const columns = { id: "id'; DELETE FROM victims; --", name: 'na"me' };
  const source = sourceOf([], { records: { parts: { table: ['a"; DROP TABLE victims; --'], columns } } });
  expect((await ask(source)).rows).toMatchObject([{ id: "9", name: "still here" }]);
  await source.close();
  const wrong = sourceOf([], { records: { parts: { table: ["victims; DROP TABLE victims"], columns } } });
  await expect(ask(wrong)).rejects.toMatchObject({ code: "unavailable", message: expect.stringContaining("no table") });
  await wrong.close();
  expect(await victims()).toBe(2);
});

it("a session that somebody ends in the middle of a question is unavailable, and the next question answered", async () => {
  const columns = { id: "id", name: "name" };
  const tables = { parts: { table: "sleeps", columns }, people: { table: "good", columns } };
  const source = sourceOf([], { timeout_ms: 20_000, records: tables });
  const asked = [ask(source), ask(source)].map((one) => one.catch((thrown: { code: string }) => thrown.code));
  const running =
    "FROM pg_stat_activity WHERE application_name LIKE 'sunbae%' AND query LIKE '%answer LIMIT%' AND state = 'active' AND datname = current_database()";
  await expect
    .poll(async () => (await owner.query(`SELECT count(*)::int AS n ${running} AND query LIKE '%sleeps%'`)).rows[0].n, {
      timeout: 5_000,
    })
    .toBe(2);
  await owner.query(`SELECT pg_terminate_backend(pid) ${running}`);
  expect(await Promise.all(asked)).toEqual(["unavailable", "unavailable"]);
  expect(await source.store.coverage("people")).toMatchObject({ rows: 2 });
  await source.close();
});

it("idle sessions that end are replaced", async () => {
  const source = sourceOf("good");
  expect((await ask(source)).total).toBe(2);
  await owner.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'sunbae%' AND datname = current_database()",
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect((await ask(source)).total).toBe(2);
  await source.close();
});
