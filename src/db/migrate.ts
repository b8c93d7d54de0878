import { readFileSync } from "node:fs";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as runMigrations } from "drizzle-orm/node-postgres/migrator";
import type pg from "pg";
import { SunbaeError } from "../core/errors.ts";
import type { Database } from "./database.ts";
import { sqlState } from "./database-error.ts";

type JournalEntry = { idx: number; when: number; tag: string };

/** Any number, the same in every process: whoever migrates one server holds this advisory lock. */
const migrationLock = 7_262_223_001;

function readJournal(folder: string): JournalEntry[] {
  const path = join(folder, "meta", "_journal.json");
  try {
    return (JSON.parse(readFileSync(path, "utf8")) as { entries: JournalEntry[] }).entries;
  } catch (cause) {
    throw new SunbaeError("internal", `The list of migrations ${path} can't be read.`, {
      fix: "Install Sunbae again: its folder drizzle/ is incomplete.",
      cause,
    });
  }
}

async function appliedMigrations(client: pg.PoolClient): Promise<number[]> {
  const table = await client.query<{ found: boolean }>(
    "SELECT to_regclass('drizzle.__drizzle_migrations') IS NOT NULL AS found",
  );
  if (!table.rows[0]?.found) return [];
  const applied = await client.query<{ created_at: string }>(
    "SELECT created_at FROM drizzle.__drizzle_migrations ORDER BY created_at",
  );
  return applied.rows.map((row) => Number(row.created_at));
}

/** Where the server's user may not do what a migration does: the fix, for whoever may. */
function forbidden(thrown: unknown): SunbaeError | null {
  if (sqlState(thrown) !== "42501") return null;
  let cause: unknown = thrown;
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause;
  return new SunbaeError("conflict", `The database can't be prepared: ${(cause as Error).message}.`, {
    fix: "Let the database belong to its user; run `CREATE EXTENSION vector` in it once as a superuser if that is refused.",
    cause: thrown,
  });
}

/** Within a process they queue here: the embedded engine's one session holds an advisory lock as often as asked. */
const queues = new WeakMap<Database["pool"], Promise<unknown>>();

/**
 * Brings the schema up to this build's journal (drizzle/meta/_journal.json), all or nothing, one process at a time.
 * Throws `conflict`, before changing anything, where the schema holds a migration that this build doesn't know.
 */
export async function migrate(database: Database, migrationsFolder: string): Promise<{ applied: string[] }> {
  const before = queues.get(database.pool) ?? Promise.resolve();
  const mine = before.then(() => migrateAlone(database, migrationsFolder));
  queues.set(
    database.pool,
    mine.catch(() => {}),
  );
  return await mine;
}

async function migrateAlone(database: Database, migrationsFolder: string): Promise<{ applied: string[] }> {
  const journal = readJournal(migrationsFolder);
  const client = await database.pool.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [migrationLock]);
    const before = await appliedMigrations(client);
    const known = new Set(journal.map((entry) => entry.when));
    const unknown = before.filter((when) => !known.has(when));
    if (unknown.length > 0)
      throw new SunbaeError(
        "conflict",
        `The database's schema is newer than this build: it has ${unknown.length} migration(s) unknown here.`,
        { fix: "Start the newer Sunbae that made it, or restore a backup made before the update." },
      );
    const pending = journal.filter((entry) => !before.includes(entry.when));
    if (pending.length > 0) await runMigrations(drizzle({ client }), { migrationsFolder });
    return { applied: pending.map((entry) => entry.tag) };
  } catch (thrown) {
    throw forbidden(thrown) ?? thrown;
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [migrationLock]).catch(() => {});
    client.release();
  }
}
