import type pg from "pg";
import { concatReadings, mergeReadings, readingsPerBlock, splitIntoBlocks } from "./merge-readings.ts";
import { decodeReadings, encodeReadings, type Readings } from "./reading-codec.ts";
import { summarizeUsable, usableReadings } from "./summary.ts";

/** Readings of one tag on their way into blocks; `atEnd` where they are newer than all of its blocks. */
export type Run = { tagId: string; readings: Readings; atEnd: boolean };

type Block = { tag_id: string; first_ms: string; data: Buffer };

// The blocks that a run overlaps, and the one before it as long as there is room in it.
const touchedBlocks = `
  SELECT b.tag_id, b.first_ms, b.data
  FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS u(tag_id, low, high), LATERAL (
    SELECT * FROM reading_blocks WHERE tag_id = u.tag_id AND first_ms > u.low AND first_ms <= u.high
    UNION ALL
    SELECT * FROM (
      SELECT * FROM reading_blocks WHERE tag_id = u.tag_id AND first_ms <= u.low ORDER BY first_ms DESC LIMIT 1
    ) before WHERE before.last_ms >= u.low OR before.count + before.bad < ${readingsPerBlock}
  ) b ORDER BY b.tag_id, b.first_ms`;

const deleteBlocks = `
  DELETE FROM reading_blocks b USING unnest($1::text[], $2::bigint[]) AS u(tag_id, first_ms)
  WHERE b.tag_id = u.tag_id AND b.first_ms = u.first_ms`;

const insertBlocks = `
  INSERT INTO reading_blocks (tag_id, first_ms, last_ms, count, min, max, mean, m2, uncertain, bad, data)
  SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::int[], $5::float8[], $6::float8[], $7::float8[], $8::float8[], $9::int[], $10::int[], $11::bytea[])`;

function blockRow(tagId: string, readings: Readings): unknown[] {
  const { count, min, max, mean, m2, uncertain, bad } = summarizeUsable(usableReadings(readings));
  // Of bad readings alone there are no figures.
  const figures = count > 0 ? [min, max, mean, m2] : [0, 0, 0, 0];
  const [first, last] = [readings.times[0], readings.times.at(-1)];
  return [tagId, first, last, count, ...figures, uncertain, bad, encodeReadings(readings)];
}

/** Merges runs, at most one a tag, into the blocks there are. The caller holds the tags' rows of latest_readings. */
export async function writeBlocks(client: pg.PoolClient, runs: Run[]): Promise<void> {
  const full = runs.filter(({ readings }) => readings.times.length > 0);
  if (full.length === 0) return;
  const { rows: touched } = await client.query<Block>(touchedBlocks, [
    full.map(({ tagId }) => tagId),
    full.map(({ readings }) => readings.times[0]),
    full.map(({ readings }) => readings.times.at(-1)),
  ]);
  const byTag = new Map<string, Readings[]>();
  for (const { tag_id: tagId, data } of touched) {
    const blocks = byTag.get(tagId) ?? [];
    byTag.set(tagId, blocks);
    blocks.push(decodeReadings(data));
  }
  const rows = full.flatMap(({ tagId, readings, atEnd }) => {
    const merged = mergeReadings(concatReadings(byTag.get(tagId) ?? []), readings);
    return splitIntoBlocks(merged, atEnd).map((block) => blockRow(tagId, block));
  });
  if (touched.length > 0)
    await client.query(deleteBlocks, [touched.map((block) => block.tag_id), touched.map((block) => block.first_ms)]);
  await client.query(
    insertBlocks,
    Array.from({ length: 11 }, (_, column) => rows.map((row) => row[column])),
  );
}
