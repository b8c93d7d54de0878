import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Pool } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recordAudit } from "../../src/audit/record-audit.ts";
import { verifyAuditChain } from "../../src/audit/verify-audit-chain.ts";
import { toSunbaeError } from "../../src/core/errors.ts";
import type { Database } from "../../src/db/database.ts";
import { holdLock } from "../../src/db/hold-lock.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openDatabase } from "../../src/db/open-database.ts";
import { connectTo, migrationsWithoutVectors } from "../support/database.ts";
import { asAdmin, createOwnDatabase, type OwnDatabase } from "./server.ts";

let own: OwnDatabase;
const url = () => own.url;
const connect = () => connectTo(own.url);

describe("a real Postgres", () => {
  beforeEach(async () => void (own = await createOwnDatabase()));
  afterEach(() => own.drop());

  it("is opened where it has pgvector, and refused with the fix where it has not", async () => {
    const [vector] = await asAdmin("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'");
    if (vector) {
      const database = await openDatabase({ url: url() });
      expect(await database.describe()).toMatchObject({ version: expect.stringMatching(/^1[5-9]|^[2-9]\d/) });
      await database.close();
    } else
      await expect(openDatabase({ url: url() })).rejects.toMatchObject({
        code: "conflict",
        message: "The server of DATABASE_URL has no pgvector.",
        fix: expect.stringContaining("Install pgvector"),
      });
  });

  it("is unavailable, with the fix, where nobody listens", async () => {
    await expect(openDatabase({ url: "postgres://postgres@127.0.0.1:1/none" })).rejects.toMatchObject({
      code: "unavailable",
      fix: expect.stringContaining("DATABASE_URL"),
    });
  });

  it("is migrated once by replicas that start together", async () => {
    const replicas = [connect(), connect(), connect(), connect()];
    const folder = migrationsWithoutVectors();
    const journal = JSON.parse(readFileSync(join(folder, "meta/_journal.json"), "utf8")) as {
      entries: { tag: string }[];
    };
    const runs = await Promise.all(replicas.map((replica) => migrate(replica, folder)));
    expect(runs.flatMap((run) => run.applied)).toEqual(journal.entries.map((entry) => entry.tag));
    await Promise.all(replicas.map((replica) => replica.close()));
  });

  it("keeps one audit chain under appends from many connections", async () => {
    const replicas = [connect(), connect()];
    await migrate(replicas[0]!, migrationsWithoutVectors());
    const record = (replica: Database, entityId: string) =>
      replica.db.transaction((tx) =>
        recordAudit(
          tx,
          { actor: { id: "P-08", door: "cli" }, action: "card.publish", entity: "card", entityId },
          new Date(),
        ),
      );
    await Promise.all(Array.from({ length: 60 }, (_, index) => record(replicas[index % 2]!, `CARD-${index}`)));
    expect(await verifyAuditChain(replicas[0]!.db)).toMatchObject({ entries: 60, broken: null });
    await Promise.all(replicas.map((replica) => replica.close()));
  });

  it("rejects queries whose backend was ended with `unavailable`, and serves the next ones", async () => {
    const database = connect();
    const sleeping = database.pool.query("SELECT pg_sleep(20)").catch((error: unknown) => toSunbaeError(error).code);
    const inside = database.db
      .transaction((tx) => tx.execute("SELECT pg_sleep(20)"))
      .catch((error: unknown) => toSunbaeError(error).code);
    const sleepers = "FROM pg_stat_activity WHERE datname = $1 AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()";
    const count = async () => (await asAdmin<{ n: number }>(`SELECT count(*)::int AS n ${sleepers}`, [own.name]))[0]?.n;
    await expect.poll(count).toBe(2);
    await asAdmin(`SELECT pg_terminate_backend(pid) ${sleepers}`, [own.name]);
    expect(await Promise.all([sleeping, inside])).toEqual(["unavailable", "unavailable"]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => database.pool.query("SELECT 1 AS one")));
    expect(answers.every((answer) => answer.rows[0]?.one === 1)).toBe(true);
    expect(database.pool).toBeInstanceOf(Pool);
    await database.close();
  });

  it("gives every session the same settings, whatever its own are", async () => {
    const database = connect();
    const asked =
      "SELECT timestamptz '2026-02-03 04:05:06+09' AS at, 0.1::float8 + 0.2 AS sum, current_setting('TimeZone') AS zone";
    const { rows } = await database.pool.query(asked);
    expect(rows).toEqual([{ at: new Date("2026-02-02T19:05:06Z"), sum: 0.1 + 0.2, zone: "UTC" }]);
    await database.close();
  });

  it("lets one process at a time do work of one name, the others after it or not at all", async () => {
    const replicas = [connect(), connect(), connect()] as const;
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 300));
      order.push(`${name} ends`);
      return name;
    };
    const first = holdLock(replicas[0], "fill", work("first"));
    await expect.poll(() => order).toEqual(["first begins"]);
    const second = holdLock(replicas[1], "fill", work("second"));
    expect(await holdLock(replicas[2], "fill", work("third"), { wait: false })).toBeNull();
    expect(await Promise.all([first, second])).toEqual(["first", "second"]);
    expect(order).toEqual(["first begins", "first ends", "second begins", "second ends"]);
    await expect(holdLock(replicas[0], "fill", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await holdLock(replicas[2], "fill", work("third"), { wait: false })).toBe("third");
    await Promise.all(replicas.map((replica) => replica.close()));
  });
});
