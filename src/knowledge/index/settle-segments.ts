import type { Database } from "../../db/database.ts";
import { holdLock } from "../../db/hold-lock.ts";
import { joinSegments, removeUnseenSegments } from "./join-segments.ts";
import type { Segment } from "./join-segments.ts";

// Settling: live segments are packed into rows (term, segment) and small packed segments are joined, so that a
// search reads a few rows a term however the index grew. Searches see the index before or after, never between.

const packWhenChunks = 400;
const packWhenSegments = 48;
const fullSegment = 10_000;

/** The embedded database's one session takes a lock as often as asked: within a process they are told apart here. */
const underWay = new WeakSet<Database["pool"]>();

/**
 * Packs and joins what is due; `all` packs every live segment. Returns the number of segments written: none where
 * another settler is at work.
 */
export async function settleSegments(database: Database, options: { all?: boolean } = {}): Promise<number> {
  if (underWay.has(database.pool)) return 0;
  underWay.add(database.pool);
  const settle = async () => {
    await removeUnseenSegments(database);
    let written = 0;
    while (await settleOnce(database, options.all ?? false)) written += 1;
    return written;
  };
  try {
    return (await holdLock(database, "settling of segments", settle, { wait: false })) ?? 0;
  } finally {
    underWay.delete(database.pool);
  }
}

async function settleOnce(database: Database, all: boolean): Promise<boolean> {
  const { rows } = await database.pool.query<Segment>(
    `SELECT id, chunks, tokens, live IS NOT NULL AS "isLive" FROM bm25_segments ORDER BY id`,
  );
  const live = rows.filter((row) => row.isLive);
  const liveChunks = live.reduce((sum, row) => sum + row.chunks, 0);
  const due = all ? live.length > 0 : liveChunks >= packWhenChunks || live.length >= packWhenSegments;
  const chosen = due ? upTo(live, fullSegment) : smallPacked(rows.filter((row) => !row.isLive));
  if (chosen.length === 0) return false;
  await joinSegments(database, chosen);
  return true;
}

const upTo = <Row extends { chunks: number }>(rows: Row[], chunks: number): Row[] => {
  let sum = 0;
  return rows.filter((row) => (sum += row.chunks) <= chunks || sum === row.chunks);
};

/** Four small segments are joined; so is any pair that together stays half full. */
function smallPacked<Row extends { chunks: number }>(packed: Row[]): Row[] {
  const small = packed.filter((row) => row.chunks < fullSegment / 2).toSorted((a, b) => a.chunks - b.chunks);
  if (small.length >= 4) return upTo(small, fullSegment);
  const pair = small.slice(0, 2);
  return pair.length === 2 && pair[1]!.chunks < pair[0]!.chunks * 4 ? pair : [];
}
