import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { inTransaction } from "../../db/in-transaction.ts";
import { createMachineFilter } from "../site/machine-glob.ts";
import { concatReadings } from "./merge-readings.ts";
import { decodeReadings } from "./reading-codec.ts";
import type { RetentionSettings } from "./retention-settings.ts";
import { combineHours, decodeHours, encodeHours, hourMs, partOf, summarizeHours, type Hours } from "./rollup-codec.ts";

/** Blocks in one transaction: some ten milliseconds, as the embedded database serves nobody else meanwhile. */
const blocksPerSlice = 12;
const dayMs = 24 * hourMs;

/** `readings` were rolled up, `removed` are those whose roll-ups went; `more`: the time was over before all were. */
export type Retained = { readings: number; removed: number; more: boolean };
/** From when on (epoch milliseconds, a whole hour) a tag's readings and its roll-ups are kept. */
type Kept = { tagId: string; raw: number; hourly: number };
export type RetainOptions = {
  now: Date;
  /** How long to work, pauses included. */
  budgetMs?: number;
  /** Between two slices, so that questions come in between. */
  pauseMs?: number;
  signal?: AbortSignal;
};

/**
 * Puts readings that are older than they are kept into hourly roll-ups, whole blocks only, oldest first, and removes
 * roll-ups that are; the newest hundred or so readings of a tag always stay. Where nothing is said nothing happens. May
 * be stopped and run again at any time.
 */
export async function retainReadings(
  pool: pg.Pool,
  settings: RetentionSettings,
  options: RetainOptions,
): Promise<Retained> {
  const { now, budgetMs = 5_000, pauseMs = 20, signal } = options;
  const until = performance.now() + budgetMs;
  const retained: Retained = { readings: 0, removed: 0, more: false };
  const kept = await keptTimes(pool, settings, now);
  for (const { tagId, raw } of await withExpiredBlocks(pool, kept)) {
    for (let full = true; full;) {
      if (performance.now() > until || signal?.aborted) return { ...retained, more: true };
      const slice = await inTransaction(pool, (client) => rollUpSlice(client, tagId, raw));
      retained.readings += slice.readings;
      full = slice.blocks === blocksPerSlice;
      await sleep(pauseMs);
    }
  }
  return { ...retained, removed: await removeRollups(pool, kept) };
}

/** Of tags that are not all kept for ever. Of the rules of two sources of one tag the longer holds. */
async function keptTimes(pool: pg.Pool, { rules = [], ...all }: RetentionSettings, now: Date): Promise<Kept[]> {
  const checks = [...rules, { ...all, sources: undefined, tags: undefined }].map((rule) => ({
    fits: [rule.sources, rule.tags].map((patterns) => (patterns ? createMachineFilter(patterns) : () => true)),
    raw: rule.raw_days ?? Infinity,
    hourly: rule.hourly_days ?? Infinity,
  }));
  if (checks.every((check) => check.raw === Infinity)) return [];
  const { rows } = await pool.query<{ id: string; source: string }>("SELECT id, source FROM tags");
  const kept = new Map<string, Kept>();
  const since = (days: number) => Math.floor((now.getTime() - days * dayMs) / hourMs) * hourMs;
  for (const { id, source } of rows) {
    const check = checks.find(({ fits }) => fits[0]?.(source) && fits[1]?.(id));
    const [raw, hourly] = [since(check?.raw ?? Infinity), since(check?.hourly ?? Infinity)];
    const other = kept.get(id) ?? { raw, hourly };
    kept.set(id, { tagId: id, raw: Math.min(raw, other.raw), hourly: Math.min(hourly, other.hourly) });
  }
  return [...kept.values()].filter(({ raw }) => raw > -Infinity);
}

async function withExpiredBlocks(pool: pg.Pool, kept: Kept[]): Promise<Kept[]> {
  if (kept.length === 0) return [];
  const { rows } = await pool.query<{ tag_id: string }>(
    `SELECT u.tag_id FROM unnest($1::text[], $2::bigint[]) AS u(tag_id, before), LATERAL (
       SELECT last_ms FROM reading_blocks WHERE tag_id = u.tag_id ORDER BY first_ms LIMIT 1
     ) b WHERE b.last_ms < u.before`,
    [kept.map((tag) => tag.tagId), kept.map((tag) => tag.raw)],
  );
  const found = new Set(rows.map((row) => row.tag_id));
  return kept.filter((tag) => found.has(tag.tagId));
}

/** A week is a row: few at a time are ever old enough. Returns how many readings nothing is kept of any more. */
async function removeRollups(pool: pg.Pool, kept: Kept[]): Promise<number> {
  const some = kept.filter(({ hourly }) => hourly > -Infinity);
  if (some.length === 0) return 0;
  const { rows } = await pool.query<{ removed: number }>(
    `WITH gone AS (DELETE FROM reading_rollups r USING unnest($1::text[], $2::bigint[]) AS u(tag_id, before)
       WHERE r.tag_id = u.tag_id AND r.last_ms < u.before RETURNING r.readings)
     SELECT coalesce(sum(readings), 0)::float8 AS removed FROM gone`,
    [some.map((tag) => tag.tagId), some.map((tag) => tag.hourly)],
  );
  return rows[0]?.removed ?? 0;
}

async function rollUpSlice(client: pg.PoolClient, tagId: string, before: number) {
  // Writers of the tag hold this row: nothing is merged into a block that goes.
  await client.query("SELECT FROM latest_readings WHERE tag_id = $1 FOR UPDATE", [tagId]);
  const { rows: blocks } = await client.query<{ first_ms: string; last_ms: string; data: Buffer }>(
    `SELECT first_ms, last_ms, data FROM reading_blocks WHERE tag_id = $1 AND last_ms < $2 ORDER BY first_ms LIMIT ${blocksPerSlice}`,
    [tagId, before],
  );
  if (blocks.length === 0) return { blocks: 0, readings: 0 };
  const readings = concatReadings(blocks.map((block) => decodeReadings(block.data)));
  const parts = new Map<number, Hours>();
  for (const [hour, summary] of summarizeHours(readings)) {
    const hours = parts.get(partOf(hour)) ?? new Map();
    parts.set(partOf(hour), hours.set(hour, summary));
  }
  const { rows: former } = await client.query<{ part: number; data: Buffer }>(
    "SELECT part, data FROM reading_rollups WHERE tag_id = $1 AND part = ANY($2)",
    [tagId, [...parts.keys()]],
  );
  for (const { part, data } of former)
    parts.set(part, combineHours(decodeHours(part, data), parts.get(part) ?? new Map()));
  for (const [part, hours] of parts) await writePart(client, tagId, part, hours);
  await client.query("DELETE FROM reading_blocks WHERE tag_id = $1 AND first_ms = ANY($2)", [
    tagId,
    blocks.map((block) => block.first_ms),
  ]);
  return { blocks: blocks.length, readings: readings.times.length };
}

async function writePart(client: pg.PoolClient, tagId: string, part: number, hours: Hours): Promise<void> {
  const all = [...hours.keys()];
  const readings = [...hours.values()].reduce((sum, { count, bad }) => sum + count + bad, 0);
  await client.query(
    `INSERT INTO reading_rollups (tag_id, part, first_ms, last_ms, readings, data) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (tag_id, part) DO UPDATE SET first_ms = excluded.first_ms, last_ms = excluded.last_ms,
       readings = excluded.readings, data = excluded.data`,
    [tagId, part, Math.min(...all) * hourMs, (Math.max(...all) + 1) * hourMs - 1, readings, encodeHours(hours)],
  );
}
