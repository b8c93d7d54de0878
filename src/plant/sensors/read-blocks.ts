import type pg from "pg";
import { decodeTail } from "./merge-readings.ts";
import { decodeReadings, type Readings } from "./reading-codec.ts";
import { decodeHours, hourMs } from "./rollup-codec.ts";
import type { Summary } from "./summary.ts";
import { clipReadings, type Span } from "./window-points.ts";

/**
 * A stretch of a tag's readings within the span: unpacked, or as summary alone where that was enough or where
 * (`rolledUp`) no more is kept.
 */
export type Stretch =
  | { summary: Summary; at: number; until: number; rolledUp: boolean; readings: null }
  | { summary: null; readings: Readings };

/**
 * Which blocks are unpacked though they lie wholly within the span: those that reach over the border of buckets of
 * `bucketMs`, or one in so many. Blocks at the ends of the span always are; the others are summed up, by bucket.
 */
export type Unpack = { bucketMs: number } | { oneIn: number };

/** At most 10 MB of packed readings. */
const blocksPerPage = 2_000;

type Row = { kind: string; first_ms: string | null; last_ms: string | null; data: Buffer | null } & Summary;

/**
 * Roll-ups (first_ms: their part), blocks that are unpacked, the others by bucket, how far the page came (count: of how
 * many blocks), and the tail. In one statement: a turn asks for dozens. Sums of squares as in combineSummaries.
 */
const page = (bucket: string, unpack: string) => `
  WITH page AS MATERIALIZED (
    SELECT *, ${bucket} AS bucket, first_ms < $2::bigint OR last_ms >= $3::bigint OR ${unpack} AS unpacked
    FROM reading_blocks WHERE tag_id = $1 AND last_ms >= $2::bigint AND first_ms < $3::bigint
      AND first_ms >= coalesce((SELECT max(first_ms) FROM reading_blocks WHERE tag_id = $1 AND first_ms <= $2::bigint), $2::bigint)
    ORDER BY first_ms LIMIT ${blocksPerPage}
  ), buckets AS (
    SELECT bucket, sum(count * mean) / nullif(sum(count), 0) AS mean FROM page WHERE NOT unpacked GROUP BY bucket
  )
  SELECT 'block' AS kind, first_ms, last_ms, NULL::float8 AS count, NULL::float8 AS min, NULL::float8 AS max,
    NULL::float8 AS mean, NULL::float8 AS m2, NULL::float8 AS uncertain, NULL::float8 AS bad, data FROM page WHERE unpacked
  UNION ALL SELECT 'bucket', min(first_ms), max(last_ms), sum(p.count)::float8, min(p.min) FILTER (WHERE p.count > 0),
    max(p.max) FILTER (WHERE p.count > 0), min(b.mean), sum(p.m2 + p.count * (p.mean - b.mean) ^ 2),
    sum(p.uncertain)::float8, sum(p.bad)::float8, NULL
    FROM page p JOIN buckets b USING (bucket) WHERE NOT unpacked GROUP BY bucket
  UNION ALL SELECT 'page', NULL, max(last_ms), count(*), NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM page
  UNION ALL SELECT 'rollup', part, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, data
    FROM reading_rollups WHERE tag_id = $1 AND last_ms >= $2::bigint AND first_ms < $3::bigint
  UNION ALL SELECT 'tail', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, tail
    FROM latest_readings WHERE tag_id = $1 AND at_ms >= $2::bigint
  ORDER BY 2 NULLS LAST`;

const byBucket = page(
  "(first_ms - $4::bigint) / $5::bigint",
  "(first_ms - $4::bigint) / $5::bigint <> (last_ms - $4::bigint) / $5::bigint",
);
const byShare = page("0", "hashint8(first_ms) % $4::int = 0");

/**
 * A tag's readings, roll-ups first, of the others nearly in the order of time. The first tail is given last: what moves
 * meanwhile is seen once.
 */
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
    const isFirst = tail === undefined;
    let next = from;
    full = false;
    for (const row of rows) {
      const { kind, first_ms: first, last_ms: last, data, ...summary } = row;
      if (kind === "rollup" && isFirst) yield* rolledUp(row, span);
      else if (kind === "block" && data)
        yield { summary: null, readings: clipReadings(decodeReadings(data), { from, to: span.to }) };
      else if (kind === "bucket")
        yield { summary, at: Number(first), until: Number(last), rolledUp: false, readings: null };
      else if (kind === "tail") tail ??= data;
      else if (kind === "page") {
        full = summary.count === blocksPerPage;
        if (last !== null) next = Number(last) + 1;
      }
    }
    tail ??= null;
    from = next;
  }
  if (tail) yield { summary: null, readings: clipReadings(decodeTail(tail), { from, to: span.to }) };
}

/** An hour is in the span where its middle is: of its single readings nobody knows. */
function* rolledUp({ first_ms: part, data }: Row, span: Span): Generator<Stretch> {
  for (const [hour, summary] of decodeHours(Number(part), data ?? Buffer.alloc(0))) {
    const middle = (hour + 0.5) * hourMs;
    if (middle < span.from || middle >= span.to) continue;
    const at = Math.max(hour * hourMs, span.from);
    const until = Math.min((hour + 1) * hourMs, span.to) - 1;
    yield { summary, at, until, rolledUp: true, readings: null };
  }
}
