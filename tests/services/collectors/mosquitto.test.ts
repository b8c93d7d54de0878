import { setTimeout as sleep } from "node:timers/promises";
import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCollectorMemory } from "../../../src/plant/collectors/collector-memory.ts";
import { createFakePlantWriter } from "../../fakes/plant-writer.ts";
import { temporaryFolder } from "../../support/data-folder.ts";
import { countReadings, prepareDatabase, readAfterwards, startCollecting } from "./collecting.ts";
import { sourceDeps } from "../source-deps.ts";
import { openAnyCollector } from "./open-any-collector.ts";
import { startMosquitto, type Mosquitto } from "./start-mosquitto.ts";

let broker: Mosquitto;
let plc: MqttClient;
beforeAll(async () => {
  broker = await startMosquitto();
  plc = await connectAsync(broker.url, { username: "plc", password: "it's", reconnectPeriod: 100 });
});
afterAll(async () => {
  await plc.endAsync(true);
  await broker.stop();
});

const settings = () => ({
  ...{ name: "floor", kind: "mqtt", url: broker.url, user: "sunbae", password: "it's" },
  topics: [{ topic: "plant/{line}/{equipment}/{tag}" }],
});
const machines = ["CNC-01", "CNC-02", "PRESS-1"];
const began = Date.now() - 3_600_000;

/** Readings 1 … count of each machine, a second apart, each acknowledged by the broker before this resolves. */
async function publish(tag: string, first: number, count: number, timed: boolean): Promise<void> {
  const sent: Promise<unknown>[] = [];
  for (let index = first; index < first + count; index += 1)
    for (const machine of machines) {
      const payload = timed ? JSON.stringify({ value: index, time: new Date(began + index * 1000) }) : String(index);
      sent.push(plc.publishAsync(`plant/a/${machine}/${tag}`, payload, { qos: 1 }));
    }
  await Promise.all(sent);
}

const sumTo = (count: number) => (count * (count + 1)) / 2;
const each = (tags: string[], count: number) =>
  Object.fromEntries(machines.flatMap((one) => tags.map((tag) => [`${one}.${tag}`, { count, sum: sumTo(count) }])));

describe("a collector at a Mosquitto", () => {
  it("loses nothing and counts nothing twice while it is killed, the broker restarted, and both away", async () => {
    const dataDir = await prepareDatabase(temporaryFolder());
    let collecting = startCollecting(dataDir, settings());
    await collecting.until(({ state }) => state === "connected");
    for (let round = 0; round < 2; round += 1) {
      const sending = publish("heat", round * 400 + 1, 400, true);
      const untimed = publish("turns", round * 100 + 1, 100, false);
      await collecting.until(({ readings }) => readings > 50);
      await collecting.kill();
      await Promise.all([sending, untimed]);
      collecting = startCollecting(dataDir, settings());
    }
    await collecting.until(({ state }) => state === "connected");
    const meanwhile = publish("heat", 801, 400, true);
    await sleep(100);
    await broker.halt();
    const away = await collecting.until(({ state }) => state === "disconnected");
    expect(away.problem).toMatch(/nothing listens|connection/);
    await broker.resume();
    await meanwhile;
    await collecting.until(({ state }) => state === "connected");
    await collecting.kill();
    await publish("turns", 201, 50, false);
    await broker.halt();
    await broker.resume();
    collecting = startCollecting(dataDir, settings());
    await collecting.until(({ readings }) => readings >= 150);
    await sleep(1_000);
    await collecting.stop();
    const counts = await readAfterwards(dataDir, countReadings);
    expect(counts).toEqual({ ...each(["heat"], 1_200), ...each(["turns"], 250) });
  }, 150_000);

  it("is looked at beside the collector, which misses nothing by it; what stands in the way is told with its fix", async () => {
    const { writer, calls } = createFakePlantWriter();
    const memory = createCollectorMemory({
      pool: { query: () => Promise.reject(new Error("not asked here")) } as never,
    });
    const look = async (others: object = {}) => {
      const deps = { ...sourceDeps, now: () => new Date(), writer, memory, dataDir: "" };
      return await (await openAnyCollector({ ...settings(), ...others }, deps)).probe();
    };
    const time = new Date(Date.now() + 3_600_000);
    const sender = setInterval(() => plc.publish("plant/a/CNC-01/heat", JSON.stringify({ value: 1, time })), 100);
    const view = await look();
    clearInterval(sender);
    expect(view).toMatchObject({ ok: true, tags: 1, place: broker.url.slice("mqtt://".length) });
    expect(view.clockDifferenceMs).toBeGreaterThan(3_590_000);
    expect(await look({ password: "wrong" })).toMatchObject({
      ok: false,
      problem: expect.stringMatching(/refuses user or password/),
    });
    expect(await look({ url: "mqtt://127.0.0.1:1" })).toMatchObject({
      ok: false,
      problem: expect.stringMatching(/nothing listens/),
    });
    const locked = await look({ topics: [{ topic: "other/{equipment}/{tag}" }] });
    expect(locked.notes.join("; ")).toMatch(/nothing came on other/);
    expect(calls).toEqual([]);
  });
});
