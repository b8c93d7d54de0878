import type { SourceDeps } from "../../source.ts";
import { placeOf } from "../../sql/connection-settings.ts";
import { openReadOnlyMysql } from "../../sql/open-read-only-mysql.ts";
import { openReadOnlyPostgres } from "../../sql/open-read-only-postgres.ts";
import { openReadOnlySqlserver } from "../../sql/open-read-only-sqlserver.ts";
import type { ReadOnlySession } from "../../sql/read-only-session.ts";
import type { Dialect } from "./dialects/dialect.ts";
import { mysqlDialect } from "./dialects/mysql.ts";
import { postgres } from "./dialects/postgres.ts";
import { sqlserver } from "./dialects/sqlserver.ts";
import type { SqlMesSettings } from "./sql-mes-settings.ts";

const ports = { postgres: 5432, mariadb: 3306, mysql: 3306, sqlserver: 1433 };

export type OpenedSession = {
  session: ReadOnlySession;
  /** The words of the server that is really there: who says mysql may have MariaDB. */
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
  if (settings.kind === "postgres")
    return { session: openReadOnlyPostgres(options), dialect: async () => postgres, place: where };
  if (settings.kind === "sqlserver")
    return { session: openReadOnlySqlserver(options), dialect: async () => sqlserver, place: where };
  const session = openReadOnlyMysql(options);
  const dialect = async () => mysqlDialect((await session.describe()).dialect === "mysql" ? "mysql" : "mariadb");
  return { session, dialect, place: where };
}
