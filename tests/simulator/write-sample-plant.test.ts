import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { createEmbeddedPlantWriter } from "../../src/plant/embedded-plant-writer.ts";
import { createLiveSample } from "../../src/plant/simulator/live-sample.ts";
import { removeSamplePlant } from "../../src/plant/simulator/sample-source.ts";
import { writeSamplePlant } from "../../src/plant/simulator/write-sample-plant.ts";
import type { SamplePlantSummary } from "../../src/plant/simulator/write-sample-plant.ts";
import { openTestDatabase } from "../support/database.ts";
import { now, sampleDescription } from "./sample.ts";

let database: Database;
let summary: SamplePlantSummary;
const steps = new Set<string>();

async function count(sql: string): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${sql}`);
  return rows[0]?.n ?? 0;
}

beforeAll(async () => {
  database = await openTestDatabase();
  const writer = createEmbeddedPlantWriter(database);
  const description = await sampleDescription();
  summary = await writeSamplePlant({ writer, description, seed: 1, now, onProgress: ({ step }) => steps.add(step) });
}, 60_000);

afterAll(() => database.close());

describe("writing the sample plant into the database", () => {
  it("writes every record set and reports each", async () => {
    for (const [name, rows] of Object.entries(summary.rows))
      expect(await count(`"${name}" WHERE source = 'sample'`), name).toBe(rows);
    expect(Object.keys(summary.rows)).toHaveLength(13);
    expect([...steps].sort()).toEqual([...Object.keys(summary.rows), "readings"].sort());
    expect(summary.readings).toBeGreaterThan(1_000_000);
  });

  it("declares itself a sample", async () => {
    expect(await count("data_sources WHERE name = 'sample' AND sample AND time_zone = 'Asia/Seoul'")).toBe(1);
  });

  it("goes on, and is gone by one call", async () => {
    const writer = createEmbeddedPlantWriter(database);
    const live = createLiveSample({
      writer,
      description: await sampleDescription(),
      seed: 1,
      startedAt: summary.startedAt,
    });
    const tick = await live.tick(new Date(now.getTime() + 90_000));
    expect(tick.readings).toBeGreaterThan(500);
    const removed = await removeSamplePlant(writer);
    expect(removed.readings).toBe(summary.readings + tick.readings);
    for (const name of Object.keys(summary.rows)) expect(await count(`"${name}"`), name).toBe(0);
  });
});
