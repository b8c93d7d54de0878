import { SunbaeError } from "../../core/errors.ts";
import type { Logger } from "../../observability/logger.ts";

// Read-only session: queries of ours against a database that is not ours. There is no verb that writes; every query is
// one prepared statement in a read-only transaction that is rolled back, with its time, rows and bytes bounded.

export type SqlDialectName = "postgres" | "mariadb" | "mysql" | "sqlserver";

export type SqlPlace = {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
  /** "verify" asks for a certificate that this machine trusts; "accept" takes any. */
  tls: "off" | "accept" | "verify";
};

export type SqlLimits = {
  /** Milliseconds a statement may take on the server. The client gives up two seconds later. */
  statementTimeoutMs: number;
  /** Rows beyond it are cut off and `truncated` says so. */
  maxRows: number;
  /** Bytes one answer may have on the wire; 64 MB where it is not given. Beyond it the query rejects with `too_large`. */
  maxBytes?: number;
  poolSize: number;
};

export type SqlSessionOptions = SqlPlace &
  SqlLimits & {
    logger: Pick<Logger, "debug">;
    /** Throws where the host may not be reached; asked before every new use. */
    mayReach?: (host: string) => void;
  };

export type SqlRow = Record<string, unknown>;
export type SqlAnswer = { rows: SqlRow[]; truncated: boolean };

export type ReadOnlySession = {
  /**
   * One SELECT (or WITH … SELECT) written by Sunbae; values are bound, no text of a user is ever in it. Times with a zone
   * arrive as Date, times and days without one as text as they are stored, 64-bit integers and decimals as numbers.
   * Rejects with `unavailable` where the server can't be reached, is too slow or refuses, `too_large` beyond maxBytes.
   */
  query(text: string, values?: readonly unknown[]): Promise<SqlAnswer>;
  serverTime(): Promise<Date>;
  /** What the server says of itself; `readOnly` is whether it holds the session's transactions to be read-only. */
  describe(): Promise<{ dialect: SqlDialectName; version: string; readOnly: boolean }>;
  close(): Promise<void>;
};

export const defaultMaxBytes = 64 * 1024 * 1024;
/** How much longer than the server's own limit the client waits. */
export const graceMs = 2_000;

const quotes = [/'(?:[^']|'')*'/, /"(?:[^"]|"")*"/, /`(?:[^`]|``)*`/];
const quoted = new RegExp(quotes.map(({ source }) => source).join("|"), "g");
/** SQL Server's brackets; Postgres writes elements of an array so. */
const quotedOrBracketed = new RegExp(`${quoted.source}|\\[(?:[^\\]]|\\]\\])*\\]`, "g");
/** Words of statements that write, lock or leave a trace; none of our queries has one outside a quoted name. */
const foreign =
  /;|--|\/\*|\b(INTO|INSERT|UPDATE|DELETE|MERGE|REPLACE\s+INTO|TRUNCATE|DROP|ALTER|CREATE|GRANT|REVOKE|EXEC|EXECUTE|CALL|DO|COPY|LOCK|SHARE\s+MODE)\b/i;

/** Throws where a text of ours is no single query; the database would refuse most of it too, this names the defect. */
export function assertQuery(text: string, dialect?: SqlDialectName): void {
  const bare = text.replace(dialect === "sqlserver" ? quotedOrBracketed : quoted, " ");
  const found = /^\s*(SELECT|WITH)\s/i.test(bare) ? foreign.exec(bare)?.[0] : bare.trim().slice(0, 20);
  if (found !== undefined)
    throw new SunbaeError("internal", `A read-only session takes one SELECT; this has "${found}".`);
}
