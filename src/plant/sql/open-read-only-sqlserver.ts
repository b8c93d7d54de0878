import type { ConnectionPool, Library, Recordset, Transaction } from "mssql";
import { SunbaeError } from "../../core/errors.ts";
import {
  assertQuery,
  graceMs,
  type ReadOnlySession,
  type SqlRow,
  type SqlSessionOptions,
} from "./read-only-session.ts";
import { translateSqlError } from "./sql-error.ts";

/** SQL Server has no limit of an answer's bytes; it cuts texts off that are longer, and rows by ROWCOUNT. */
const longestText = 65_536;

/**
 * A session on SQL Server that only reads: intent ReadOnly at login, statements of ours by sp_executesql with bound
 * values, in a transaction that is always rolled back. The server has no read-only transactions: use a login without
 * rights to write, which `describe` checks. Tried against a wire-level stand-in only.
 */
export function openReadOnlySqlserver(options: SqlSessionOptions): ReadOnlySession {
  const { host, port, database, user, password, statementTimeoutMs, maxRows, poolSize, logger } = options;
  const place = `${host}:${port}/${database}`;
  let opening: Promise<ConnectionPool> | null = null;
  let closed = false;
  const library = async () => (await import("mssql")).default;

  async function openPool(): Promise<ConnectionPool> {
    const pool = new (await library()).ConnectionPool({
      server: host,
      port,
      database,
      user,
      password,
      connectionTimeout: Math.min(statementTimeoutMs, 10_000),
      requestTimeout: statementTimeoutMs,
      pool: { max: poolSize, min: 0, idleTimeoutMillis: 30_000, acquireTimeoutMillis: statementTimeoutMs },
      validateConnection: "socket",
      options: {
        encrypt: options.tls !== "off",
        trustServerCertificate: options.tls !== "verify",
        readOnlyIntent: true,
        appName: "sunbae (read-only)",
        useUTC: true,
        cancelTimeout: graceMs,
        textsize: longestText,
        abortTransactionOnError: true,
      },
    });
    pool.on("error", (error) => logger.debug({ place, error: error.message }, "a connection failed"));
    return await pool.connect();
  }

  /** A pool that could not connect is forgotten, so that the next query tries anew. */
  function poolOf(): Promise<ConnectionPool> {
    opening ??= openPool().catch((thrown: unknown) => {
      opening = null;
      throw thrown;
    });
    return opening;
  }

  async function run(transaction: Transaction, text: string, values: readonly unknown[]): Promise<Recordset> {
    const mssql = await library();
    const request = new mssql.Request(transaction);
    for (const [index, value] of values.entries()) {
      const { type, bound } = parameterOf(value, mssql);
      request.input(`p${index + 1}`, type, bound);
    }
    const settings = `SET LOCK_TIMEOUT ${Math.floor(statementTimeoutMs)} SET ROWCOUNT ${maxRows + 1} SET DATEFIRST 1`;
    const late = setTimeout(() => request.cancel(), statementTimeoutMs + graceMs);
    try {
      const { recordset } = await request.query(`${settings} ${text}`);
      return recordset ?? (Object.assign([], { columns: {} }) as Recordset);
    } finally {
      clearTimeout(late);
    }
  }

  async function query(text: string, values: readonly unknown[] = []) {
    assertQuery(text, "sqlserver");
    if (closed) throw new SunbaeError("unavailable", `The session on ${place} is closed.`);
    options.mayReach?.(host);
    const mssql = await library();
    try {
      const transaction = new mssql.Transaction(await poolOf());
      transaction.on("error", (error) => logger.debug({ place, error: error.message }, "a transaction failed"));
      await transaction.begin(mssql.ISOLATION_LEVEL.READ_COMMITTED);
      const recordset = await run(transaction, text, values).finally(() => transaction.rollback().catch(() => {}));
      return { rows: readRows(recordset.slice(0, maxRows), recordset, mssql), truncated: recordset.length > maxRows };
    } catch (thrown) {
      throw translateSqlError(thrown, place, options);
    }
  }

  return {
    query,
    async serverTime() {
      const { rows } = await query("SELECT CONVERT(varchar(23), SYSUTCDATETIME(), 126) AS now");
      return new Date(`${String(rows[0]?.["now"])}Z`);
    },
    async describe() {
      const { rows } = await query(
        `SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(60)) AS version,
                CASE WHEN DATABASEPROPERTYEX(DB_NAME(), 'Updateability') = 'READ_ONLY'
                       OR HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'ALTER') + IS_MEMBER('db_datawriter') = 0
                     THEN 1 ELSE 0 END AS held`,
      );
      return { dialect: "sqlserver", version: String(rows[0]?.["version"]), readOnly: Number(rows[0]?.["held"]) === 1 };
    },
    async close() {
      closed = true;
      await (await opening?.catch(() => null))?.close();
    },
  };
}

function parameterOf(value: unknown, mssql: Library): { type: unknown; bound: unknown } {
  if (typeof value === "number")
    return { type: Number.isSafeInteger(value) ? mssql.BigInt : mssql.Float, bound: value };
  if (typeof value === "boolean") return { type: mssql.Bit, bound: value };
  // The T form is read alike under every language setting of the server.
  if (value instanceof Date) return { type: mssql.NVarChar, bound: value.toISOString().replace("Z", "") };
  return { type: mssql.NVarChar, bound: value === null || value === undefined ? null : String(value) };
}

/** Times without a zone as text; big integers as numbers where no digit is lost. */
function readRows(rows: SqlRow[], { columns }: Recordset, mssql: Library): SqlRow[] {
  const zoneless = new Set<unknown>([mssql.DateTime, mssql.DateTime2, mssql.SmallDateTime, mssql.Date]);
  const typeOf = new Map(Object.values(columns).map((column) => [column.name, column.type]));
  const read = (name: string, value: unknown) => {
    if (value instanceof Date && zoneless.has(typeOf.get(name)))
      return value.toISOString().replace("T", " ").replace("Z", "");
    if (typeof value === "string" && typeOf.get(name) === mssql.BigInt && Number.isSafeInteger(Number(value)))
      return Number(value);
    return value;
  };
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, read(name, value)])));
}
