import { createRequire } from "node:module";
import { connectAsync, type MqttClient } from "mqtt";
import type { UMetric, UPayload } from "sparkplug-payload/lib/sparkplugbpayload.js";
import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryFolder } from "../../support/data-folder.ts";
import { countReadings, prepareDatabase, readAfterwards, startCollecting } from "./collecting.ts";
import { startMosquitto, type Mosquitto } from "./start-mosquitto.ts";

const { encodePayload } = createRequire(import.meta.url)("sparkplug-payload/lib/sparkplugbpayload.js") as {
  encodePayload(payload: UPayload): Uint8Array;
};
let broker: Mosquitto;
let edge: MqttClient;
beforeAll(async () => {
  broker = await startMosquitto();
  edge = await connectAsync(broker.url, { username: "plc", password: "it's" });
});
afterAll(async () => {
  await edge.endAsync(true);
  await broker.stop();
});

const began = Date.now() - 600_000;
let seq = 0;
async function say(kind: string, metrics: object[], device = ""): Promise<void> {
  if (kind === "NBIRTH") seq = 0;
  const payload = { timestamp: began, seq: seq++ % 256, metrics: metrics as UMetric[] };
  await edge.publishAsync(`spBv1.0/G/${kind}/E1${device}`, Buffer.from(encodePayload(payload)), { qos: 1 });
}
async function beBorn(bdSeq: number, at: number): Promise<void> {
  await say("NBIRTH", [{ name: "bdSeq", type: "UInt64", value: bdSeq }]);
  const load = { name: "Load", alias: 7, type: "Double", value: at, timestamp: began + at * 1_000 };
  await say("DBIRTH", [load, { name: "State", alias: 8, type: "String", value: "RUN" }], "/CNC-07");
}
async function measure(first: number, last: number): Promise<void> {
  for (let at = first; at <= last; at += 1)
    await say("DDATA", [{ alias: 7, type: "Double", value: at, timestamp: began + at * 1_000 }], "/CNC-07");
}

it("understands aliases after a restart, counts every value once, and tells the death of a node", async () => {
  const settings = { name: "edge", kind: "sparkplug", url: broker.url, user: "sunbae", password: "it's" };
  const dataDir = await prepareDatabase(temporaryFolder());
  let collecting = startCollecting(dataDir, settings);
  await collecting.until(({ state }) => state === "connected");
  await beBorn(1, 1);
  await measure(2, 150);
  await collecting.until(({ readings }) => readings >= 100);
  await collecting.kill();
  await measure(151, 300);
  collecting = startCollecting(dataDir, settings);
  const remembered = await collecting.until(({ readings }) => readings >= 150);
  expect(remembered.leftOut.map(({ reason }) => reason)).toContain(
    "by a birth of before our restart: kept as uncertain",
  );
  await beBorn(2, 301);
  await measure(302, 400);
  await say("NDEATH", [{ name: "bdSeq", type: "UInt64", value: 2 }]);
  const dead = await collecting.until(({ problem }) => problem !== null);
  expect(dead.problem).toMatch(/G\/E1 is offline/);
  await collecting.stop();
  await readAfterwards(dataDir, async (store) => {
    expect(await countReadings(store)).toEqual({ "CNC-07.Load": { count: 400, sum: (400 * 401) / 2 } });
    expect(await store.latest(["CNC-07.Load"])).toMatchObject([{ value: 400, quality: "good" }]);
  });
}, 120_000);
