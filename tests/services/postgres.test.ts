import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { Client, Pool } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recordAudit } from "../../src/audit/record-audit.ts";
import { verifyAuditChain } from "../../src/audit/verify-audit-chain.ts";
import { toSunbaeError } from "../../src/core/errors.ts";
import { silentLogger, type Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openDatabase } from "../../src/db/open-database.ts";
import { createPool } from "../../src/db/pool.ts";
import { temporaryFolder } from "../support/data-folder.ts";
import { migrationsFolder } from "../support/database.ts";

const server = process.env["SUNBAE_TEST_DATABASE_URL"] ?? "";
const name = `sunbae_service_${process.pid}`;
const url = () => Object.assign(new URL(server), { pathname: `/${name}` }).href;

async function asAdmin<Row extends object>(statement: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    return (await client.query(statement, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** One process's view of the server, without the check for pgvector that opening a database makes. */
function connect(): Database {
  const pool = createPool({ connectionString: url(), max: 10 }, { logger: silentLogger });
  const describe = () => Promise.reject(new Error("not asked here"));
  return { db: drizzle({ client: pool }), pool, engine: "postgres", describe, close: () => pool.end() };
}

/** A migration of this build's audit table alone: it needs no extension. */
function auditMigration(): string {
  const folder = temporaryFolder();
  const parts = readFileSync(join(migrationsFolder, "0000_core.sql"), "utf8").split("--> statement-breakpoint");
  const audit = parts.filter((part) => part.includes('"audit_entries'));
  const entry = { idx: 0, version: "7", when: 1, tag: "0000_audit", breakpoints: true };
  mkdirSync(join(folder, "meta"));
  writeFileSync(join(folder, "0000_audit.sql"), audit.join("--> statement-breakpoint"));
  writeFileSync(join(folder, "meta/_journal.json"), JSON.stringify({ dialect: "postgresql", entries: [entry] }));
  return folder;
}

describe("a real Postgres", () => {
  beforeEach(async () => void (await asAdmin(`CREATE DATABASE ${name}`)));
  afterEach(async () => void (await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`)));

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
    const folder = auditMigration();
    const runs = await Promise.all(replicas.map((replica) => migrate(replica, folder)));
    expect(runs.flatMap((run) => run.applied)).toEqual(["0000_audit"]);
    await Promise.all(replicas.map((replica) => replica.close()));
  });

  it("keeps one audit chain under appends from many connections", async () => {
    const replicas = [connect(), connect()];
    await migrate(replicas[0]!, auditMigration());
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
    const count = async () => (await asAdmin<{ n: number }>(`SELECT count(*)::int AS n ${sleepers}`, [name]))[0]?.n;
    await expect.poll(count).toBe(2);
    await asAdmin(`SELECT pg_terminate_backend(pid) ${sleepers}`, [name]);
    expect(await Promise.all([sleeping, inside])).toEqual(["unavailable", "unavailable"]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => database.pool.query("SELECT 1 AS one")));
    expect(answers.every((answer) => answer.rows[0]?.one === 1)).toBe(true);
    expect(database.pool).toBeInstanceOf(Pool);
    await database.close();
  });
});
