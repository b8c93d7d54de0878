import { z } from "zod";
import type { SqlPlace } from "./read-only-session.ts";

// How the site file names a database: one url, or its parts. A part that is written beside a url wins.

const connectionShape = {
  /** "postgres://user:password@host:5432/database"; of its parameters only sslmode is read. */
  url: z.string().min(1).optional(),
  host: z.string().min(1).optional(),
  port: z.coerce.number().int().min(1).max(65_535).optional(),
  database: z.string().min(1).optional(),
  user: z.string().min(1).optional(),
  password: z.string().optional(),
  tls: z.enum(["off", "accept", "verify"]).optional(),
};

/** Spread into the settings of a source that lives in an SQL database. */
export const sqlConnection = {
  ...connectionShape,
  timeout_ms: z.number().int().min(100).max(120_000).default(5_000),
  pool_size: z.number().int().min(1).max(20).default(4),
};

const connectionSchema = z.object(connectionShape);
export type SqlConnectionSettings = z.infer<typeof connectionSchema>;

/** What is missing or can't be read of a connection, in a sentence with the fix; null where it is whole. */
export function problemOfConnection(settings: SqlConnectionSettings): string | null {
  if (settings.url !== undefined && !URL.canParse(settings.url))
    return 'url can\'t be read; write it as "postgres://user:password@host:5432/database", or host, database and user by themselves.';
  const { host, database, user } = partsOf(settings);
  const missing = Object.entries({ host, database, user }).flatMap(([name, value]) => (value ? [] : [name]));
  return missing.length > 0 ? `say ${missing.join(", ")}: in the url, or as settings of their own.` : null;
}

function partsOf(settings: SqlConnectionSettings) {
  const url = settings.url !== undefined && URL.canParse(settings.url) ? new URL(settings.url) : null;
  const part = (text: string | undefined) => (text ? decoded(text) : undefined);
  return {
    host: settings.host ?? part(url?.hostname.replace(/^\[|\]$/g, "")),
    port: settings.port ?? (url?.port ? Number(url.port) : undefined),
    database: settings.database ?? part(url?.pathname.slice(1)),
    user: settings.user ?? part(url?.username),
    password: settings.password ?? part(url?.password),
    sslmode: url?.searchParams.get("sslmode") ?? url?.searchParams.get("ssl-mode"),
  };
}

/** A "%" that begins no escape is one that somebody wrote as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The place of a checked connection. */
export function placeOf(settings: SqlConnectionSettings, defaultPort: number): SqlPlace {
  const { host = "", port = defaultPort, database = "", user = "", password = "", sslmode } = partsOf(settings);
  const asked = !sslmode || /^disable|^off/i.test(sslmode) ? "off" : /^verify/i.test(sslmode) ? "verify" : "accept";
  return { host, port, database, user, password, tls: settings.tls ?? asked };
}
