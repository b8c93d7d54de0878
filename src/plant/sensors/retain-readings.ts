import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { inTransaction } from "../../db/in-transaction.ts";
import { createMachineFilter } from "../site/machine-glob.ts";
import { concatReadings } from "./merge-readings.ts";
import { decodeReadings } from "./reading-codec.ts";
import type { RetentionRule } from "./retention-settings.ts";
import { combineHours, decodeHours, encodeHours, hourMs, partOf, summarizeHours, type Hours } from "./rollup-codec.ts";

/** Blocks in one transaction: some ten milliseconds, as the embedded database serves nobody else meanwhile. */
const blocksPerSlice = 12;
const dayMs = 24 * hourMs;

/** `readings` were rolled up; `more`: the time was over before all were. */
export type Retained = { readings: number; tags: number; more: boolean };
export type RetainOptions = {
  now: Date;
  /** How long to work, pauses included. */
  budgetMs?: number;
  /** Between two slices, so that questions come in between. */
  pauseMs?: number;
  signal?: AbortSignal;
};

/**
 * Puts readings that are older than their rule keeps them into hourly roll-ups, whole blocks only, oldest first; the
 * newest hundred or so of a tag always stay. Without rules nothing happens. May be stopped and run again at any time.
 */
export async function retainReadings(pool: pg.Pool, rules: RetentionRule[], options: RetainOptions): Promise<Retained> {
  const { now, budgetMs = 5_000, pauseMs = 20, signal } = options;
  const until = performance.now() + budgetMs;
  const retained: Retained = { readings: 0, tags: 0, more: false };
  if (rules.length === 0) return retained;
  for (const { tagId, before } of await findExpired(pool, rules, now)) {
    retained.tags++;
    for (let full = true; full;) {
      if (performance.now() > until || signal?.aborted) return { ...retained, more: true };
      const slice = await inTransaction(pool, (client) => rollUpSlice(client, tagId, before));
      retained.readings += slice.readings;
      full = slice.blocks === blocksPerSlice;
      await sleep(pauseMs);
    }
  }
  return retained;
}

/** Tags with a block wholly before the whole hour up to which their rule keeps. Of two sources' rules the longer holds. */
async function findExpired(
  pool: pg.Pool,
  rules: RetentionRule[],
  now: Date,
): Promise<{ tagId: string; before: number }[]> {
  const checks = rules.map((rule) => ({
    ofSource: rule.sources ? createMachineFilter(rule.sources) : () => true,
    ofTag: rule.tags ? createMachineFilter(rule.tags) : () => true,
    days: rule.keep_days,
  }));
  const { rows } = await pool.query<{ id: string; source: string }>("SELECT id, source FROM tags");
  const keptDays = new Map<string, number>();
  for (const { id, source } of rows) {
    const days = checks.find((one) => one.ofSource(source) && one.ofTag(id))?.days ?? Infinity;
    keptDays.set(id, Math.max(days, keptDays.get(id) ?? 0));
  }
  const tags = [...keptDays]
    .filter(([, days]) => days !== Infinity)
    .map(([tagId, days]) => ({ tagId, before: Math.floor((now.getTime() - days * dayMs) / hourMs) * hourMs }));
  const expired = await pool.query<{ tag_id: string }>(
    `SELECT u.tag_id FROM unnest($1::text[], $2::bigint[]) AS u(tag_id, before), LATERAL (
       SELECT last_ms FROM reading_blocks WHERE tag_id = u.tag_id ORDER BY first_ms LIMIT 1
     ) b WHERE b.last_ms < u.before`,
    [tags.map((tag) => tag.tagId), tags.map((tag) => tag.before)],
  );
  const found = new Set(expired.rows.map((row) => row.tag_id));
  return tags.filter((tag) => found.has(tag.tagId));
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
