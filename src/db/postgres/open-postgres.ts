import { drizzle } from "drizzle-orm/node-postgres";
import { SunbaeError } from "../../core/errors.ts";
import type { Database, DatabaseLogger } from "../database.ts";
import { describeServer } from "../describe-server.ts";
import { createPool } from "../pool.ts";
import { checkServer } from "./check-server.ts";

const connections = 10;

/** Opens a server by URL. Throws `unavailable` where it can't be reached or lacks what Sunbae needs. */
export async function openPostgres(url: string, logger: DatabaseLogger): Promise<Database> {
  const pool = createPool(
    { connectionString: url, max: connections, connectionTimeoutMillis: 10_000, keepAlive: true },
    { logger },
  );
  try {
    await checkServer(pool);
  } catch (thrown) {
    await pool.end();
    if (thrown instanceof SunbaeError && thrown.code !== "unavailable") throw thrown;
    const cause = thrown instanceof SunbaeError ? (thrown.cause ?? thrown) : thrown;
    throw new SunbaeError("unavailable", `The database of DATABASE_URL can't be used: ${messageOf(cause)}`, {
      fix: "Check DATABASE_URL and that the server runs, or remove it to use the embedded database.",
      cause,
    });
  }
  const db = drizzle({ client: pool });
  let closed: Promise<void> | null = null;
  return {
    db,
    pool,
    engine: "postgres",
    describe: () => describeServer(db),
    close: () => (closed ??= pool.end()),
  };
}

function messageOf(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map((error) => messageOf(error)).join("; ");
  return cause instanceof Error ? cause.message : String(cause);
}
