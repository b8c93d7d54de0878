import { sql } from "drizzle-orm";
import type { Db } from "./database.ts";

/** Versions of the server and of pgvector; null where the extension is not created yet. */
export async function describeServer(db: Db): Promise<{ version: string; pgvector: string | null }> {
  const found = await db.execute<{ version: string; pgvector: string | null }>(sql`
    SELECT current_setting('server_version') AS version,
           (SELECT extversion FROM pg_extension WHERE extname = 'vector') AS pgvector`);
  const { version = "", pgvector = null } = found.rows[0] ?? {};
  return { version, pgvector };
}
