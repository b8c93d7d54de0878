import type pg from "pg";
import type { Database } from "../../db/database.ts";
import { bumpVersion } from "./versions.ts";
import { readLiveSegment } from "./live-segment.ts";
import { mergePostings } from "./postings.ts";

// Settling: live segments are packed into rows (term, segment) and small packed segments are joined, so that a
// search reads a few rows a term however the index grew. Searches see the index before or after, never between.

const packWhenChunks = 400;
const packWhenSegments = 48;
const fullSegment = 10_000;
const rowsAtOnce = 4_000;

type SegmentRow = { id: number; chunks: number; tokens: string; live: Buffer | null };

/** Packs and joins what is due; `all` packs every live segment. Returns the number of segments written. */
export async function settleSegments(database: Database, options: { all?: boolean } = {}): Promise<number> {
  let written = 0;
  while (await settleOnce(database, options.all ?? false)) written += 1;
  return written;
}

async function settleOnce(database: Database, all: boolean): Promise<boolean> {
  const client = await database.pool.connect();
  try {
    await client.query("BEGIN");
    const done = await settle(client, all);
    await client.query(done ? "COMMIT" : "ROLLBACK");
    return done;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function settle(client: pg.PoolClient, all: boolean): Promise<boolean> {
  // One settler at a time; another one's absence of this row means that it is at work.
  const lock = await client.query(`SELECT 1 FROM knowledge_state WHERE name = 'settling' FOR UPDATE SKIP LOCKED`);
  if (lock.rowCount === 0) return false;
  const { rows } = await client.query<Omit<SegmentRow, "live"> & { is_live: boolean }>(
    `SELECT id, chunks, tokens, live IS NOT NULL AS is_live FROM bm25_segments ORDER BY id`,
  );
  const live = rows.filter((row) => row.is_live);
  const liveChunks = live.reduce((sum, row) => sum + row.chunks, 0);
  const due = all ? live.length > 0 : liveChunks >= packWhenChunks || live.length >= packWhenSegments;
  const chosen = due ? upTo(live, fullSegment) : smallPacked(rows.filter((row) => !row.is_live));
  if (chosen.length === 0) return false;
  await join(
    client,
    chosen.map((row) => row.id),
  );
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

async function join(client: pg.PoolClient, ids: number[]): Promise<void> {
  const { rows: segments } = await client.query<SegmentRow>(
    `SELECT id, chunks, tokens, live FROM bm25_segments WHERE id = ANY($1) ORDER BY id FOR UPDATE`,
    [ids],
  );
  const tombstones = await client.query<{ chunk_id: number }>(`SELECT chunk_id FROM bm25_tombstones`);
  const deleted = new Set(tombstones.rows.map((row) => row.chunk_id));
  const lists = new Map<string, Uint8Array[]>();
  const add = (term: string, data: Uint8Array) => {
    const list = lists.get(term);
    if (list) list.push(data);
    else lists.set(term, [data]);
  };
  for (const segment of segments) {
    if (segment.live) for (const [term, list] of readLiveSegment(segment.live)) add(term, list.data);
  }
  const packed = segments.filter((segment) => !segment.live).map((segment) => segment.id);
  if (packed.length > 0) {
    const { rows } = await client.query<{ term: string; data: Buffer }>(
      `SELECT term, data FROM bm25_postings WHERE segment_id = ANY($1) ORDER BY segment_id`,
      [packed],
    );
    for (const row of rows) add(row.term, row.data);
  }
  const gone = new Set<number>();
  const isDeleted = (chunkId: number) => {
    if (!deleted.has(chunkId)) return false;
    gone.add(chunkId);
    return true;
  };
  const chunks = segments.reduce((sum, segment) => sum + segment.chunks, 0);
  const tokens = segments.reduce((sum, segment) => sum + Number(segment.tokens), 0);
  const { rows: created } = await client.query<{ id: number }>(
    `INSERT INTO bm25_segments (chunks, tokens) VALUES ($1, $2) RETURNING id`,
    [chunks, tokens],
  );
  const segmentId = created[0]!.id;
  let batch: { terms: string[]; ns: number[]; data: Buffer[] } = { terms: [], ns: [], data: [] };
  const write = async () => {
    if (batch.terms.length === 0) return;
    await client.query(
      `INSERT INTO bm25_postings (term, segment_id, n, data)
       SELECT term, $1, n, data FROM unnest($2::text[], $3::int[], $4::bytea[]) AS row (term, n, data)`,
      [segmentId, batch.terms, batch.ns, batch.data],
    );
    batch = { terms: [], ns: [], data: [] };
  };
  for (const [term, data] of lists) {
    const merged = mergePostings(data, isDeleted);
    if (merged.n === 0) continue;
    batch.terms.push(term);
    batch.ns.push(merged.n);
    batch.data.push(merged.data);
    if (batch.terms.length >= rowsAtOnce) await write();
  }
  await write();
  await client.query(`DELETE FROM bm25_segments WHERE id = ANY($1)`, [ids]);
  if (gone.size > 0) {
    const left = chunks - gone.size;
    // The dead chunks' own lengths are not kept; they are taken as average ones.
    const share = chunks === 0 ? 0 : Math.max(left, 0) / chunks;
    await client.query(`UPDATE bm25_segments SET chunks = $2, tokens = $3 WHERE id = $1`, [
      segmentId,
      Math.max(left, 0),
      Math.round(tokens * share),
    ]);
    await client.query(`DELETE FROM bm25_tombstones WHERE chunk_id = ANY($1)`, [[...gone]]);
  }
  await bumpVersion(client);
}
