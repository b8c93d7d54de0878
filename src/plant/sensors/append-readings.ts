import type pg from "pg";
import { SunbaeError } from "../../core/errors.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import type { TagReadings } from "../plant-writer.ts";
import { leaveOutClosedHours } from "./closed-hours.ts";
import {
  decodeTail,
  encodeTail,
  indexAt,
  mergeReadings,
  noReadings,
  normalizeReadings,
  sliceReadings,
} from "./merge-readings.ts";
import { good, type Readings } from "./reading-codec.ts";
import { writeBlocks, type Run } from "./write-blocks.ts";

/** A tail this long goes into a block. */
const readingsPerTail = 100;
const readingsPerTransaction = 200_000;
const tagsPerTransaction = 500;

type Item = { tagId: string; readings: Readings };

function collect(batch: TagReadings[]): Item[] {
  const byTag = new Map<string, Readings>();
  for (const { tagId, times, values, qualities } of batch)
    byTag.set(tagId, mergeReadings(byTag.get(tagId) ?? noReadings, normalizeReadings(tagId, times, values, qualities)));
  // In one order everywhere, so that two writers can't wait for each other.
  return [...byTag].map(([tagId, readings]) => ({ tagId, readings })).sort((a, b) => (a.tagId < b.tagId ? -1 : 1));
}

/**
 * Appends to the tails of tags whose readings are all newer; returns the others, and the tails to be emptied. An
 * update alone would lock its rows in whatever order the plan finds them.
 */
async function appendToTails(pool: pg.Pool, items: Item[]): Promise<Item[]> {
  const { rows } = await pool.query<{ tag_id: string; readings: number }>(
    `WITH held AS (
       SELECT tag_id FROM latest_readings WHERE tag_id = ANY($1) ORDER BY tag_id COLLATE "C" FOR UPDATE)
     UPDATE latest_readings l SET at_ms = u.at_ms, value = u.value, quality = u.quality, tail = l.tail || u.tail
     FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::float8[], $5::smallint[], $6::bytea[])
       AS u(tag_id, first_ms, at_ms, value, quality, tail)
     JOIN held USING (tag_id) WHERE l.tag_id = u.tag_id AND l.at_ms < u.first_ms
     RETURNING l.tag_id, octet_length(l.tail) / 16 AS readings`,
    [
      items.map(({ tagId }) => tagId),
      items.map(({ readings }) => readings.times[0]),
      items.map(({ readings }) => readings.times.at(-1)),
      items.map(({ readings }) => readings.values.at(-1)),
      items.map(({ readings }) => readings.qualities?.at(-1) ?? good),
      items.map(({ readings }) => encodeTail(readings)),
    ],
  );
  const appended = new Map(rows.map((row) => [row.tag_id, row.readings]));
  return items.flatMap((item) => {
    const length = appended.get(item.tagId);
    if (length === undefined) return [item];
    return length < readingsPerTail ? [] : [{ tagId: item.tagId, readings: noReadings }];
  });
}

async function requireTags(client: pg.PoolClient, tagIds: string[]): Promise<void> {
  const { rows } = await client.query<{ id: string }>("SELECT id FROM tags WHERE id = ANY($1)", [tagIds]);
  const known = new Set(rows.map((row) => row.id));
  const unknown = tagIds.filter((id) => !known.has(id));
  if (unknown.length === 0) return;
  throw new SunbaeError("invalid_input", `There is no tag ${unknown.slice(0, 5).join(", ")}.`, {
    fix: "Write the tags before their readings.",
    details: unknown.slice(0, 50).map((id) => ({ path: id, message: "is no tag of the plant" })),
  });
}

type Latest = { tag_id: string; at_ms: string | null; value: number | null; quality: number; tail: Buffer };
type Placed = { late: Run; end: Run; tail: Readings; atMs: number; value: number; quality: number };

/** What is older than the tail goes into blocks, what is newer to the tail, and the tail into a block when it is long. */
function place(item: Item, latest: Latest): Placed {
  const { tagId, readings } = item;
  const tail = decodeTail(latest.tail);
  const border = tail.times[0] ?? (latest.at_ms === null ? -Infinity : Number(latest.at_ms) + 1);
  const cut = indexAt(readings.times, border);
  const late = { tagId, readings: sliceReadings(readings, 0, cut), atEnd: false };
  const newest = mergeReadings(tail, sliceReadings(readings, cut, readings.times.length));
  const emptied = newest.times.length >= readingsPerTail;
  // A late reading at the very instant of the last one in the blocks replaces the latest value too.
  const corrected = late.readings.times.at(-1) === Number(latest.at_ms) ? late.readings : null;
  const last = newest.times.length > 0 ? newest : corrected;
  return {
    late,
    end: { tagId, readings: emptied ? newest : noReadings, atEnd: true },
    tail: emptied ? noReadings : newest,
    atMs: newest.times.at(-1) ?? Number(latest.at_ms),
    value: (last ? last.values.at(-1) : latest.value) ?? 0,
    quality: last ? (last.qualities?.at(-1) ?? good) : latest.quality,
  };
}

/** Merges items of any age, in one transaction that holds the rows of their tags; returns how many were left out. */
async function merge(client: pg.PoolClient, items: Item[]): Promise<number> {
  const tagIds = items.map(({ tagId }) => tagId);
  await requireTags(client, tagIds);
  await client.query(
    "INSERT INTO latest_readings (tag_id, tail) SELECT id, '' FROM unnest($1::text[]) AS u(id) ON CONFLICT DO NOTHING",
    [tagIds],
  );
  const { rows } = await client.query<Latest>(
    `SELECT tag_id, at_ms, value, quality, tail FROM latest_readings WHERE tag_id = ANY($1) ORDER BY tag_id COLLATE "C" FOR UPDATE`,
    [tagIds],
  );
  const held = new Map(rows.map((row) => [row.tag_id, row]));
  const placed = items.map((item) => place(item, held.get(item.tagId) as Latest));
  const late = await leaveOutClosedHours(
    client,
    placed.map((tag) => tag.late),
  );
  await writeBlocks(client, late);
  await writeBlocks(
    client,
    placed.map(({ end }) => end),
  );
  await client.query(
    `UPDATE latest_readings l SET at_ms = u.at_ms, value = u.value, quality = u.quality, tail = u.tail
     FROM unnest($1::text[], $2::bigint[], $3::float8[], $4::smallint[], $5::bytea[]) AS u(tag_id, at_ms, value, quality, tail)
     WHERE l.tag_id = u.tag_id`,
    [
      tagIds,
      placed.map((tag) => tag.atMs),
      placed.map((tag) => tag.value),
      placed.map((tag) => tag.quality),
      placed.map((tag) => encodeTail(tag.tail)),
    ],
  );
  const count = (runs: Run[]) => runs.reduce((sum, { readings }) => sum + readings.times.length, 0);
  return count(placed.map((tag) => tag.late)) - count(late);
}

/** Writes readings of any age; see PlantWriter. Tags with few, newer readings take one statement together. */
export async function appendReadings(pool: pg.Pool, batch: TagReadings[]): Promise<{ written: number }> {
  const items = collect(batch).filter(({ readings }) => readings.times.length > 0);
  const short = items.filter(({ readings }) => readings.times.length <= readingsPerTail);
  const others = items.filter(({ readings }) => readings.times.length > readingsPerTail);
  const rest = [...(short.length > 0 ? await appendToTails(pool, short) : []), ...others];
  let leftOut = 0;
  while (rest.length > 0) {
    const part: Item[] = [];
    for (let room = readingsPerTransaction; room > 0 && part.length < tagsPerTransaction && rest.length > 0;) {
      const item = rest.shift() as Item;
      part.push(item);
      room -= item.readings.times.length;
    }
    leftOut += await inTransaction(pool, (client) => merge(client, part));
  }
  return { written: items.reduce((sum, { readings }) => sum + readings.times.length, 0) - leftOut };
}
