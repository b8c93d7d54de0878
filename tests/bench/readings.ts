import { createEmbeddedPlantWriter } from "../../src/plant/embedded-plant-writer.ts";
import { createEmbeddedSensorStore } from "../../src/plant/sensors/embedded-sensor-store.ts";
import { openTestDatabase } from "../support/database.ts";
import { percentile, type Measurement } from "./measurement.ts";

// The budgets of DESIGN.md on readings: 20,000 written live a second, a day by minutes over 10 M readings in 60 ms.

const second = 1_000;
const day = 86_400 * second;
const start = Date.parse("2026-01-01T00:00:00Z");

/** A sensor's day at 1 Hz with three decimals, as most give. */
function sensorDay(tagId: string, dayIndex: number): { tagId: string; times: number[]; values: number[] } {
  const times = Array.from({ length: 86_400 }, (_, index) => start + dayIndex * day + index * second);
  const values = times.map(
    (time, index) => Math.round((40 + 5 * Math.sin(time / 4e6) + ((index * 7_919) % 1_000) / 1_000) * 1_000) / 1_000,
  );
  return { tagId, times, values };
}

/** Fills `readings` at 1 Hz over twelve tags, then measures. Takes about a minute for 10 M, most of it to fill. */
export async function measureReadings({ readings = 10_000_000 } = {}): Promise<Measurement[]> {
  const database = await openTestDatabase();
  try {
    const writer = createEmbeddedPlantWriter(database);
    const store = createEmbeddedSensorStore(database);
    const tagIds = Array.from({ length: 12 }, (_, index) => `M.t${index}`);
    const liveTags = Array.from({ length: 2_000 }, (_, index) => `L.t${index}`);
    await writer.declareSource({ name: "bench", title: "Bench", timeZone: "UTC", sample: true });
    await writer.upsert(
      "tags",
      "bench",
      [...tagIds, ...liveTags].map((id) => ({ id })),
    );

    const days = Math.max(2, Math.ceil(readings / 86_400 / tagIds.length));
    let filling = 0;
    for (let index = 0; index < days; index++)
      for (const tagId of tagIds) {
        const part = sensorDay(tagId, index);
        const began = performance.now();
        await writer.appendReadings([part]);
        filling += performance.now() - began;
      }
    const filled = days * tagIds.length * 86_400;

    const ms: number[] = [];
    const floorMs: number[] = [];
    for (let round = 0; round < 60; round++) {
      const tagId = tagIds[round % tagIds.length] ?? "";
      const from = start + (round % (days - 1)) * day + 3_600_000;
      let began = performance.now();
      const points = await store.window({ tagId, from: new Date(from), to: new Date(from + day), maxPoints: 1_440 });
      ms.push(performance.now() - began);
      if (points.length !== 1_440) throw new Error(`A day by minutes gave ${points.length} points.`);
      began = performance.now();
      await database.pool.query(
        "SELECT data FROM reading_blocks WHERE tag_id = $1 AND last_ms >= $2 AND first_ms < $3",
        [tagId, from, from + day],
      );
      floorMs.push(performance.now() - began);
    }

    const rounds = 25;
    const each = 10;
    const began = performance.now();
    for (let round = 0; round < rounds; round++) {
      const times = Array.from({ length: each }, (_, index) => start + (round * each + index) * 100);
      const values = times.map((_, index) => round + index / 8);
      await writer.appendReadings(liveTags.map((tagId) => ({ tagId, times, values })));
    }
    const live = (rounds * each * liveTags.length * 1_000) / (performance.now() - began);
    const size = await database.pool.query<{ bytes: number }>(
      "SELECT pg_total_relation_size('reading_blocks')::float8 AS bytes",
    );

    const title = `${(filled / 1e6).toFixed(1)} M readings`;
    return [
      {
        what: "readings written live, 2,000 tags at 10 Hz in groups of a second",
        budget: 20_000,
        measured: live,
        unit: "readings/s",
        atLeast: true,
      },
      {
        what: "readings written in bulk",
        budget: 400_000,
        measured: (filled * 1_000) / filling,
        unit: "readings/s",
        atLeast: true,
      },
      {
        what: `a day by minutes over ${title}, p95`,
        budget: 60,
        measured: percentile(ms, 0.95),
        unit: "ms",
        floor: { what: "the bare query of the blocks", measured: percentile(floorMs, 0.95) },
      },
      {
        what: `size of ${title}`,
        budget: 100 * (filled / 1e7),
        measured: (size.rows[0]?.bytes ?? 0) / 1e6,
        unit: "MB",
      },
    ];
  } finally {
    await database.close();
  }
}
