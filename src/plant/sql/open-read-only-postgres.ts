import type { Socket } from "node:net";
import type { Pool, PoolClient } from "pg";
import { SunbaeError } from "../../core/errors.ts";
import { postgresTypes } from "./postgres-types.ts";
import {
  assertQuery,
  defaultMaxBytes,
  graceMs,
  type ReadOnlySession,
  type SqlSessionOptions,
} from "./read-only-session.ts";
import { translateSqlError } from "./sql-error.ts";

/** pg doesn't declare the connection of a client; its socket is the only way to end a query from our side. */
const socketOf = (client: PoolClient): Socket =>
  (client as unknown as { connection: { stream: Socket } }).connection.stream;

/** Constant words and whole numbers of ours, so they may go as one text; everything else is extended protocol. */
function beginText(statementTimeoutMs: number): string {
  const ms = Math.max(1, Math.floor(statementTimeoutMs));
  return [
    "BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED READ ONLY",
    `SET LOCAL statement_timeout = ${ms}`,
    `SET LOCAL lock_timeout = ${ms}`,
    `SET LOCAL idle_in_transaction_session_timeout = ${ms + 2 * graceMs}`,
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL datestyle = 'ISO, MDY'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL standard_conforming_strings = on",
  ].join("; ");
}

/** A session lock outlives a rollback; nothing of ours takes one, but a view may. */
const endText = "ROLLBACK; SELECT pg_advisory_unlock_all()";

/** A read-only session on PostgreSQL; connects at the first query. Its errors never reach the process. */
export function openReadOnlyPostgres(options: SqlSessionOptions): ReadOnlySession {
  const { host, port, database, user, password, statementTimeoutMs, maxRows, poolSize, logger } = options;
  const maxBytes = options.maxBytes ?? defaultMaxBytes;
  const place = `${host}:${port}/${database}`;
  let opening: Promise<Pool> | null = null;
  let closed = false;

  async function openPool(): Promise<Pool> {
    const { default: pg } = await import("pg");
    const pool = new pg.Pool({
      host,
      port,
      database,
      user,
      password,
      ssl: options.tls === "off" ? false : { rejectUnauthorized: options.tls === "verify" },
      application_name: "sunbae (read-only)",
      max: poolSize,
      connectionTimeoutMillis: Math.min(statementTimeoutMs, 10_000),
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      types: postgresTypes,
    });
    pool.on("connect", (client) =>
      client.on("error", (error) => logger.debug({ place, error: error.message }, "a connection failed")),
    );
    pool.on("error", (error) => logger.debug({ place, error: error.message }, "an idle connection failed"));
    return pool;
  }

  /** Runs `work` on a connection of its own, which ends where the answer is late or larger than allowed. */
  async function withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    if (closed) throw new SunbaeError("unavailable", `The session on ${place} is closed.`);
    options.mayReach?.(host);
    const client = await (await (opening ??= openPool())).connect();
    const socket = socketOf(client);
    let refused: SunbaeError | null = null;
    const end = (error: SunbaeError) => {
      refused ??= error;
      socket.destroy();
    };
    const allowed = socket.bytesRead + maxBytes;
    const count = () => {
      if (socket.bytesRead > allowed)
        end(
          new SunbaeError("too_large", `The answer of ${place} is larger than ${maxBytes} bytes.`, {
            fix: "Ask for fewer rows or a shorter period.",
          }),
        );
    };
    socket.on("data", count);
    const late = new SunbaeError(
      "unavailable",
      `The database ${place} did not answer within ${statementTimeoutMs} ms.`,
      {
        fix: "Ask for a shorter period, or raise timeout_ms.",
      },
    );
    const deadline = setTimeout(() => end(late), statementTimeoutMs + graceMs);
    let healthy = false;
    try {
      await client.query(beginText(statementTimeoutMs));
      const answer = await work(client).finally(async () => {
        await client.query(endText);
        healthy = true;
      });
      return answer;
    } catch (thrown) {
      throw refused ?? thrown;
    } finally {
      clearTimeout(deadline);
      socket.off("data", count);
      client.release(!healthy);
    }
  }

  async function query(text: string, values: readonly unknown[] = []) {
    assertQuery(text);
    // As a subselect nothing that writes can stand in it: the parser refuses it.
    const config = {
      text: `SELECT * FROM (${text}\n) AS answer LIMIT ${maxRows + 1}`,
      values: [...values],
      queryMode: "extended",
    };
    try {
      const { rows } = await withClient((client) => client.query<Record<string, unknown>>(config));
      return { rows: rows.slice(0, maxRows), truncated: rows.length > maxRows };
    } catch (thrown) {
      throw translateSqlError(thrown, place, options);
    }
  }

  return {
    query,
    async serverTime() {
      return (await query("SELECT clock_timestamp() AS now")).rows[0]?.["now"] as Date;
    },
    async describe() {
      const { rows } = await query(
        "SELECT current_setting('server_version') AS version, current_setting('transaction_read_only') AS held",
      );
      return { dialect: "postgres", version: String(rows[0]?.["version"]), readOnly: rows[0]?.["held"] === "on" };
    },
    async close() {
      closed = true;
      await (await opening)?.end();
    },
  };
}
