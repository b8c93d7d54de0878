import { createHash, randomBytes } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { Client } from "pg";
import { silentLogger, type Database } from "../../src/db/database.ts";
import { startHost } from "../../src/db/embedded/host.ts";
import { databaseOverHost, openEmbedded } from "../../src/db/embedded/open-embedded.ts";
import { migrate } from "../../src/db/migrate.ts";
import { createPool } from "../../src/db/pool.ts";
import { openPostgres } from "../../src/db/postgres/open-postgres.ts";

/** The migrations of this build. */
export const migrationsFolder = join(import.meta.dirname, "../../drizzle");

const serverUrl = process.env["SUNBAE_TEST_DATABASE_URL"];

function templateKey(): string {
  const hash = createHash("sha256").update(process.getuid?.().toString() ?? "");
  for (const name of readdirSync(migrationsFolder, { recursive: true, encoding: "utf8" }).sort())
    if (/\.(sql|json)$/.test(name)) hash.update(name).update(readFileSync(join(migrationsFolder, name)));
  return hash.digest("hex").slice(0, 16);
}

/** A folder of a migrated, closed database, made once for each state of drizzle/ and kept in the temporary folder. */
export async function templateFolder(): Promise<string> {
  const template = join(tmpdir(), `sunbae-test-template-${templateKey()}`);
  if (existsSync(template)) return template;
  const building = mkdtempSync(join(tmpdir(), "sunbae-test-building-"));
  const database = await openEmbedded(building, silentLogger);
  try {
    await migrate(database, migrationsFolder);
    await database.close();
    renameSync(join(building, "postgres"), template);
  } catch (thrown) {
    // Where another worker was first, its template is as good.
    if (!existsSync(template)) throw thrown;
  } finally {
    await database.close();
    rmSync(building, { recursive: true, force: true });
  }
  return template;
}

/** An embedded one, whatever server is under test. */
export async function openEmbeddedCopy(): Promise<Database> {
  const template = await templateFolder();
  const folder = mkdtempSync(join(tmpdir(), "sunbae-test-"));
  const path = join(folder, "postgres");
  // With a filter Node copies in JavaScript, four times as fast as natively here.
  cpSync(template, path, { recursive: true, filter: () => true });
  const socketPath = join(folder, "postgres.sock");
  const host = await startHost(
    { storage: { kind: "folder", path }, socketPath, durable: false, upkeep: null },
    silentLogger,
  );
  return databaseOverHost(host, socketPath, silentLogger, async () => rmSync(folder, { recursive: true, force: true }));
}

/** The migrations without those of knowledge, which needs pgvector, in a folder of their own: core and plant. */
export function migrationsWithoutVectors(): string {
  const folder = mkdtempSync(join(tmpdir(), "sunbae-test-migrations-"));
  const journal = JSON.parse(readFileSync(join(migrationsFolder, "meta/_journal.json"), "utf8")) as {
    entries: { tag: string }[];
  };
  const textOf = ({ tag }: { tag: string }) => readFileSync(join(migrationsFolder, `${tag}.sql`), "utf8");
  const entries = journal.entries.filter((entry) => !/\bvector\b|"documents"/i.test(textOf(entry)));
  mkdirSync(join(folder, "meta"));
  writeFileSync(join(folder, "meta/_journal.json"), JSON.stringify({ ...journal, entries }));
  for (const entry of entries) writeFileSync(join(folder, `${entry.tag}.sql`), textOf(entry));
  return folder;
}

/** A server's database as it is, without the check for pgvector that opening one makes. */
export function connectTo(url: string): Database {
  const pool = createPool({ connectionString: url, max: 10 }, { logger: silentLogger });
  const describe = () => Promise.reject(new Error("not asked here"));
  return { db: drizzle({ client: pool }), pool, engine: "postgres", describe, close: () => pool.end() };
}

async function openServerDatabase(url: string): Promise<Database> {
  const name = `sunbae_test_${randomBytes(6).toString("hex")}`;
  const admin = async (statement: string) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await admin(`CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const withVectors = process.env["SUNBAE_TEST_PGVECTOR"] !== "off";
  const database = withVectors ? await openPostgres(own.href, silentLogger) : connectTo(own.href);
  await migrate(database, withVectors ? migrationsFolder : migrationsWithoutVectors());
  const close = async () => {
    await database.close();
    await admin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  };
  let closed: Promise<void> | null = null;
  return { ...database, close: () => (closed ??= close()) };
}

/**
 * A fresh database of its own with every migration applied; `close` it in afterEach or afterAll.
 * Embedded, in about half a second; on a server where SUNBAE_TEST_DATABASE_URL names one, there without knowledge
 * where SUNBAE_TEST_PGVECTOR is "off".
 */
export async function openTestDatabase(): Promise<Database> {
  return serverUrl ? await openServerDatabase(serverUrl) : await openEmbeddedCopy();
}
