import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type pg from "pg";

// Engine: "embedded" is PGlite in a worker thread on one folder; "postgres" is a server by URL.
// Both speak the wire protocol to one pg pool, so everything above this folder is the same for both.

export type Engine = "embedded" | "postgres";

/** What this folder says to the operator; pino's logger fits. */
export type DatabaseLogger = Record<"debug" | "info" | "warn" | "error", (fields: object, message: string) => void>;

/** A Drizzle database or an open transaction of one. */
export type Db = NodePgDatabase;
export type Transaction = Parameters<Parameters<Db["transaction"]>[0]>[0];

export type Database = {
  db: Db;
  /** Embedded: every connection shares one backend, so an open transaction makes all others wait. */
  pool: pg.Pool;
  engine: Engine;
  /** Versions of the server and of pgvector (null until the extension is created). */
  describe(): Promise<{ version: string; pgvector: string | null }>;
  /** Ends the pool, the worker and the lock; may be called twice. */
  close(): Promise<void>;
};

export const silentLogger: DatabaseLogger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
};
