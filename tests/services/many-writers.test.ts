import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { createEmbeddedPlantWriter } from "../../src/plant/embedded-plant-writer.ts";
import { createEmbeddedSensorStore } from "../../src/plant/sensors/embedded-sensor-store.ts";
import { connectTo, migrationsWithoutVectors } from "../support/database.ts";
import { createOwnDatabase, type OwnDatabase } from "./server.ts";

// Processes that write one plant at once. The embedded engine has one session and can't show what goes wrong here.

let own: OwnDatabase;
let replicas: Database[];
const tags = Array.from(
  { length: 60 },
  (_, index) => `${index % 2 ? "T" : "t"}-${["a", "B", "_", "z9"][index % 4]}${index}`,
);

beforeAll(async () => {
  own = await createOwnDatabase();
  replicas = [connectTo(own.url), connectTo(own.url)];
  await migrate(replicas[0]!, migrationsWithoutVectors());
  const writer = createEmbeddedPlantWriter(replicas[0]!);
  await writer.declareSource({ name: "plant", title: "plant", timeZone: "UTC", sample: false });
  await writer.upsert(
    "tags",
    "plant",
    tags.map((id) => ({ id, equipment_id: "M-1", name: id })),
  );
});
afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.close()));
  await own.drop();
});

it("keeps every reading of writers that share tags, and none waits for another for ever", async () => {
  const instants = new Map(tags.map((tag) => [tag, new Set<number>()]));
  const write = async (worker: number) => {
    const writer = createEmbeddedPlantWriter(replicas[worker % 2]!);
    for (let round = 0; round < 12; round += 1) {
      const chosen = tags.filter((_, index) => (index * 7 + round * 3 + worker) % 3 !== 0).toReversed();
      const count = (round + worker) % 3 === 0 ? 120 : 3;
      const times = Array.from({ length: count }, (_, index) => 1e12 + round * 200_000 + index * 1_000 + worker);
      await writer.appendReadings(chosen.map((tagId) => ({ tagId, times, values: times.map(() => worker) })));
      for (const tagId of chosen) for (const time of times) instants.get(tagId)!.add(time);
    }
  };
  await Promise.all(Array.from({ length: 6 }, (_, worker) => write(worker)));
  const stored = await createEmbeddedSensorStore(replicas[0]!).coverage(tags);
  expect(Object.fromEntries(stored.map(({ tagId, count }) => [tagId, count]))).toEqual(
    Object.fromEntries([...instants].map(([tagId, times]) => [tagId, times.size])),
  );
});

it("counts each imported row once where two import the same rows", async () => {
  const rows = Array.from({ length: 12_000 }, (_, index) => ({ id: `WO-${index}`, equipment_id: "M-1" }));
  const counts = await Promise.all(
    replicas.map((replica, index) =>
      createEmbeddedPlantWriter(replica).upsert("work_orders", "plant", index ? rows.toReversed() : rows),
    ),
  );
  expect(counts.reduce((sum, { inserted }) => sum + inserted, 0)).toBe(rows.length);
  expect((await replicas[0]!.pool.query("SELECT count(*)::int AS n FROM work_orders")).rows).toEqual([{ n: 12_000 }]);
});
