import { Client } from "pg";
import type { TagReadings } from "../../src/plant/plant-writer.ts";

// A plant's own readings in Postgres, filled the way its historian would.

export async function asOwner(url: string, text: string, values: unknown[] = []): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text, values);
  } finally {
    await client.end();
  }
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
