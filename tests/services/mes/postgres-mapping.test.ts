import { Client } from "pg";
import { expect, it } from "vitest";
import { asAdmin, createOwnDatabase, serverUrl } from "../server.ts";
import { mappingContract, smallMes } from "./mapping-contract.ts";
import { openForeignMes } from "./open-foreign-mes.ts";

mappingContract("PostgreSQL", async () => {
  const database = await createOwnDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  for (const statement of smallMes) await client.query(statement);
  await client.end();
  return {
    open: (records) => openForeignMes({ kind: "postgres", url: database.url, records }),
    close: () => database.drop(),
  };
});

it("arrays and JSON are lists, domains and enums text, other schemas and views are found", async () => {
  const database = await createOwnDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(`CREATE SCHEMA shop; CREATE TYPE shop.level AS ENUM ('work_unit', 'area'); CREATE DOMAIN shop.code AS varchar(9);
    CREATE TABLE shop.machines (code shop.code, tags text[], more jsonb, level shop.level, key uuid);
    INSERT INTO shop.machines VALUES ('M1', '{a,"b,c"}', '["x", 5]', 'area', '6f0a2b9e-0000-4000-8000-000000000001');
    CREATE MATERIALIZED VIEW shop.seen AS SELECT * FROM shop.machines`);
  await client.end();
  const columns = { id: "code", name: "key", aliases: "tags", level: "level", model: "more" };
  const source = openForeignMes({
    kind: "postgres",
    url: database.url,
    records: { equipment: { table: "shop.seen", columns } },
  });
  expect(await source.store.equipment()).toMatchObject([
    { id: "M1", aliases: ["a", "b,c"], level: "area", name: "6f0a2b9e-0000-4000-8000-000000000001" },
  ]);
  const json = openForeignMes({
    kind: "postgres",
    url: database.url,
    records: { equipment: { table: "shop.machines", columns: { id: "code", aliases: "more" } } },
  });
  expect((await json.store.equipment())[0]?.aliases).toEqual(["x", "5"]);
  await Promise.all([source.close(), json.close()]);
  await database.drop();
});

it("a question for one machine or one day uses the indexes of the stored columns", async () => {
  const database = await createOwnDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(`CREATE TABLE big (no int PRIMARY KEY, machine varchar(20), at timestamp, memo text);
    INSERT INTO big SELECT g, 'M' || g % 500, timestamp '2020-01-01' + g * interval '1 minute', repeat('x', 200) FROM generate_series(1, 300000) g;
    CREATE INDEX ON big (machine); CREATE INDEX ON big (at); ANALYZE big`);
  const columns = { id: "no", equipment_id: "machine", started_at: "at", description: "memo" };
  const source = openForeignMes({
    kind: "postgres",
    url: database.url,
    records: { events: { table: "big", columns } },
  });
  const scans = async () =>
    Number((await client.query("SELECT sum(seq_scan) AS n FROM pg_stat_user_tables WHERE relname = 'big'")).rows[0].n);
  // A session tells what it did with its next question after a second.
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  await scans();
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  const before = await scans();
  const query = { records: "events", timeZone: "UTC", limit: 5 } as const;
  const from = new Date("2020-03-01T00:00:00Z");
  const day = await source.store.list({
    ...query,
    where: [
      { field: "started_at", op: "gte", value: from },
      { field: "started_at", op: "lt", value: new Date(from.getTime() + 86_400_000) },
    ],
  });
  expect(day.total).toBe(1_440);
  expect((await source.store.list({ ...query, where: [{ field: "equipment_id", op: "eq", value: "M7" }] })).total).toBe(
    600,
  );
  expect((await source.store.list({ ...query, where: [{ field: "id", op: "eq", value: "777" }] })).total).toBe(1);
  await source.close();
  // The server tells what a session did once it has ended.
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(await scans()).toBe(before);
  await client.end();
  await database.drop();
});

it.each([
  ["EUC_KR", "오일 교환", "오일"],
  ["UTF8", "ÖL gewechselt", "öl"],
])(
  "texts of a database in the locale C and the encoding %s are found without regard to case",
  async (encoding, text, asked) => {
    const name = `sunbae_encoding_${encoding.toLowerCase()}_${process.pid}`;
    await asAdmin(`CREATE DATABASE ${name} ENCODING '${encoding}' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0`);
    const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query("CREATE TABLE t (id text, memo text)");
    await client.query("INSERT INTO t VALUES ('1', $1)", [text]);
    await client.end();
    const columns = { id: "id", description: "memo" };
    const source = openForeignMes({ kind: "postgres", url, records: { work_orders: { table: "t", columns } } });
    const total = async (op: "eq" | "contains", value: string) =>
      (
        await source.store.list({
          records: "work_orders",
          where: [{ field: "description", op, value }],
          timeZone: "UTC",
          limit: 5,
        })
      ).total;
    expect(await total("contains", asked)).toBe(1);
    expect(await total("eq", text)).toBe(1);
    await source.close();
    await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
  },
);
