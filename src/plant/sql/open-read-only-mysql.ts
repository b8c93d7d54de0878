import type { Socket } from "node:net";
import type { Pool, PoolConnection, RowDataPacket } from "mysql2/promise";
import { SunbaeError } from "../../core/errors.ts";
import {
  assertQuery,
  defaultMaxBytes,
  graceMs,
  type ReadOnlySession,
  type SqlDialectName,
  type SqlSessionOptions,
} from "./read-only-session.ts";
import { translateSqlError } from "./sql-error.ts";

type Server = { dialect: SqlDialectName; version: string };

/** mysql2 doesn't declare the socket of a connection, which tells how much came and ends what does not. */
const socketOf = (connection: PoolConnection): Socket =>
  (connection as unknown as { connection: { stream: Socket } }).connection.stream;

/** Whole numbers and constants of ours. MariaDB counts a statement's time in seconds, MySQL in milliseconds. */
function settingsText({ dialect }: Server, { statementTimeoutMs, maxRows }: SqlSessionOptions): string {
  const seconds = Math.max(1, Math.ceil(statementTimeoutMs / 1000));
  const time =
    dialect === "mariadb"
      ? `max_statement_time = ${statementTimeoutMs / 1000}`
      : `max_execution_time = ${Math.max(1, Math.floor(statementTimeoutMs))}`;
  const settings = [
    time,
    `${dialect === "mariadb" ? "tx_read_only" : "transaction_read_only"} = 1`,
    `sql_select_limit = ${maxRows + 1}`,
    `lock_wait_timeout = ${seconds}`,
    `innodb_lock_wait_timeout = ${seconds}`,
    "time_zone = '+00:00'",
    "sql_mode = 'NO_ENGINE_SUBSTITUTION'",
    "sql_safe_updates = 1",
    "autocommit = 0",
  ];
  return `SET ${settings.map((setting) => `SESSION ${setting}`).join(", ")}`;
}

/** A read-only session on MariaDB or MySQL, told apart by their version; connects at the first query. */
export function openReadOnlyMysql(options: SqlSessionOptions): ReadOnlySession {
  const { host, port, database, user, password, statementTimeoutMs, maxRows, poolSize, logger } = options;
  const maxBytes = options.maxBytes ?? defaultMaxBytes;
  const place = `${host}:${port}/${database}`;
  let opening: Promise<Pool> | null = null;
  let closed = false;

  async function openPool(): Promise<Pool> {
    const { createPool } = await import("mysql2/promise");
    const pool = createPool({
      host,
      port,
      database,
      user,
      password,
      ...(options.tls === "off" ? {} : { ssl: { rejectUnauthorized: options.tls === "verify" } }),
      connectionLimit: poolSize,
      queueLimit: 1_000,
      connectTimeout: Math.min(statementTimeoutMs, 10_000),
      idleTimeout: 30_000,
      enableKeepAlive: true,
      charset: "UTF8MB4_BIN",
      timezone: "Z",
      // TIMESTAMP is an instant and comes as Date; DATETIME and DATE have no zone and stay text.
      dateStrings: ["DATETIME", "DATE"],
      supportBigNumbers: true,
      decimalNumbers: true,
      multipleStatements: false,
      flags: ["-LOCAL_FILES"],
      disableEval: true,
    });
    pool.on("connection", (connection) => {
      // The pool hands out mysql2's own connection here, an emitter whose unheard error would end the process.
      connection.on("error", (error: Error) => logger.debug({ place, error: error.message }, "a connection failed"));
    });
    return pool;
  }

  let known: Server | null = null;
  async function serverOf(connection: PoolConnection): Promise<Server> {
    const [rows] = await connection.execute<RowDataPacket[]>("SELECT VERSION() AS version");
    const version = String(rows[0]?.["version"]);
    return (known = { dialect: /mariadb/i.test(version) ? "mariadb" : "mysql", version });
  }

  const late = () =>
    new SunbaeError("unavailable", `The database ${place} did not answer within ${statementTimeoutMs} ms.`, {
      fix: "Ask for a shorter period, or raise timeout_ms.",
    });

  /** mysql2 lets a question wait for a free connection for ever. */
  async function acquire(): Promise<PoolConnection> {
    const waiting = (await (opening ??= openPool())).getConnection();
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(late()), statementTimeoutMs + graceMs);
    });
    try {
      return await Promise.race([waiting, tooLong]);
    } catch (thrown) {
      waiting.then(
        (connection) => connection.release(),
        () => {},
      );
      throw thrown;
    } finally {
      clearTimeout(timer);
    }
  }

  async function withConnection<T>(work: (connection: PoolConnection) => Promise<T>): Promise<T> {
    if (closed) throw new SunbaeError("unavailable", `The session on ${place} is closed.`);
    options.mayReach?.(host);
    const connection = await acquire();
    const socket = socketOf(connection);
    let refused: SunbaeError | null = null;
    const end = (error: SunbaeError) => {
      refused ??= error;
      connection.destroy();
      socket.destroy(error);
    };
    const large = new SunbaeError("too_large", `The answer of ${place} is larger than ${maxBytes} bytes.`, {
      fix: "Ask for fewer rows or a shorter period.",
    });
    const allowed = socket.bytesRead + maxBytes;
    const counting = setInterval(() => socket.bytesRead > allowed && end(large), 20);
    const deadline = setTimeout(() => end(late()), statementTimeoutMs + graceMs);
    let healthy = false;
    try {
      await connection.query(settingsText(known ?? (await serverOf(connection)), options));
      await connection.query("START TRANSACTION READ ONLY");
      return await work(connection).finally(async () => {
        await connection.query("ROLLBACK");
        // A named lock outlives a rollback; nothing of ours takes one, but a view may.
        await connection.query("DO RELEASE_ALL_LOCKS()");
        healthy = true;
      });
    } catch (thrown) {
      throw refused ?? thrown;
    } finally {
      clearTimeout(deadline);
      clearInterval(counting);
      if (healthy) connection.release();
      else connection.destroy();
    }
  }

  async function query(text: string, values: readonly unknown[] = []) {
    assertQuery(text);
    try {
      // Prepared on the server: one statement, values bound. Numbers go as text would: see `bound`.
      const [rows] = await withConnection((connection) => connection.execute<RowDataPacket[]>(text, values.map(bound)));
      return { rows: rows.slice(0, maxRows), truncated: rows.length > maxRows };
    } catch (thrown) {
      throw translateSqlError(thrown, place, options);
    }
  }

  return {
    query,
    async serverTime() {
      const { rows } = await query("SELECT UTC_TIMESTAMP(3) AS now");
      return new Date(`${String(rows[0]?.["now"]).replace(" ", "T")}Z`);
    },
    async describe() {
      // Before the first query it is unknown which of the two servers it is, and so how they name the setting.
      await query("SELECT 1 AS one");
      const { dialect, version } = known as Server;
      const name = dialect === "mariadb" ? "@@tx_read_only" : "@@transaction_read_only";
      const { rows } = await query(`SELECT ${name} AS held`);
      return { dialect, version, readOnly: Number(rows[0]?.["held"]) === 1 };
    },
    async close() {
      closed = true;
      await (await opening)?.end();
    },
  };
}

/** Times as the text of their UTC parts, which MySQL compares with DATETIME; no session zone comes in. */
function bound(value: unknown): string | number | boolean | null {
  if (value instanceof Date) return value.toISOString().replace("T", " ").replace("Z", "");
  if (value === null || typeof value === "number" || typeof value === "boolean") return value;
  return String(value);
}
