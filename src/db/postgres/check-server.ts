import type pg from "pg";
import { SunbaeError } from "../../core/errors.ts";

const oldestPostgres = 15;
const oldestPgvector = [0, 7] as const;

type Found = { version_num: string; version: string; available: string | null };

/** Throws `conflict` with the fix where the server is too old or has no pgvector. */
export async function checkServer(pool: pg.Pool): Promise<void> {
  const found = await pool.query<Found>(`
    SELECT current_setting('server_version_num') AS version_num,
           current_setting('server_version') AS version,
           coalesce((SELECT extversion FROM pg_extension WHERE extname = 'vector'),
                    (SELECT default_version FROM pg_available_extensions WHERE name = 'vector')) AS available`);
  const { version_num = "0", version = "?", available = null } = found.rows[0] ?? {};
  if (Number(version_num) < oldestPostgres * 10_000)
    throw new SunbaeError("conflict", `The server of DATABASE_URL is Postgres ${version}.`, {
      fix: `Use Postgres ${oldestPostgres} or newer.`,
    });
  const [major = 0, minor = 0] = (available ?? "").split(".").map(Number);
  if (available === null || (major === 0 && minor < oldestPgvector[1]))
    throw new SunbaeError(
      "conflict",
      available === null
        ? "The server of DATABASE_URL has no pgvector."
        : `The server of DATABASE_URL has pgvector ${available}.`,
      { fix: `Install pgvector ${oldestPgvector.join(".")} or newer on it (e.g. the package postgresql-16-pgvector).` },
    );
}
