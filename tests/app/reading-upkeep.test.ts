import { expect, test } from "vitest";
import { createReadingUpkeep } from "../../src/app/reading-upkeep.ts";
import { createLogger } from "../../src/observability/logger.ts";
import { createEmbeddedPlantWriter } from "../../src/plant/embedded-plant-writer.ts";
import { hour, second, series, start, tags } from "../contracts/sensor-readings.ts";
import { tagRow } from "../plant/tag-row.ts";
import { openTestDatabase } from "../support/database.ts";

test("readings are rolled up beside the requests where the site file says how long they are kept, and not elsewhere", async () => {
  const database = await openTestDatabase();
  try {
    const writer = createEmbeddedPlantWriter(database);
    await writer.declareSource({ name: "plant", title: "Plant", timeZone: "UTC", sample: false });
    await writer.upsert("tags", "plant", tags.map(tagRow));
    await writer.appendReadings([series("A.heat", 10_000, second)]);
    const deps = {
      pool: database.pool,
      logger: createLogger({ level: "silent" }),
      now: () => new Date(start + 48 * hour),
    };
    expect(createReadingUpkeep({ ...deps, retention: null }).timers).toEqual([]);
    const rolledUp = async () =>
      (await database.pool.query("SELECT coalesce(sum(readings), 0)::int AS n FROM reading_rollups")).rows[0]?.n;
    const { timers, stop } = createReadingUpkeep({ ...deps, retention: { raw_days: 1 } });
    expect(await rolledUp()).toBe(0);
    await timers[0]?.run();
    expect(await rolledUp()).toBe(10_000);
    stop();
    await expect(timers[0]?.run()).resolves.toBeUndefined();
  } finally {
    await database.close();
  }
});
