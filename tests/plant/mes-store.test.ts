import { createEmbeddedPlantWriter } from "../../src/plant/embedded-plant-writer.ts";
import { createEmbeddedMesStore } from "../../src/plant/mes/embedded-mes-store.ts";
import { createMemoryMesStore } from "../../src/plant/mes/memory-mes-store.ts";
import type { RecordSetName, Row } from "../../src/plant/records.ts";
import { mesStoreContract } from "../contracts/mes-store.ts";
import { openTestDatabase } from "../support/database.ts";

const source = "plant";

mesStoreContract("memory", async (records) => {
  const entries = Object.entries(records).map(([name, rows]) => [name, rows.map((row) => ({ source, ...row }))]);
  return {
    store: createMemoryMesStore({ records: Object.fromEntries(entries), samples: [source] }),
    close: async () => {},
  };
});

mesStoreContract("embedded", async (records) => {
  const database = await openTestDatabase();
  const writer = createEmbeddedPlantWriter(database);
  await writer.declareSource({ name: source, title: "Plant", timeZone: "Asia/Seoul", sample: true });
  for (const [name, rows] of Object.entries(records) as [RecordSetName, Row[]][])
    await writer.upsert(name, source, rows);
  return { store: createEmbeddedMesStore(database), close: () => database.close() };
});
