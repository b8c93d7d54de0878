import { SunbaeError } from "../../core/errors.ts";
import { MappingError } from "../mapping-error.ts";

type Limits = { statementTimeoutMs: number };

const lost =
  /connection terminated|connection ended|not queryable|client was closed|connection timeout|closed state|timeout exceeded when trying to connect|connect E|socket hang up|server closed|Connection lost|starting up|shutting down/i;
const lostCodes =
  /^(ECONN\w+|EPIPE|ENOENT|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ETIMEOUT|EHOSTUNREACH|ENETUNREACH|ESOCKET|ECLOSE|ECONNCLOSED|ENOTOPEN|PROTOCOL_\w+|08\w{3}|57P0\d|53300|ER_CON_COUNT_ERROR|ER_SERVER_SHUTDOWN|ER_CONNECTION_KILLED)$/;
const slowCodes =
  /^(57014|55P03|25P03|ER_STATEMENT_TIMEOUT|ER_QUERY_TIMEOUT|ER_LOCK_WAIT_TIMEOUT|ER_QUERY_INTERRUPTED)$/;
const loginCodes = /^(28\w{3}|3D000|ER_ACCESS_DENIED_ERROR|ER_BAD_DB_ERROR|ER_DBACCESS_DENIED_ERROR|ELOGIN)$/;
const rightCodes = /^(42501|ER_TABLEACCESS_DENIED_ERROR|ER_COLUMNACCESS_DENIED_ERROR|EPERMISSION)$/;
const missingCodes = /^(42P01|42703|3F000|ER_NO_SUCH_TABLE|ER_BAD_FIELD_ERROR|EMISSING)$/;
const writeCodes = /^(25006|ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION)$/;

/** Errors of MariaDB that mysql2 has no name for, and those of SQL Server, which come as "EREQUEST". */
const byNumber = new Map<unknown, string>([
  [1969, "ER_STATEMENT_TIMEOUT"],
  [1927, "ER_CONNECTION_KILLED"],
  [1222, "ER_LOCK_WAIT_TIMEOUT"],
  [207, "EMISSING"],
  [208, "EMISSING"],
  [229, "EPERMISSION"],
  [230, "EPERMISSION"],
  [4060, "ELOGIN"],
  [18456, "ELOGIN"],
]);

const codeOf = (thrown: unknown): string => {
  const { code, errno, number, message } = (typeof thrown === "object" && thrown !== null ? thrown : {}) as Record<
    string,
    unknown
  >;
  if (code === "ECANCEL" || (code === "ETIMEOUT" && /request failed to complete/i.test(String(message))))
    return "ER_QUERY_TIMEOUT";
  return byNumber.get(errno ?? number) ?? (typeof code === "string" ? code : "");
};

/** What the server said, on one line and short; a database's message never holds our password. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof AggregateError) return thrown.errors.map(messageOf).join("; ").slice(0, 300);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return (message || codeOf(thrown)).replace(/\s+/g, " ").slice(0, 300);
}

/** An error of a driver as one that a turn can work with: what happened and what helps. */
export function translateSqlError(thrown: unknown, place: string, limits: Limits): SunbaeError {
  if (thrown instanceof SunbaeError) return thrown;
  const code = codeOf(thrown);
  const said = messageOf(thrown);
  const failed = (message: string, fix: string) => new SunbaeError("unavailable", message, { fix, cause: thrown });
  if (slowCodes.test(code))
    return failed(
      `The database ${place} did not answer within ${limits.statementTimeoutMs} ms.`,
      "Ask for a shorter period, let the database's owner index the time column, or raise timeout_ms.",
    );
  if (loginCodes.test(code))
    return failed(`The database ${place} refused the login: ${said}`, "Check user, password and database.");
  if (rightCodes.test(code))
    return failed(`The database ${place} refused to read: ${said}`, "Let its owner grant SELECT.");
  if (missingCodes.test(code))
    return new MappingError(said, {
      message: `The database ${place} lacks what the mapping names: ${said}`,
      fix: "Run `sunbae doctor`: it names tables and columns that are near.",
      cause: thrown,
    });
  if (writeCodes.test(code))
    return failed(
      `The database ${place} refused a write inside what should be read: ${said}`,
      "Map a table or view that only reads.",
    );
  if (lostCodes.test(code) || lost.test(said))
    return failed(
      `The database ${place} can't be reached just now: ${said}`,
      "Try again in a moment; if it stays so, look at the server and the network.",
    );
  return failed(
    `The database ${place} could not answer: ${said}`,
    "Run `sunbae doctor` and mend the mapping or the data it names.",
  );
}
