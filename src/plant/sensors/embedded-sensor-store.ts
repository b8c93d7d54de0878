import type { Database } from "../../db/database.ts";
import type { SensorStore, Tag, WindowSummary } from "../sensor-store.ts";
import { decodeTail, qualityNames } from "./merge-readings.ts";
import { readStretches } from "./read-blocks.ts";
import { combineSummaries, emptySummary, quantiles, summarizeUsable, usableReadings } from "./summary.ts";
import { checkSpan, createWindowPoints, type Span } from "./window-points.ts";
import { windowSummary } from "./window-summary.ts";

type TagRow = {
  id: string;
  equipment_id: string | null;
  name: string | null;
  name_ko: string | null;
  aliases: string[] | null;
  unit: string | null;
  normal_low: number | null;
  normal_high: number | null;
  alarm_low: number | null;
  alarm_high: number | null;
  source: string;
};

function toTag(row: TagRow): Tag {
  return {
    id: row.id,
    equipmentId: row.equipment_id ?? "",
    name: row.name ?? row.name_ko ?? row.id,
    nameKo: row.name_ko,
    aliases: row.aliases ?? [],
    unit: row.unit,
    normalLow: row.normal_low,
    normalHigh: row.normal_high,
    alarmLow: row.alarm_low,
    alarmHigh: row.alarm_high,
    source: row.source,
  };
}

/** The readings in Sunbae's own database, packed in blocks; see src/db/schema/plant/readings.ts. */
export function createEmbeddedSensorStore(
  { pool }: Pick<Database, "pool">,
  /** Up to here the quantiles of `summarize` are exact; beyond, they are those of every n-th block. */
  { exactReadings = 500_000 } = {},
): SensorStore {
  async function summarizeTag(tagId: string, span: Span): Promise<WindowSummary> {
    const { rows } = await pool.query<{ count: number }>(
      `SELECT coalesce(sum(count), 0)::float8 AS count FROM reading_blocks WHERE tag_id = $1 AND last_ms >= $2 AND first_ms < $3`,
      [tagId, span.from, span.to],
    );
    const oneIn = Math.max(1, Math.ceil((rows[0]?.count ?? 0) / exactReadings));
    let summary = emptySummary;
    let first = Infinity;
    let last = -Infinity;
    const reach = (from: number | undefined, until: number | undefined) => {
      first = Math.min(first, from ?? Infinity);
      last = Math.max(last, until ?? -Infinity);
    };
    const unpacked: Float64Array[] = [];
    const hourly: number[] = [];
    for await (const stretch of readStretches(pool, tagId, span, { oneIn })) {
      if (stretch.summary) {
        summary = combineSummaries(summary, stretch.summary);
        if (stretch.summary.count === 0) continue;
        reach(stretch.at, stretch.until);
        if (stretch.rolledUp) hourly.push(stretch.summary.mean);
        continue;
      }
      const usable = usableReadings(stretch.readings);
      reach(usable.times[0], usable.times.at(-1));
      summary = combineSummaries(summary, summarizeUsable(usable));
      unpacked.push(usable.values);
    }
    const count = unpacked.reduce((sum, values) => sum + values.length, 0);
    // Where only roll-ups are left, the quantiles are those of the hours' means.
    if (count === 0) unpacked.push(Float64Array.from(hourly));
    const sample = new Float64Array(count === 0 ? hourly.length : count);
    let at = 0;
    for (const values of unpacked) {
      sample.set(values, at);
      at += values.length;
    }
    const [from, until] = summary.count > 0 ? [first, last] : [null, null];
    return windowSummary(tagId, summary, from, until, quantiles(sample, [0.05, 0.5, 0.95]));
  }

  return {
    async tags(equipmentId) {
      const { rows } = await pool.query<TagRow>(
        `SELECT * FROM tags WHERE $1::text IS NULL OR equipment_id = $1 ORDER BY id COLLATE "C", source COLLATE "C"`,
        [equipmentId ?? null],
      );
      return rows.map(toTag);
    },

    async latest(tagIds) {
      const { rows } = await pool.query<{ tag_id: string; at_ms: string; value: number; quality: number }>(
        `SELECT l.tag_id, l.at_ms, l.value, l.quality FROM unnest($1::text[]) WITH ORDINALITY AS u(tag_id, place)
         JOIN latest_readings l ON l.tag_id = u.tag_id WHERE l.at_ms IS NOT NULL ORDER BY u.place`,
        [tagIds],
      );
      return rows.map((row) => ({
        tagId: row.tag_id,
        at: new Date(Number(row.at_ms)),
        value: row.value,
        quality: qualityNames[row.quality] ?? "good",
      }));
    },

    async window({ tagId, from, to, maxPoints }) {
      const span = checkSpan({ from, to });
      const points = createWindowPoints(span, maxPoints);
      for await (const stretch of readStretches(pool, tagId, span, { bucketMs: points.width })) {
        if (stretch.summary) points.addSummary(stretch.at, stretch.summary);
        else points.addReadings(stretch.readings);
      }
      return points.points();
    },

    async summarize({ tagIds, from, to }) {
      const span = checkSpan({ from, to });
      const summaries: WindowSummary[] = [];
      for (const tagId of tagIds) summaries.push(await summarizeTag(tagId, span));
      return summaries;
    },

    async coverage(tagIds) {
      const { rows } = await pool.query<{
        tag_id: string;
        at_ms: string;
        tail: Buffer;
        first: number | null;
        count: number;
      }>(
        `SELECT l.tag_id, l.at_ms, l.tail, least(b.first, r.first) AS first, b.count + r.count AS count
         FROM unnest($1::text[]) WITH ORDINALITY AS u(tag_id, place) JOIN latest_readings l ON l.tag_id = u.tag_id,
         LATERAL (SELECT min(first_ms)::float8 AS first, coalesce(sum(count + bad), 0)::float8 AS count
           FROM reading_blocks WHERE tag_id = l.tag_id) b,
         LATERAL (SELECT min(first_ms)::float8 AS first, coalesce(sum(readings), 0)::float8 AS count
           FROM reading_rollups WHERE tag_id = l.tag_id) r
         WHERE l.at_ms IS NOT NULL ORDER BY u.place`,
        [tagIds],
      );
      return rows.map((row) => {
        const tail = decodeTail(row.tail);
        const from = new Date(row.first ?? tail.times[0] ?? 0);
        return { tagId: row.tag_id, from, to: new Date(Number(row.at_ms)), count: row.count + tail.times.length };
      });
    },
  };
}
