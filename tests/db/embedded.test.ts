import { existsSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toSunbaeError } from "../../src/core/errors.ts";
import { openEmbedded } from "../../src/db/embedded/open-embedded.ts";
import { dataFolder } from "../../src/db/embedded/paths.ts";
import { readLock } from "../../src/db/embedded/lock.ts";
import { socketTo } from "../../src/db/pool.ts";
import { temporaryFolderUntil } from "../support/data-folder.ts";

type Logged = { level: string; message: string };

describe("the embedded database", () => {
  const folder = temporaryFolderUntil(afterAll);
  const logged: Logged[] = [];
  const write = (level: string) => (_fields: object, message: string) => void logged.push({ level, message });
  const logger = { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
  let database: Awaited<ReturnType<typeof openEmbedded>>;

  beforeAll(async () => {
    database = await openEmbedded(folder, logger);
    await database.pool.query("CREATE EXTENSION vector");
    await database.pool.query("CREATE TABLE note (id int PRIMARY KEY, content text, place vector(3))");
  });
  afterAll(() => database.close());

  it("is Postgres 18 with pgvector", async () => {
    expect(await database.describe()).toEqual({ version: "18.6", pgvector: "0.8.7" });
    await database.pool.query("INSERT INTO note VALUES (1, '누유', '[1,0,0]'), (2, '쇼트', '[0,1,0]')");
    const nearest = await database.pool.query("SELECT content FROM note ORDER BY place <=> $1 LIMIT 1", [
      "[0,0.9,0.1]",
    ]);
    expect(nearest.rows).toEqual([{ content: "쇼트" }]);
    const setting = await database.pool.query("SELECT current_setting('hnsw.iterative_scan') AS scan");
    expect(setting.rows).toEqual([{ scan: "relaxed_order" }]);
  });

  it("waits for the disk at every commit, without a warning", () => {
    expect(logged.filter((line) => line.level !== "debug")).toEqual([]);
  });

  it("answers each of many queries at once with its own parameters, large ones among them", async () => {
    const large = "가".repeat(120_000);
    const wrong: number[] = [];
    const one = async (id: number) => {
      const small = await database.pool.query<{ id: number }>("SELECT $1::int AS id", [id]);
      const big = await database.pool.query("SELECT length($2::text) AS length, $1::int AS id", [id, large + id]);
      const rowFits = big.rows[0]?.id === id && big.rows[0]?.length === large.length + String(id).length;
      if (small.rows[0]?.id !== id || !rowFits) wrong.push(id);
    };
    await Promise.all(Array.from({ length: 150 }, (_, id) => one(id)));
    expect(wrong).toEqual([]);
  });

  it("keeps an error to the query that caused it", async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 60 }, (_, id) => database.pool.query("SELECT 1 / ($1::int % 3) AS one", [id])),
    );
    outcomes.forEach((outcome, id) => expect(outcome.status).toBe(id % 3 === 0 ? "rejected" : "fulfilled"));
  });

  it("rolls a failed transaction back while others wait for their turn", async () => {
    const failing = database.db.transaction(async (tx) => {
      await tx.execute(sql`INSERT INTO note VALUES (10, 'never', NULL)`);
      throw new Error("changed my mind");
    });
    const other = database.pool.query("SELECT count(*)::int AS n FROM note WHERE id = 10");
    await expect(failing).rejects.toThrow("changed my mind");
    expect((await other).rows).toEqual([{ n: 0 }]);
  });

  it("lets connections use the same statement name, one after the other and at once", async () => {
    const named = { name: "twice", text: "SELECT $1::int * 2 AS twice" };
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => database.pool.query({ ...named, values: [n] })));
    expect(answers.map((answer) => answer.rows[0]?.twice)).toEqual([2, 4, 6, 8, 10, 12]);
  });

  it("frees the database of a connection that vanished in the middle of a transaction", async () => {
    const holder = await readLock(folder);
    expect(holder).toMatchObject({ pid: process.pid });
    const stranger = new Client({
      stream: socketTo(join(folder, "run/postgres.sock")),
      user: "postgres",
      database: "postgres",
    });
    stranger.on("error", () => {});
    await stranger.connect();
    await stranger.query("BEGIN");
    await stranger.query("INSERT INTO note VALUES (11, 'half', NULL)");
    const waiting = database.pool.query("SELECT count(*)::int AS n FROM note WHERE id = 11");
    (stranger as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    expect((await waiting).rows).toEqual([{ n: 0 }]);
  });

  it("rejects what was under way in a crash with `unavailable` and goes on with what was committed", async () => {
    await database.pool.query("INSERT INTO note VALUES (20, 'before the crash', NULL)");
    const crash = async (underWay: Promise<unknown>) => {
      const settled = underWay.then(
        () => "finished",
        (error: unknown) => toSunbaeError(error).code,
      );
      await database.host.ready();
      await new Promise((resume) => setTimeout(resume, 50));
      await database.host.crash();
      return await settled;
    };
    const slow = sql`SELECT count(*) FROM generate_series(1, 200000000)`;
    expect(await crash(database.db.execute(slow))).toBe("unavailable");
    expect(await crash(database.db.transaction((tx) => tx.execute(slow)))).toBe("unavailable");
    const after = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7, 8].map(() => database.db.execute(sql`SELECT content FROM note WHERE id = 20`)),
    );
    for (const result of after) expect(result.rows).toEqual([{ content: "before the crash" }]);
    expect(logged.filter((line) => line.level === "warn").map((line) => line.message)).toEqual([
      "the embedded database stopped and is opened again",
      "the embedded database stopped and is opened again",
    ]);
  });

  it("leaves the folder free when closed, also when closed twice", async () => {
    await Promise.all([database.close(), database.close()]);
    expect(await readLock(folder)).toBeNull();
    expect(existsSync(dataFolder(folder).lockFile)).toBe(false);
    const again = await openEmbedded(folder, logger);
    expect((await again.pool.query("SELECT content FROM note WHERE id = 20")).rows).toHaveLength(1);
    await again.close();
  });
});
