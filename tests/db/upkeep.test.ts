import { setTimeout as sleep } from "node:timers/promises";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { silentLogger } from "../../src/db/database.ts";
import { startHost } from "../../src/db/embedded/host.ts";
import { databaseOverHost } from "../../src/db/embedded/open-embedded.ts";
import { temporaryFolder } from "../support/data-folder.ts";

it("writes checkpoints and vacuums by itself when idle, without disturbing the queries of others", async () => {
  const done: string[] = [];
  const logger = {
    ...silentLogger,
    debug: (_fields: object, message: string) => void done.push(message),
    warn: (fields: object, message: string) => void done.push(`${message} ${JSON.stringify(fields)}`),
  };
  const socketPath = join(temporaryFolder(), "postgres.sock");
  const upkeep = { tickMs: 15, idleMs: 30, checkpointEveryMs: 0, checkpointLogBytes: 500_000 };
  const host = await startHost(
    { storage: { kind: "memory", template: null }, socketPath, durable: false, upkeep },
    logger,
  );
  const database = databaseOverHost(host, socketPath, logger, async () => {});
  onTestFinished(() => database.close());
  await database.pool.query("CREATE TABLE grown (id int PRIMARY KEY, content text)");
  const insert = "INSERT INTO grown SELECT $1::int * 100 + i, repeat('x', 200) FROM generate_series(1, 100) AS i";
  for (let round = 0; round < 60; round += 1) {
    const inserted = await database.pool.query(insert, [round]);
    expect(inserted.rowCount).toBe(100);
  }
  expect(done).toContain("checkpoint written");
  await database.pool.query("DELETE FROM grown WHERE id % 2 = 0");
  const vacuums = () => done.filter((message) => message === "table vacuumed or analysed").length;
  await expect.poll(vacuums, { timeout: 15_000, interval: 100 }).toBeGreaterThan(0);
  await sleep(100);
  expect((await database.pool.query("SELECT count(*)::int AS n FROM grown")).rows).toEqual([{ n: 3_000 }]);
  const statistics = await database.pool.query("SELECT reltuples::int AS n FROM pg_class WHERE relname = 'grown'");
  expect(statistics.rows).toEqual([{ n: 3_000 }]);
  expect(done.filter((message) => message.startsWith("database upkeep failed"))).toEqual([]);
});
