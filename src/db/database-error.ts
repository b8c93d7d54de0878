import { SunbaeError } from "../core/errors.ts";

const lostConnection =
  /connection terminated|not queryable|client was closed|connection timeout|timeout exceeded when trying to connect|connect ECONN|socket hang up/i;
const lostCodes = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOENT", "ENOTFOUND", "ETIMEDOUT", "EHOSTUNREACH"]);

function field(thrown: unknown, name: "code" | "message"): string {
  const value = typeof thrown === "object" && thrown !== null ? (thrown as Record<string, unknown>)[name] : undefined;
  return typeof value === "string" ? value : "";
}

/** True where the connection failed, so that the same query may succeed a moment later. */
function isLostConnection(thrown: unknown): boolean {
  const code = field(thrown, "code");
  return lostCodes.has(code) || /^(08|57P0[1-5])/.test(code) || lostConnection.test(field(thrown, "message"));
}

/** A lost connection as `unavailable`; any other error of a query unchanged. */
export function translateQueryError(thrown: unknown): unknown {
  if (thrown instanceof SunbaeError || !isLostConnection(thrown)) return thrown;
  return new SunbaeError("unavailable", "The database can't be reached just now.", {
    fix: "Try again in a moment; if it stays so, look at the server's log.",
    cause: thrown,
  });
}

/** The SQLSTATE of a query's error, looked for through Drizzle's wrapping; null where there is none. */
export function sqlState(thrown: unknown): string | null {
  for (let cause: unknown = thrown; cause instanceof Error; cause = cause.cause) {
    const code = field(cause, "code");
    if (/^[0-9A-Z]{5}$/.test(code)) return code;
  }
  return null;
}
