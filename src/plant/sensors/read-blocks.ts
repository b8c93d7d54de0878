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
 * Which blocks are unpacked though they lie wholly within the span: "every" one, those that reach over the border of
 * buckets of `bucketMs`, or one in so many. Blocks at the ends of the span always are.
 */
export type Unpack = { bucketMs: number } | { oneIn: number };

const blocksPerPage = 400;

type Row = { kind: string; first_ms: string; last_ms: string; data: Buffer | null } & Summary;

/** Roll-ups, blocks in the order of time, and the tail. In one statement: a turn asks for dozens. */
const page = (unpack: string) => `
  SELECT 'block' AS kind, first_ms, last_ms, count, min, max, mean, m2, uncertain, bad,
    CASE WHEN first_ms < $2::bigint OR last_ms >= $3::bigint OR ${unpack} THEN data END AS data
  FROM (
    SELECT * FROM reading_blocks WHERE tag_id = $1 AND last_ms >= $2::bigint AND first_ms < $3::bigint
      AND first_ms >= coalesce((SELECT max(first_ms) FROM reading_blocks WHERE tag_id = $1 AND first_ms <= $2::bigint), $2::bigint)
    ORDER BY first_ms LIMIT ${blocksPerPage}
  ) b
  UNION ALL SELECT 'tail', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, tail
    FROM latest_readings WHERE tag_id = $1 AND at_ms >= $2::bigint
  UNION ALL SELECT 'rollup', part, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, data
    FROM reading_rollups WHERE tag_id = $1 AND last_ms >= $2::bigint AND first_ms < $3::bigint
  ORDER BY 1, 2`;

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
    const blocks = rows.filter((row) => row.kind === "block");
    if (tail === undefined) for (const row of rows) if (row.kind === "rollup") yield* rolledUp(row, span);
    tail ??= rows.find((row) => row.kind === "tail")?.data ?? null;
    full = blocks.length === blocksPerPage;
    for (const { data, first_ms: first, last_ms: end, ...summary } of blocks) {
      if (data) yield { summary: null, readings: clipReadings(decodeReadings(data), { from, to: span.to }) };
      else yield { summary, at: Number(first), until: Number(end), rolledUp: false, readings: null };
      from = Number(end) + 1;
    }
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
