import { Client } from "pg";
import { createLogger } from "../../src/observability/logger.ts";
import type { SensorStore } from "../../src/plant/sensor-store.ts";
import { openPostgresSensors } from "../../src/plant/sensors/postgres/open-postgres-sensors.ts";
import { postgresSensorSettings } from "../../src/plant/sensors/postgres/postgres-settings.ts";
import { findInstalledPostgres } from "../services/find-postgres.ts";
import { startCluster } from "../services/start-cluster.ts";

// What the embedded store is compared with: a table (time, tag, value) with an index, in a Postgres of this machine
// that waits for no disk.

export type PlainReadings = {
  version: string;
  write(batch: { tagId: string; times: number[]; values: number[] }[]): Promise<void>;
  settle(): Promise<void>;
  bytes(): Promise<number>;
  /** Buckets by SQL that somebody would write for it; returns how many. */
  buckets(tagId: string, fromMs: number, toMs: number, widthMs: number): Promise<number>;
  /** The same table as our adapter for plants' own databases sees it. */
  store: SensorStore;
  close(): Promise<void>;
};

/** Null where this machine has no Postgres. */
export async function openPlainReadings(tagIds: string[]): Promise<PlainReadings | null> {
  const postgres = findInstalledPostgres();
  if (!postgres) return null;
  const cluster = await startCluster(postgres);
  const client = new Client({ connectionString: cluster.url });
  await client.connect();
  await client.query(
    `CREATE TABLE readings (time timestamptz NOT NULL, tag text NOT NULL, value float8 NOT NULL);
     CREATE INDEX readings_by_tag ON readings (tag, time);`,
  );
  const settings = postgresSensorSettings.parse({
    name: "plain",
    kind: "postgres",
    url: cluster.url,
    timeout_ms: 60_000,
    readings: [{ table: "readings", time: "time", tag: "tag", value: "value" }],
    tags: tagIds.map((id) => ({ id, equipment: "M" })),
  });
  const logger = createLogger({ level: "silent" });
  const source = openPostgresSensors(settings, { logger, now: () => new Date(), timeZone: "UTC", mayReach: () => {} });
  return {
    version: `Postgres ${postgres.major}`,
    async write(batch) {
      const all = { tags: [] as string[], times: [] as number[], values: [] as number[] };
      for (const { tagId, times, values } of batch)
        times.forEach((time, index) => {
          all.tags.push(tagId);
          all.times.push(time / 1_000);
          all.values.push(values[index] ?? 0);
        });
      await client.query(
        "INSERT INTO readings SELECT to_timestamp(t), tag, v FROM unnest($1::text[], $2::float8[], $3::float8[]) AS u(tag, t, v)",
        [all.tags, all.times, all.values],
      );
    },
    settle: async () => void (await client.query("VACUUM ANALYZE readings")),
    async bytes() {
      const { rows } = await client.query<{ bytes: number }>(
        "SELECT pg_total_relation_size('readings')::float8 AS bytes",
      );
      return rows[0]?.bytes ?? 0;
    },
    async buckets(tagId, fromMs, toMs, widthMs) {
      const { rowCount } = await client.query(
        `SELECT date_bin($4 * interval '1 millisecond', time, to_timestamp($2)) AS at, min(value), max(value), avg(value), count(*)
         FROM readings WHERE tag = $1 AND time >= to_timestamp($2) AND time < to_timestamp($3) GROUP BY 1 ORDER BY 1`,
        [tagId, fromMs / 1_000, toMs / 1_000, widthMs],
      );
      return rowCount ?? 0;
    },
    store: source.store,
    async close() {
      await source.close();
      await client.end();
      await cluster.stop();
    },
  };
}
