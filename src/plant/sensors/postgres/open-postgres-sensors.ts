import { openReadOnlyPostgres } from "../../sql/open-read-only-postgres.ts";
import { placeOf } from "../../sql/connection-settings.ts";
import type { SensorSource, SourceDeps } from "../../source.ts";
import { lookAtTags, viewSource } from "../source-view.ts";
import { createPostgresSensorStore } from "./postgres-sensor-store.ts";
import type { PostgresSensorSettings } from "./postgres-settings.ts";
import { createSeriesList } from "./series-list.ts";
import { createTableColumns, quoteTable } from "./table-columns.ts";

/** More rows than the most points a window may have, and than any list of tags. */
const mostRows = 100_000;

/** Readings in the customer's PostgreSQL or TimescaleDB; connects at the first question, and again after a failure. */
export function openPostgresSensors(settings: PostgresSensorSettings, deps: SourceDeps): SensorSource {
  const place = placeOf(settings, 5432);
  const session = openReadOnlyPostgres({
    ...place,
    statementTimeoutMs: settings.timeout_ms,
    maxRows: mostRows,
    poolSize: settings.pool_size,
    logger: deps.logger,
    mayReach: (host) => deps.mayReach(host),
  });
  const columnsOf = createTableColumns(session);
  const list = createSeriesList(settings, session);
  const zone = settings.time_zone ?? deps.timeZone;
  const parallel = Math.max(1, settings.pool_size - 1);
  const store = createPostgresSensorStore({ session, list, columnsOf, zone, now: deps.now, parallel });

  async function look() {
    const { version, readOnly } = await session.describe();
    const clockDifferenceMs = (await session.serverTime()).getTime() - deps.now().getTime();
    const { rows: extensions } = await session.query(
      "SELECT extversion AS version FROM pg_extension WHERE extname = 'timescaledb'",
    );
    const kind = extensions[0] ? `TimescaleDB ${String(extensions[0]["version"])} on PostgreSQL` : "PostgreSQL";
    const notes = [`${kind} ${version}`, readOnly ? "read-only session" : "the session is not read-only"];
    let count = 0;
    for (const { table, time } of settings.readings) {
      const { types } = await columnsOf(table);
      if (types.get(time)?.includes("without time zone"))
        notes.push(`${table}.${time} has no time zone: read as ${settings.time_zone ?? deps.timeZone}`);
      // The planner's figure: counting a plant's history takes minutes. Parts of a partitioned table are added up.
      const { rows } = await session.query(
        `SELECT coalesce(sum(greatest(reltuples, 0)), 0)::float8 AS count FROM pg_class
         WHERE oid = to_regclass($1) OR oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = to_regclass($1))`,
        [quoteTable(table)],
      );
      count += Number(rows[0]?.["count"] ?? 0);
    }
    const seen = await lookAtTags(store, deps.now());
    return {
      ...seen,
      rows: [{ records: "readings" as const, count }],
      clockDifferenceMs,
      notes: [...notes, "the number of rows is the planner's estimate", ...seen.notes],
    };
  }

  return {
    name: settings.name,
    store,
    probe: () =>
      viewSource(
        { name: settings.name, kind: settings.kind, place: `${place.host}:${place.port}/${place.database}` },
        look,
      ),
    close: () => session.close(),
  };
}
