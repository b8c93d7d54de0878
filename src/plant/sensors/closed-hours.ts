import type pg from "pg";
import { sliceReadings, concatReadings } from "./merge-readings.ts";
import type { Readings } from "./reading-codec.ts";
import { decodeHours, hourOf } from "./rollup-codec.ts";
import type { Run } from "./write-blocks.ts";

/**
 * Late readings without those of hours that are rolled up: whether they were counted there can't be told any more, and
 * nothing may be counted twice. The caller holds the tags' rows of latest_readings.
 */
export async function leaveOutClosedHours(client: pg.PoolClient, runs: Run[]): Promise<Run[]> {
  const late = runs.filter(({ readings }) => readings.times.length > 0);
  if (late.length === 0) return runs;
  const { rows } = await client.query<{ tag_id: string; part: number; data: Buffer }>(
    `SELECT r.tag_id, r.part, r.data FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS u(tag_id, low, high)
     JOIN reading_rollups r ON r.tag_id = u.tag_id AND r.first_ms <= u.high AND r.last_ms >= u.low`,
    [
      late.map(({ tagId }) => tagId),
      late.map(({ readings }) => readings.times[0]),
      late.map(({ readings }) => readings.times.at(-1)),
    ],
  );
  const closed = new Map<string, Set<number>>();
  for (const { tag_id: tagId, part, data } of rows) {
    const hours = closed.get(tagId) ?? new Set();
    closed.set(tagId, hours);
    for (const hour of decodeHours(part, data).keys()) hours.add(hour);
  }
  return runs.map((run) => {
    const hours = closed.get(run.tagId);
    return hours ? { ...run, readings: without(run.readings, hours) } : run;
  });
}

function without(readings: Readings, closed: Set<number>): Readings {
  const { times } = readings;
  const kept: Readings[] = [];
  for (let start = 0; start < times.length;) {
    const isClosed = closed.has(hourOf(times[start] ?? 0));
    let end = start + 1;
    while (end < times.length && closed.has(hourOf(times[end] ?? 0)) === isClosed) end++;
    if (!isClosed) kept.push(sliceReadings(readings, start, end));
    start = end;
  }
  return concatReadings(kept);
}
