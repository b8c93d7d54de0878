import { afterAll, beforeAll } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { createEmbeddedPlantWriter } from "../../src/plant/embedded-plant-writer.ts";
import { createEmbeddedSensorStore } from "../../src/plant/sensors/embedded-sensor-store.ts";
import { createMemorySensorStore } from "../../src/plant/sensors/memory-sensor-store.ts";
import { sensorStoreContract, type ReadingBatch } from "../contracts/sensor-store.ts";
import { openTestDatabase } from "../support/database.ts";
import { tagRow } from "./tag-row.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => await database.close());

sensorStoreContract("memory", async (tags) => {
  const store = createMemorySensorStore(tags);
  return { store, append: async (batch) => store.append(batch), close: async () => {} };
});

const embedded = [
  { name: "embedded", exactReadings: undefined },
  { name: "embedded, most blocks by their summaries alone", exactReadings: 7_000 },
];
for (const { name, exactReadings } of embedded)
  sensorStoreContract(name, async (tags) => {
    const writer = createEmbeddedPlantWriter(database);
    await writer.declareSource({ name: "plant", title: "Plant", timeZone: "Asia/Seoul", sample: false });
    await writer.upsert("tags", "plant", tags.map(tagRow));
    const append = async (batch: ReadingBatch) => void (await writer.appendReadings(batch));
    return {
      store: createEmbeddedSensorStore(database, { exactReadings }),
      append,
      close: async () => void (await writer.removeSource("plant")),
    };
  });
