import { Client } from "pg";
import type { TagReadings } from "../../src/plant/plant-writer.ts";
import type { Tag } from "../../src/plant/sensor-store.ts";
import type { SourceDeps } from "../../src/plant/source.ts";
import { silentLogger } from "../../src/db/database.ts";
import type { TagSettings } from "../../src/plant/sensors/tag-settings.ts";

// A plant's own readings in Postgres, filled the way its historian would.

export const sourceDeps: SourceDeps = {
  logger: silentLogger,
  now: () => new Date("2026-03-10T00:00:00Z"),
  timeZone: "Asia/Seoul",
  mayReach: () => {},
};

export async function asOwner(url: string, text: string, values: unknown[] = []): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text, values);
  } finally {
    await client.end();
  }
}

/** A tag as the site file writes it. */
export function tagSettings(tag: Tag): TagSettings {
  const limits = {
    normal_low: tag.normalLow,
    normal_high: tag.normalHigh,
    alarm_low: tag.alarmLow,
    alarm_high: tag.alarmHigh,
  };
  const given = { name_ko: tag.nameKo, unit: tag.unit, ...limits };
  const kept = Object.entries(given).filter(([, value]) => value !== null);
  return { id: tag.id, equipment: tag.equipmentId, name: tag.name, aliases: tag.aliases, ...Object.fromEntries(kept) };
}

/** A long table; the last one written of an instant counts, as `seen` tells. */
export const longTable = `
  CREATE TABLE history (seen bigserial, tag text, at timestamptz, value double precision, quality text);
  CREATE INDEX ON history (tag, at);`;

export async function fillLong(url: string, batch: TagReadings[]): Promise<void> {
  for (const { tagId, times, values, qualities } of batch)
    await asOwner(
      url,
      `INSERT INTO history (tag, at, value, quality)
       SELECT $1, to_timestamp(u.ms / 1000.0), u.value, u.quality FROM unnest($2::numeric[], $3::float8[], $4::text[]) AS u(ms, value, quality)`,
      [
        tagId,
        times,
        values,
        times.map(
          (_, index) => ({ good: "Good", uncertain: "UNCERTAIN", bad: "no signal" })[qualities?.[index] ?? "good"],
        ),
      ],
    );
}

export const longReadings = {
  table: "history",
  time: "at",
  tag: "tag",
  value: "value",
  newest_by: "seen",
  quality: { column: "quality", good: ["good"], uncertain: ["uncertain"] },
};
