import { afterAll, beforeAll, expect, it } from "vitest";
import { toSunbaeError } from "../../src/core/errors.ts";
import { openPostgresSensors } from "../../src/plant/sensors/postgres/open-postgres-sensors.ts";
import { postgresSensorSettings } from "../../src/plant/sensors/postgres/postgres-settings.ts";
import { second, series, start, tags } from "../contracts/sensor-readings.ts";
import { findPostgres } from "./find-postgres.ts";
import { asOwner, fillLong, longReadings, longTable } from "./postgres-sensor-tables.ts";
import { sourceDeps, tagSettings } from "./source-deps.ts";
import { startCluster, type Cluster } from "./start-cluster.ts";

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster(findPostgres());
  await asOwner(cluster.url, longTable);
  await fillLong(cluster.url, [series("A.heat", 5_000, second)]);
});
afterAll(() => cluster.stop());

const open = (more: object = {}) => {
  const settings = {
    name: "plant",
    kind: "postgres",
    url: cluster.url,
    readings: [longReadings],
    tags: tags.map(tagSettings),
  };
  return openPostgresSensors(postgresSensorSettings.parse({ ...settings, ...more }), sourceDeps);
};
const span = { from: new Date(start), to: new Date(start + 5_000 * second) };

it("readings of a server that goes away are unavailable until it is back, without a restart of ours", async () => {
  const source = open();
  const count = async () => (await source.store.summarize({ tagIds: ["A.heat"], ...span }))[0]?.count;
  expect(await count()).toBe(5_000);
  const asked = Array.from({ length: 40 }, () => count().catch((thrown: unknown) => toSunbaeError(thrown).code));
  await cluster.halt();
  for (const answer of await Promise.all(asked)) expect([5_000, "unavailable"]).toContain(answer);
  const calls = [
    () => count(),
    () => source.store.latest(["A.heat"]),
    () => source.store.window({ tagId: "A.heat", ...span, maxPoints: 5 }),
  ];
  for (const call of calls)
    await expect(call()).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("can't be reached"),
    });
  expect(await source.probe()).toMatchObject({ ok: false, problem: expect.stringContaining("can't be reached") });
  await cluster.resume();
  expect(await count()).toBe(5_000);
  expect(await source.probe()).toMatchObject({ ok: true, tags: 3 });
  await source.close();
});

it("a question that takes too long is given up, and the next one answered", async () => {
  await asOwner(
    cluster.url,
    "CREATE VIEW slow AS SELECT history.* FROM history, LATERAL (SELECT pg_sleep(0.01)) AS s;",
  );
  const source = open({ timeout_ms: 300, readings: [{ ...longReadings, table: "slow" }, longReadings] });
  const began = performance.now();
  await expect(source.store.window({ tagId: "A.heat", ...span, maxPoints: 5 })).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("did not answer within 300 ms"),
  });
  expect(performance.now() - began).toBeLessThan(3_000);
  expect(await source.store.tags("B")).toHaveLength(1);
  await source.close();
});
