import type pg from "pg";

/** Removes the readings of a source's tags, but not of those that another source has too; returns how many. */
export async function removeReadings(client: pg.PoolClient, source: string): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM tags t WHERE source = $1 AND NOT EXISTS (SELECT FROM tags o WHERE o.id = t.id AND o.source <> $1)`,
    [source],
  );
  const { rows: counted } = await client.query<{ readings: number }>(
    `WITH blocks AS (DELETE FROM reading_blocks WHERE tag_id = ANY($1) RETURNING count + bad AS count),
          tails AS (DELETE FROM latest_readings WHERE tag_id = ANY($1) RETURNING octet_length(tail) / 16 AS count),
          rollups AS (DELETE FROM reading_rollups WHERE tag_id = ANY($1) RETURNING readings AS count)
     SELECT coalesce(sum(count), 0)::float8 AS readings
     FROM (SELECT count FROM blocks UNION ALL SELECT count FROM tails UNION ALL SELECT count FROM rollups) r`,
    [rows.map((row) => row.id)],
  );
  return counted[0]?.readings ?? 0;
}
