import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import type { Database } from "./database.ts";

const askAgainMs = 200;

/**
 * Does the work while no other process on this database does work of the same name. Where another does: waits for it,
 * or, told not to, resolves with null at once. Within one process it excludes nothing: embedded, all share a session.
 */
export async function holdLock<T>(
  database: Pick<Database, "pool">,
  name: string,
  work: (client: pg.PoolClient) => Promise<T>,
  options: { wait?: boolean; signal?: AbortSignal } = {},
): Promise<T | null> {
  const { wait = true, signal } = options;
  const client = await database.pool.connect();
  try {
    // Asked again and again, because a waiting statement would hold up an index that is built concurrently.
    while (!(await taken(client, name))) {
      if (!wait) return null;
      await sleep(askAgainMs, undefined, { signal });
    }
    try {
      return await work(client);
    } finally {
      await client.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [name]).catch(() => {});
    }
  } finally {
    client.release();
  }
}

async function taken(client: pg.PoolClient, name: string): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken",
    [name],
  );
  return rows[0]?.taken ?? false;
}
