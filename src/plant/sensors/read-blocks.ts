import type pg from "pg";
import { decodeTail } from "./merge-readings.ts";
import { decodeReadings, type Readings } from "./reading-codec.ts";
import type { Summary } from "./summary.ts";
import { clipReadings, type Span } from "./window-points.ts";

/** A stretch of a tag's readings within the span: unpacked, or as summary alone where that was enough. */
export type Stretch =
  | { summary: Summary; at: number; until: number; readings: null }
  | { summary: null; readings: Readings };

/**
 * Which blocks are unpacked though they lie wholly within the span: "every" one, those that reach over the border of
 * buckets of `bucketMs`, or one in so many. Blocks at the ends of the span always are.
 */
export type Unpack = { bucketMs: number } | { oneIn: number };

const blocksPerPage = 400;

type Row = { first_ms: string | null; last_ms: string | null; data: Buffer | null } & Summary;

/** Blocks in the order of time, then the tail, as the row without a time. In one statement: a turn asks for dozens. */
const page = (unpack: string) => `
  SELECT first_ms, last_ms, count, min, max, mean, m2, uncertain, bad,
    CASE WHEN first_ms < $2::bigint OR last_ms >= $3::bigint OR ${unpack} THEN data END AS data
  FROM (
    SELECT * FROM reading_blocks WHERE tag_id = $1 AND last_ms >= $2::bigint AND first_ms < $3::bigint
      AND first_ms >= coalesce((SELECT max(first_ms) FROM reading_blocks WHERE tag_id = $1 AND first_ms <= $2::bigint), $2::bigint)
    ORDER BY first_ms LIMIT ${blocksPerPage}
  ) b
  UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, tail FROM latest_readings WHERE tag_id = $1 AND at_ms >= $2::bigint
  ORDER BY first_ms NULLS LAST`;

const byBucket = page("(first_ms - $4::bigint) / $5::bigint <> (last_ms - $4::bigint) / $5::bigint");
const byShare = page("hashint8(first_ms) % $4::int = 0");

/** A tag's readings in the order of time. The first tail is given last: what moves meanwhile is seen once. */
export async function* readStretches(
  pool: pg.Pool,
  tagId: string,
  span: Span,
  unpack: Unpack,
): AsyncGenerator<Stretch> {
  let { from } = span;
  let tail: Buffer | null | undefined;
  const [text, choice] = "bucketMs" in unpack ? [byBucket, [span.from, unpack.bucketMs]] : [byShare, [unpack.oneIn]];
  for (let full = true; full && from < span.to;) {
    const { rows } = await pool.query<Row>(text, [tagId, from, span.to, ...choice]);
    const blocks = rows.filter((row) => row.first_ms !== null);
    tail ??= rows.find((row) => row.first_ms === null)?.data ?? null;
    full = blocks.length === blocksPerPage;
    for (const { data, first_ms: first, last_ms: end, ...summary } of blocks) {
      if (data) yield { summary: null, readings: clipReadings(decodeReadings(data), { from, to: span.to }) };
      else yield { summary, at: Number(first), until: Number(end), readings: null };
      from = Number(end) + 1;
    }
  }
  if (tail) yield { summary: null, readings: clipReadings(decodeTail(tail), { from, to: span.to }) };
}
