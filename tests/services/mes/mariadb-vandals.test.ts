import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MesSource } from "../../../src/plant/source.ts";
import { createMariadbDatabase, mariadbUrl, type MariadbDatabase } from "./mariadb-server.ts";
import { openForeignMes } from "./open-foreign-mes.ts";

// As postgres-vandals.test.ts, in MariaDB's words.

let database: MariadbDatabase;
let name: string;
beforeAll(async () => {
  database = await createMariadbDatabase();
  name = new URL(database.url).pathname.slice(1);
  for (const statement of [
    "CREATE TABLE victims (id varchar(20), name text)",
    "INSERT INTO victims VALUES ('1', 'a'), ('2', 'b')",
    // A function can't write into the table that is being read.
    "CREATE TABLE other (id varchar(9))",
    "INSERT INTO other VALUES ('1')",
    "CREATE FUNCTION writes() RETURNS text MODIFIES SQL DATA BEGIN INSERT INTO victims VALUES ('3', 'c'); RETURN 'x'; END",
    "CREATE FUNCTION unlimited() RETURNS text BEGIN SET SESSION max_statement_time = 0; DO SLEEP(30); RETURN 'x'; END",
    "CREATE FUNCTION freed() RETURNS text BEGIN SET SESSION TRANSACTION READ WRITE; INSERT INTO victims VALUES ('4', 'd'); RETURN 'x'; END",
    "CREATE VIEW good AS SELECT id, name FROM victims",
    "CREATE VIEW sleeps AS SELECT id, SLEEP(30) AS name FROM victims",
    "CREATE VIEW unlimits AS SELECT id, unlimited() AS name FROM victims",
    "CREATE VIEW writing AS SELECT id, writes() AS name FROM other",
    "CREATE VIEW freeing AS SELECT id, freed() AS name FROM other",
    "CREATE VIEW locks AS SELECT id, GET_LOCK('plant', 1) AS name FROM victims",
    "CREATE VIEW many AS SELECT seq AS id, CONCAT('part ', seq) AS name FROM seq_1_to_10000000",
    "CREATE VIEW huge AS SELECT seq AS id, REPEAT('x', 5000000) AS name FROM seq_1_to_20",
    "CREATE TABLE `a``; DROP TABLE victims; --` (`id'; DELETE FROM victims; --` text, `na\"me` text)",
    "INSERT INTO `a``; DROP TABLE victims; --` VALUES ('9', 'still here')",
    "SET SESSION sql_mode = ''",
    "CREATE TABLE odd (id varchar(9), t datetime, s text)",
    "INSERT INTO odd VALUES ('1', '0000-00-00 00:00:00', ''), ('2', '2020-02-30', 'b'), (NULL, now(), 'no id')",
  ])
    await database.execute(statement);
});
afterAll(async () => await database.drop());

const sourceOf = (table: string | string[], more: object = {}): MesSource =>
  openForeignMes({
    kind: "mariadb",
    url: `${mariadbUrl}/${name}`,
    timeout_ms: 500,
    records: { parts: { table, columns: { id: "id", name: "name" } } },
    ...more,
  });
const ask = (source: MesSource) =>
  source.store.list({ records: "parts", where: [], timeZone: "UTC", limit: 100, orderBy: [] });
const victims = async () =>
  Number(((await database.execute("SELECT count(*) AS n FROM victims")) as { n: number }[])[0]?.n);

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
    ["writing", /unavailable/],
    ["freeing", /unavailable/],
  ])("%s is refused, and nothing is changed", async (view, said) => {
    expect(await refusal(view)).toMatch(said);
  });

  it("holds gigabytes is cut off", async () => {
    expect(await refusal("huge", { timeout_ms: 10_000 })).toMatch(/too_large/);
  });

  it("takes a named lock doesn't keep it", async () => {
    const source = sourceOf("locks");
    await ask(source);
    expect(await database.execute("SELECT GET_LOCK('plant', 0) AS free, RELEASE_LOCK('plant') AS r")).toMatchObject([
      { free: 1 },
    ]);
    await source.close();
  });

  it("gives times that are none gives nulls, and rows without an id are none", async () => {
    const columns = { id: "id", started_at: "t", description: "s" };
    const source = sourceOf("odd", { records: { events: { table: "odd", columns } } });
    const { rows } = await source.store.list({ records: "events", where: [], timeZone: "UTC", limit: 9, orderBy: [] });
    expect(rows.map((row) => [row["id"], row["started_at"], row["description"]])).toEqual([
      ["1", null, null],
      ["2", null, "b"],
    ]);
    await source.close();
  });
});

it("no statement writes a file, even as a user who may", async () => {
  expect(await refusal("good")).toBe("answered");
  expect(existsSync("/tmp/sunbae-attacked")).toBe(false);
});

it("ten million rows are counted or refused in bounded memory and time", async () => {
  const source = sourceOf("many", { timeout_ms: 20_000 });
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
  const whole = { records: "parts", where: [], timeZone: "UTC" } as const;
  const rows = await source.store.coverage("parts").then(
    (coverage) => coverage.rows,
    (thrown: { code: string }) => thrown.code,
  );
  expect([10_000_000, "unavailable"]).toContain(rows);
  const impatient = sourceOf("many", { timeout_ms: 2_000 });
  const outcomeOf = (work: Promise<unknown>) =>
    work.then(
      () => "answered",
      (thrown: { code: string }) => thrown.code,
    );
  const groups = await outcomeOf(
    impatient.store.aggregate({ ...whole, where: [], measure: { kind: "count" }, groupBy: [{ field: "name" }] }),
  );
  expect(["answered", "unavailable", "too_large"]).toContain(groups);
  const reading = sourceOf("many", {
    timeout_ms: 20_000,
    records: { parts: { table: "many", columns: { id: "id", name: { column: "name", extract: "\\d+" } } } },
  });
  expect(["too_large", "unavailable"]).toContain(await outcomeOf(reading.store.vocabulary("parts", "name", 5)));
  clearInterval(watch);
  console.log(
    `10 M rows: memory grew by ${Math.round((most - before) / 1e6)} MB at most; rows ${rows}, groups ${groups}`,
  );
  expect(most - before).toBeLessThan(600e6);
  await Promise.all([source.close(), reading.close(), impatient.close()]);
}, 90_000);

it("names of tables and columns that would end a statement are names", async () => {
  const columns = { id: "id'; DELETE FROM victims; --", name: 'na"me' };
  const source = sourceOf([], { records: { parts: { table: ["a`; DROP TABLE victims; --"], columns } } });
  expect((await ask(source)).rows).toMatchObject([{ id: "9", name: "still here" }]);
  await source.close();
  expect(await victims()).toBe(2);
});

it("a session that somebody ends in the middle of a question is unavailable, and the next question answered", async () => {
  const columns = { id: "id", name: "name" };
  const records = { parts: { table: "sleeps", columns }, people: { table: "good", columns } };
  const source = sourceOf([], { timeout_ms: 20_000, records });
  const asked = [ask(source), ask(source)].map((one) => one.catch((thrown: { code: string }) => thrown.code));
  const running = () =>
    database.execute(
      `SELECT id FROM information_schema.processlist WHERE db = '${name}' AND info LIKE '%sleeps%' AND id <> CONNECTION_ID()`,
    ) as Promise<{ id: number }[]>;
  await expect.poll(async () => (await running()).length, { timeout: 5_000 }).toBe(2);
  for (const { id } of await running()) await database.execute(`KILL ${id}`);
  expect(await Promise.all(asked)).toEqual(["unavailable", "unavailable"]);
  expect(await source.store.coverage("people")).toMatchObject({ rows: 2 });
  await source.close();
});
