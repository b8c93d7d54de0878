import type { PlantWriter } from "../plant-writer.ts";
import type { RecordSetName, Row } from "../records.ts";
import { createWorld } from "./create-world.ts";
import type { PlantDescription } from "./description/plant-description.ts";
import { pastEpisodes } from "./episodes.ts";
import { happeningRows, masterRows } from "./plant-rows.ts";
import type { PlantRows } from "./plant-rows.ts";
import { readingsOf } from "./readings.ts";
import { sampleSource } from "./sample-source.ts";
import { createSetting, dayMs, hourMs, minuteMs } from "./world.ts";
import type { World } from "./world.ts";

export type LiveSampleOptions = {
  writer: PlantWriter;
  description: PlantDescription;
  seed: number;
  /** The `now` that the sample was written with. */
  startedAt: Date;
  /** The newest reading in the store; the gap since then is filled, two days of it at most. */
  resumeFrom?: Date;
  /** Spacing of live readings; 5 by default. */
  everySeconds?: number;
};

export type LiveSample = {
  /** Writes what has happened since the last tick: readings, and at most once a minute what began, ended or moved on. */
  tick(now: Date): Promise<LiveTick>;
};
export type LiveTick = { readings: number; rows: number };

const longestGapMs = 2 * dayMs;
/** Gaps longer than this are filled at each tag's own spacing. */
const coarseGapMs = 10 * minuteMs;
const refreshEveryMs = minuteMs;
const rowsRemembered = 20_000;

/** The sample plant going on while the server runs. One tick at a time; ticks that go back in time do nothing. */
export function createLiveSample(options: LiveSampleOptions): LiveSample {
  const { writer, description, seed, startedAt } = options;
  const everySeconds = options.everySeconds ?? 5;
  const past = pastEpisodes(createSetting(description, seed, startedAt));
  const told = new Map<string, string>();
  let readUntil = (options.resumeFrom ?? startedAt).getTime();
  let refreshedAt = 0;
  let world: World | null = null;
  let busy = false;

  async function writeReadings(current: World, nowMs: number): Promise<number> {
    const fromMs = Math.max(readUntil + 1, nowMs - longestGapMs);
    const coarse = nowMs - fromMs > coarseGapMs;
    const batch = current.lines.flatMap((line) =>
      line.model.tags.map((tag) =>
        readingsOf(current, line, tag, {
          fromMs,
          toMs: nowMs + 1,
          everySeconds: coarse ? tag.every_seconds : everySeconds,
        }),
      ),
    );
    const { written } = await writer.appendReadings(batch.filter((each) => each.times.length > 0));
    readUntil = nowMs;
    return written;
  }

  async function writeChanges(current: World, nowMs: number): Promise<number> {
    const since = Math.max(startedAt.getTime() - hourMs, nowMs - longestGapMs - dayMs);
    // Forgetting costs one more look of the store at rows that it has already.
    if (told.size > rowsRemembered) told.clear();
    const sets = happeningRows(current, nowMs, since);
    let count = 0;
    for (const [name, rows] of Object.entries(sets) as [RecordSetName, PlantRows[RecordSetName] & object][]) {
      const fresh = rows.filter((row) => touches(row, since)).filter((row) => isNew(told, name, row));
      if (fresh.length > 0) await writer.upsert(name, sampleSource, fresh);
      count += fresh.length;
    }
    return count;
  }

  /** A newer Sunbae may describe machines and sensors that were not there when the sample was written. */
  async function writeMasterData(current: World): Promise<void> {
    for (const [name, rows] of Object.entries(masterRows(current)) as [
      RecordSetName,
      PlantRows[RecordSetName] & object,
    ][])
      await writer.upsert(name, sampleSource, rows);
  }

  return {
    async tick(now) {
      const nowMs = now.getTime();
      if (busy || nowMs <= readUntil) return { readings: 0, rows: 0 };
      busy = true;
      try {
        const due = nowMs - refreshedAt >= refreshEveryMs;
        const first = world === null;
        if (!world || due) world = createWorld(description, seed, startedAt, new Date(nowMs + hourMs), past);
        if (first) await writeMasterData(world);
        const readings = await writeReadings(world, nowMs);
        const rows = due ? await writeChanges(world, nowMs) : 0;
        if (due) refreshedAt = nowMs;
        return { readings, rows };
      } finally {
        busy = false;
      }
    },
  };
}

/** Whether a row has to do with the time since then: it began, ended or is planned later, or has no time of its own. */
function touches(row: Row, sinceMs: number): boolean {
  const times = Object.values(row).filter((value) => value instanceof Date);
  if (times.length === 0 || ("ended_at" in row && row.ended_at === null)) return true;
  if ("finished_at" in row && row.finished_at === null) return true;
  return times.some((time) => time.getTime() >= sinceMs);
}

function isNew(told: Map<string, string>, name: string, row: Row): boolean {
  const key = `${name}/${String(row.id)}`;
  const text = JSON.stringify(row);
  if (told.get(key) === text) return false;
  told.set(key, text);
  return true;
}
