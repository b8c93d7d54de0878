import type { Database } from "../../db/database.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { inSlices } from "./in-slices.ts";
import type { Slice } from "./in-slices.ts";
import { readLiveSegment } from "./live-segment.ts";
import { mergePostings } from "./postings.ts";
import { bumpVersion } from "./versions.ts";

// A segment of ten thousand chunks is sixty thousand rows: they are read, written and removed a little at a time, of a
// segment that nobody sees yet or any more.

/** `tokens` as the driver gives a bigint. */
export type Segment = { id: number; chunks: number; tokens: string; isLive: boolean };

const rowsAtOnce = 1_000;
/** Of so many chunks the lists are read at once. */
const chunksAtOnce = 1_000;

type Lists = Map<string, Uint8Array[]>;

/** Makes one packed segment of several, without the chunks that are dead. One of them gone meanwhile: of none. */
export async function joinSegments(database: Database, sources: Segment[]): Promise<void> {
  const { pool } = database;
  const ids = sources.map((segment) => segment.id);
  const tombstones = await pool.query<{ chunk_id: number }>(`SELECT chunk_id FROM bm25_tombstones`);
  const dead = new Set(tombstones.rows.map((row) => row.chunk_id));
  const lists = await readLists(database, sources);
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO all_bm25_segments (chunks, tokens, seen) VALUES (0, 0, false) RETURNING id`,
  );
  const made = rows[0]!.id;
  const buried = new Set<number>();
  await inSlices(database, postingSlices(made, lists, dead, buried));
  const chunks = sources.reduce((sum, segment) => sum + segment.chunks, 0);
  const tokens = sources.reduce((sum, segment) => sum + Number(segment.tokens), 0);
  const left = Math.max(chunks - buried.size, 0);
  // The dead chunks' own lengths are not kept; they are taken as average ones.
  const leftTokens = chunks === 0 ? 0 : Math.round((tokens * left) / chunks);
  await inTransaction(pool, async (client) => {
    const there = await client.query(`SELECT FROM all_bm25_segments WHERE id = ANY($1) AND seen FOR UPDATE`, [ids]);
    if (there.rowCount !== ids.length) return;
    await client.query(`UPDATE all_bm25_segments SET seen = false, body = NULL WHERE id = ANY($1)`, [ids]);
    await client.query(`UPDATE all_bm25_segments SET seen = true, chunks = $2, tokens = $3 WHERE id = $1`, [
      made,
      left,
      leftTokens,
    ]);
    if (buried.size > 0) await client.query(`DELETE FROM bm25_tombstones WHERE chunk_id = ANY($1)`, [[...buried]]);
    await bumpVersion(client);
  });
  await removeUnseenSegments(database);
}

/** Segments that were joined into others, or never became part of the index. Only for who settles. */
export async function removeUnseenSegments(database: Database): Promise<void> {
  // One of a body is its writer's.
  const { rows } = await database.pool.query<{ id: number; n: number }>(
    `SELECT s.id, (SELECT count(*)::int FROM all_bm25_postings p WHERE p.segment_id = s.id) AS n
     FROM all_bm25_segments s WHERE NOT s.seen AND s.body IS NULL`,
  );
  for (const { id, n } of rows) await inSlices(database, removal(id, n));
}

function* removal(segmentId: number, rows: number): Iterable<Slice> {
  for (let left = rows; left > 0; left -= rowsAtOnce)
    yield {
      text: `DELETE FROM all_bm25_postings WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM all_bm25_postings WHERE segment_id = $1 LIMIT ${rowsAtOnce}))`,
      values: [segmentId],
    };
  yield { text: `DELETE FROM all_bm25_segments WHERE id = $1 AND NOT seen`, values: [segmentId] };
}

async function readLists({ pool }: Database, sources: Segment[]): Promise<Lists> {
  const lists: Lists = new Map();
  const add = (term: string, data: Uint8Array) => {
    const list = lists.get(term);
    if (list) list.push(data);
    else lists.set(term, [data]);
  };
  for (const { id } of sources.filter((segment) => segment.isLive)) {
    const { rows } = await pool.query<{ live: Buffer }>(`SELECT live FROM bm25_segments WHERE id = $1`, [id]);
    if (rows[0]) for (const [term, list] of readLiveSegment(rows[0].live)) add(term, list.data);
  }
  for (const { id, chunks } of sources.filter((segment) => !segment.isLive)) {
    // A power of two: its bits say which part a term is of.
    const parts = 2 ** Math.ceil(Math.log2(Math.max(chunks / chunksAtOnce, 1)));
    for (let part = 0; part < parts; part += 1) {
      const { rows } = await pool.query<{ term: string; data: Buffer }>(
        `SELECT term, data FROM all_bm25_postings WHERE segment_id = $1 AND hashtext(term) & $2 = $3`,
        [id, parts - 1, part],
      );
      for (const row of rows) add(row.term, row.data);
    }
  }
  return lists;
}

/** `buried`: the dead chunks that were met. */
function* postingSlices(segmentId: number, lists: Lists, dead: Set<number>, buried: Set<number>): Iterable<Slice> {
  const isDead = (chunkId: number) => {
    if (!dead.has(chunkId)) return false;
    buried.add(chunkId);
    return true;
  };
  const text = `INSERT INTO all_bm25_postings (term, segment_id, n, data)
    SELECT term, $1, n, data FROM unnest($2::text[], $3::int[], $4::bytea[]) AS row (term, n, data)`;
  let [terms, ns, data]: [string[], number[], Buffer[]] = [[], [], []];
  for (const [term, of] of lists) {
    const merged = mergePostings(of, isDead);
    if (merged.n === 0) continue;
    terms.push(term);
    ns.push(merged.n);
    data.push(merged.data);
    if (terms.length < rowsAtOnce) continue;
    yield { text, values: [segmentId, terms, ns, data] };
    [terms, ns, data] = [[], [], []];
  }
  if (terms.length > 0) yield { text, values: [segmentId, terms, ns, data] };
}
