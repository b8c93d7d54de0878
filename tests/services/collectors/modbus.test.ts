import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCollectorMemory } from "../../../src/plant/collectors/collector-memory.ts";
import { temporaryFolder } from "../../support/data-folder.ts";
import { createFakePlantWriter } from "../../fakes/plant-writer.ts";
import { sourceDeps } from "../source-deps.ts";
import { prepareDatabase, readAfterwards, startCollecting } from "./collecting.ts";
import { openAnyCollector } from "./open-any-collector.ts";
import { startMachine, type Machine } from "./start-machine.ts";

let machine: Machine;
beforeAll(async () => void (machine = await startMachine("modbus-machine.ts")));
afterAll(() => machine.halt());

const settings = (others: object = {}) => ({
  ...{ name: "press", kind: "modbus", host: "127.0.0.1", port: machine.port, poll_ms: 50, ...others },
  tags: [
    { id: "P1.answers", equipment: "P1", address: 0, type: "uint32" },
    { id: "P1.heat", equipment: "P1", address: 2, type: "float32", unit: "°C" },
    { id: "P1.position", equipment: "P1", address: 4, type: "int16", scale: 0.1 },
    { id: "P1.missing", equipment: "P1", address: 7 },
    { id: "P1.pressure", equipment: "P1", address: 0, table: "input", scale: 0.01, offset: -1, unit: "bar" },
    { id: "P1.door", equipment: "P1", address: 3, table: "coil" },
    { id: "P2.unit", equipment: "P2", address: 5, unit_id: 2 },
  ],
});

describe("a collector at a Modbus machine", () => {
  it("reads on after the machine and itself were killed, and keeps each answer once", async () => {
    const dataDir = await prepareDatabase(temporaryFolder());
    let collecting = startCollecting(dataDir, settings());
    const first = await collecting.until(({ readings }) => readings > 60);
    expect(first.problem).toMatch(/P1.missing .* is refused: Illegal data address/);
    await machine.halt();
    const away = await collecting.until(({ state }) => state === "disconnected");
    expect(away.problem).toMatch(/Modbus|does not answer/);
    const since = away.readings;
    await sleep(500);
    await machine.resume();
    await collecting.until(({ state, readings }) => state === "connected" && readings > since + 60);
    await collecting.kill();
    collecting = startCollecting(dataDir, settings());
    const { readings } = await collecting.until((status) => status.readings > 60);
    await collecting.stop();
    await readAfterwards(dataDir, async (store) => {
      const ids = (await store.tags()).map(({ id }) => id);
      expect(ids).toContain("P1.heat");
      const latest = await store.latest(ids);
      const values = Object.fromEntries(latest.map(({ tagId, value }) => [tagId, Math.round(value * 1000) / 1000]));
      expect(values).toMatchObject({
        "P1.heat": 21.5,
        "P1.position": -1,
        "P1.pressure": 11.34,
        "P1.door": 1,
        "P2.unit": 2,
      });
      const [answers] = await store.coverage(["P1.answers"]);
      const span = { tagId: "P1.answers", from: answers!.from, to: new Date(answers!.to.getTime() + 1) };
      // A machine's counter says how often it was asked: no answer is in the database twice.
      const points = await store.window({ ...span, maxPoints: 100_000 });
      const counted = points.map(({ mean, count }) => (expect(count).toBe(1), mean));
      const restarts = counted.filter((value, at) => at > 0 && value <= (counted[at - 1] ?? 0)).length;
      expect(restarts).toBe(1);
      expect(counted.length).toBeGreaterThan(readings / 6);
    });
  }, 120_000);

  it("is looked at without a reading being written", async () => {
    const { writer, calls } = createFakePlantWriter();
    const memory = createCollectorMemory({
      pool: { query: () => Promise.reject(new Error("not asked here")) } as never,
    });
    const open = (others: object) => openAnyCollector(settings(others), { ...sourceDeps, writer, memory, dataDir: "" });
    const view = await (await open({})).probe();
    expect(view).toMatchObject({ ok: true, kind: "modbus", tags: 6, place: `127.0.0.1:${machine.port}` });
    expect(view.notes.join("; ")).toMatch(/6 of 7 registers answer.*P1\.missing/s);
    expect(calls).toEqual([]);
    const dead = await (await open({ port: 1 })).probe();
    expect(dead).toMatchObject({
      ok: false,
      problem: expect.stringMatching(/Nothing answers/),
      fix: expect.any(String),
    });
  });
});
