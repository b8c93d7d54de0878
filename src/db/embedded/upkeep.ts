import type { PGlite } from "@electric-sql/pglite";
import type { Gate } from "./gate.ts";
import type { UpkeepSettings } from "./messages.ts";

// PGlite has no background processes: nobody writes checkpoints or vacuums unless this does.

export const defaultUpkeep: UpkeepSettings = {
  tickMs: 10_000,
  idleMs: 3_000,
  checkpointEveryMs: 60_000,
  checkpointLogBytes: 128 * 1024 * 1024,
};

/** The table most in need, by autovacuum's own thresholds; one at a time, so that no question waits long. */
const neediestTable = `
  SELECT format('%I.%I', schemaname, relname) AS name,
         n_dead_tup > 50 + 0.2 * n_live_tup AS dead
  FROM pg_stat_user_tables
  WHERE n_dead_tup > 50 + 0.2 * n_live_tup OR n_mod_since_analyze > 50 + 0.1 * n_live_tup
  ORDER BY n_dead_tup + n_mod_since_analyze DESC
  LIMIT 1`;

export type Upkeep = { stop(): Promise<void> };
type Log = (level: "debug" | "warn", fields: object, message: string) => void;

/** Checkpoints and vacuums between the queries of others until stopped. */
export function startUpkeep(database: PGlite, gate: Gate, settings: UpkeepSettings, log: Log): Upkeep {
  let checkpointAt = Date.now();
  let checkpointLsn = "0/0";
  let busy: Promise<void> = Promise.resolve();

  const idle = () => Date.now() - gate.lastUsedAt() >= settings.idleMs;

  const checkpointWhenDue = async () => {
    const grown = await database.query<{ lsn: string; bytes: number }>(
      "SELECT pg_current_wal_lsn()::text AS lsn, (pg_current_wal_lsn() - $1::pg_lsn)::float8 AS bytes",
      [checkpointLsn],
    );
    const { lsn = checkpointLsn, bytes = 0 } = grown.rows[0] ?? {};
    const due = idle() && lsn !== checkpointLsn && Date.now() - checkpointAt >= settings.checkpointEveryMs;
    if (!due && bytes < settings.checkpointLogBytes) return;
    const startedAt = Date.now();
    await database.exec("CHECKPOINT");
    checkpointAt = Date.now();
    const after = await database.query<{ lsn: string }>("SELECT pg_current_wal_lsn()::text AS lsn");
    checkpointLsn = after.rows[0]?.lsn ?? lsn;
    log("debug", { bytes, ms: checkpointAt - startedAt }, "checkpoint written");
  };

  const vacuumWhenDue = async () => {
    if (!idle()) return;
    const table = (await database.query<{ name: string; dead: boolean }>(neediestTable)).rows[0];
    if (!table) return;
    const startedAt = Date.now();
    // An HNSW index is cleaned by searching for new neighbours: minutes in which no question is answered.
    const options = table.name === "public.chunk_embeddings" ? "ANALYZE, INDEX_CLEANUP off" : "ANALYZE";
    await database.exec(`${table.dead ? `VACUUM (${options})` : "ANALYZE"} ${table.name}`);
    log("debug", { table: table.name, ms: Date.now() - startedAt }, "table vacuumed or analysed");
  };

  // Between two messages of someone else's query or transaction, these statements would end up inside it.
  const tick = async () => {
    await gate.whenFree(checkpointWhenDue);
    await gate.whenFree(vacuumWhenDue);
  };

  const timer = setInterval(() => {
    busy = busy.then(tick).catch((error: unknown) => log("warn", { error: String(error) }, "database upkeep failed"));
  }, settings.tickMs);

  return {
    stop: async () => {
      clearInterval(timer);
      await busy;
    },
  };
}
