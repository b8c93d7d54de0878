import { SunbaeError } from "../../../core/errors.ts";
import type { SourceDeps } from "../../source.ts";
import { placeOf } from "../../sql/connection-settings.ts";
import { openReadOnlyMysql } from "../../sql/open-read-only-mysql.ts";
import { openReadOnlyPostgres } from "../../sql/open-read-only-postgres.ts";
import { openReadOnlySqlserver } from "../../sql/open-read-only-sqlserver.ts";
import type { ReadOnlySession, SqlSessionOptions } from "../../sql/read-only-session.ts";
import type { Dialect } from "./dialects/dialect.ts";
import { mysqlDialect } from "./dialects/mysql.ts";
import { postgresDialect, readPostgresText } from "./dialects/postgres.ts";
import { sqlserver } from "./dialects/sqlserver.ts";
import type { SqlMesSettings } from "./sql-mes-settings.ts";

const ports = { postgres: 5432, mariadb: 3306, mysql: 3306, sqlserver: 1433 };

export type OpenedSession = {
  session: ReadOnlySession;
  /** The words of the server that is really there, asked once: who says mysql may have MariaDB. */
  dialect: () => Promise<Dialect>;
  /** "10.0.0.5:3306/mes", without user and password. */
  place: string;
};

export function openSqlSession(settings: SqlMesSettings, deps: SourceDeps): OpenedSession {
  const place = placeOf(settings, ports[settings.kind]);
  const options = {
    ...place,
    statementTimeoutMs: settings.timeout_ms,
    maxRows: settings.max_rows,
    poolSize: settings.pool_size,
    logger: deps.logger,
    mayReach: deps.mayReach,
  };
  const where = `${place.host}:${place.port}/${place.database}`;
  const { session, find } = sessionOf(settings.kind, options);
  let found: Promise<Dialect> | null = null;
  const dialect = () => {
    found ??= find().catch((thrown: unknown) => {
      found = null;
      throw thrown;
    });
    return found;
  };
  return { session, dialect, place: where };
}

type Found = { session: ReadOnlySession; find: () => Promise<Dialect> };

function sessionOf(kind: SqlMesSettings["kind"], options: SqlSessionOptions): Found {
  if (kind === "postgres") {
    const session = openReadOnlyPostgres(options);
    return { session, find: async () => postgresDialect(await readPostgresText(session)) };
  }
  if (kind === "sqlserver") return { session: openReadOnlySqlserver(options), find: async () => sqlserver };
  const session = openReadOnlyMysql(options);
  const find = async () => {
    const { dialect, version } = await session.describe();
    const name = dialect === "mysql" ? "mysql" : "mariadb";
    const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number);
    const [oldest, named] = name === "mysql" ? [8_000_017, "8.0.17"] : [10_002_002, "10.2.2"];
    if (major * 1_000_000 + minor * 1_000 + patch < oldest)
      throw new SunbaeError("unavailable", `The server is ${name} ${version}.`, {
        fix: `Use ${name} ${named} or newer.`,
      });
    return mysqlDialect(name);
  };
  return { session, find };
}
