import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCollectorMemory } from "../../../src/plant/collectors/collector-memory.ts";
import type { SensorStore } from "../../../src/plant/sensor-store.ts";
import { createFakePlantWriter } from "../../fakes/plant-writer.ts";
import { temporaryFolder, temporaryFolderUntil } from "../../support/data-folder.ts";
import { sourceDeps } from "../source-deps.ts";
import { prepareDatabase, readAfterwards, startCollecting } from "./collecting.ts";
import { openAnyCollector } from "./open-any-collector.ts";
import { startMachine, type Machine } from "./start-machine.ts";

let machine: Machine;
const secondRun = 1_000_000;
beforeAll(async () => {
  const folder = temporaryFolderUntil(afterAll);
  machine = await startMachine("opcua-machine.ts", [folder, "1"], [folder, String(secondRun)]);
});
afterAll(() => machine.halt());

const settings = (others: object = {}) => ({
  ...{
    name: "cell",
    kind: "opcua",
    url: `opc.tcp://127.0.0.1:${machine.port}/machine`,
    user: "sunbae",
    password: "it's",
  },
  ...{ security_mode: "sign_and_encrypt", trust: "first", sampling_ms: 0, publishing_ms: 100 },
  browse: [{ node: "ns=1;s=Machines" }],
  tags: [{ id: "CNC-07.count", equipment: "CNC-07", node: "ns=1;s=Count" }],
  ...others,
});

async function countsOf(store: SensorStore): Promise<number[]> {
  const [span] = await store.coverage(["CNC-07.count"]);
  if (!span) return [];
  const to = new Date(span.to.getTime() + 1);
  const points = await store.window({ tagId: "CNC-07.count", from: span.from, to, maxPoints: 1_000_000 });
  return points.map(({ mean, count }) => (expect(count).toBe(1), mean));
}

describe("a collector at an OPC UA server", () => {
  it("has every value once after it was killed, reads the missed ones from the history, and goes on after the server's end", async () => {
    const dataDir = await prepareDatabase(temporaryFolder());
    let collecting = startCollecting(dataDir, settings());
    await collecting.until(({ readings }) => readings > 100);
    await collecting.kill();
    await sleep(1_500);
    collecting = startCollecting(dataDir, settings());
    await collecting.until(({ readings }) => readings > 150);
    await machine.halt();
    const away = await collecting.until(({ state }) => state === "disconnected");
    expect(away.problem).toMatch(/opc\.tcp/);
    await machine.resume();
    const seen = away.readings;
    await collecting.until(({ state, readings }) => state === "connected" && readings > seen + 100);
    await collecting.stop();
    expect(collecting.strangeLines()).toEqual([]);
    await readAfterwards(dataDir, async (store) => {
      const all = await countsOf(store);
      const before = all.filter((value) => value > 0 && value < secondRun);
      const after = all.filter((value) => value >= secondRun);
      for (const run of [before, after]) {
        expect(run.length).toBeGreaterThan(50);
        expect(run).toEqual(run.map((_, at) => (run[0] ?? 0) + at));
      }
      const latest = await store.latest((await store.tags()).map(({ id }) => id));
      expect(Object.fromEntries(latest.map(({ tagId, value, quality }) => [tagId, [value, quality]]))).toMatchObject({
        "CNC-07.Heat": [21.5, "good"],
        "CNC-07.Door": [1, "good"],
        "CNC-07.Parts": [2 ** 32 + 5, "good"],
        "CNC-07.Broken": [3, "bad"],
      });
    });
  }, 120_000);

  it("is looked at without a reading being written, and says what a wrong password or a strange certificate means", async () => {
    const { writer, calls } = createFakePlantWriter();
    const memory = createCollectorMemory({
      pool: { query: () => Promise.reject(new Error("not asked here")) } as never,
    });
    const dataDir = temporaryFolder();
    const look = async (others: object = {}) =>
      await (
        await openAnyCollector(settings(others), { ...sourceDeps, now: () => new Date(), writer, memory, dataDir })
      ).probe();
    const stranger = await look({ trust: "listed" });
    expect(stranger).toMatchObject({ ok: false, fix: expect.stringMatching(/rejected/) });
    const view = await look();
    expect(view).toMatchObject({ ok: true, tags: 6 });
    expect(Math.abs(view.clockDifferenceMs ?? Infinity)).toBeLessThan(2_000);
    expect(view.notes.join("; ")).toMatch(/State.*a text that is no number/);
    expect(await look({ password: "wrong" })).toMatchObject({
      ok: false,
      problem: expect.stringMatching(/user or password/),
    });
    expect(calls).toEqual([]);
  }, 60_000);
});
