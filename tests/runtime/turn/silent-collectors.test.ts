import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../src/db/database.ts";
import { createMemoryMesStore } from "../../../src/plant/mes/memory-mes-store.ts";
import { createPlantStores } from "../../../src/plant/routing/plant-stores.ts";
import { createMemorySensorStore } from "../../../src/plant/sensors/memory-sensor-store.ts";
import type { CollectorStatus } from "../../../src/plant/source.ts";
import { openTestDatabase } from "../../support/database.ts";
import { bakeryNow, createScriptedRuntime, type ScriptedRuntime } from "../../support/scripted-runtime.ts";
import { startOllamaServer } from "../../fakes/ollama-server.ts";
import { answer, plan } from "../model-servers.ts";
import { bakery, tags } from "../bakery.ts";

// A collector brings the bakery's readings into Sunbae's own store, and its line breaks.

const minute = 60_000;
let database: Database;
let status: CollectorStatus;
let runtime: ScriptedRuntime;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(() => {
  status = {
    ...{ name: "hall-broker", state: "connected", since: new Date(+bakeryNow - 30 * minute), problem: null },
    ...{ readings: 300, leftOut: [], newest: null },
  };
  const kept = createMemorySensorStore(tags.map((tag) => ({ ...tag, source: "hall-broker" })));
  for (const tag of tags)
    kept.append([
      {
        tagId: tag.id,
        times: Array.from({ length: 300 }, (_, index) => +bakeryNow - (330 - index) * minute),
        values: Array.from({ length: 300 }, (_, index) => 210 + Math.sin(index)),
      },
    ]);
  const stores = createPlantStores({
    own: { mes: createMemoryMesStore(bakery), sensors: kept },
    ...{ sensors: [], mes: [], collectors: () => [status] },
    logger: { warn: () => {}, info: () => {} },
    now: () => bakeryNow,
    onChanged: () => {},
  });
  runtime = createScriptedRuntime(database, {
    ...{ mes: stores.mes, sensors: stores.sensors, deps: { storesForTurn: stores.forTurn } },
  });
});
const cutOff = (more: Partial<CollectorStatus> = {}) => {
  status = { ...status, state: "disconnected", problem: "10.0.0.7:1883 does not answer: ECONNREFUSED.", ...more };
};
const temperature = "deck temperature of oven 1 today";
const said = async (question: string) => (await runtime.turn(question)).answer?.answer ?? "";
const note = /A collector is not connected|연결이 끊긴 수집기/;

it("of a connected collector nothing is said", async () => {
  expect(await said(temperature)).not.toMatch(note);
});

describe("a collector whose line broke", () => {
  it("is named where its sensors are asked for: which, since when, why, and how old its last is", async () => {
    cutOff();
    const text = await said(temperature);
    expect(text).toMatch(
      /^A collector is not connected: hall-broker \(since 2025-03-13 09:30, 10\.0\.0\.7:1883 does not answer: ECONNREFUSED, /,
    );
    expect(text).toContain("its newest reading seen is of 2025-03-13 09:29");
    expect(text).toContain("the last that it brought");
    // What it brought is still told, not hidden.
    expect(text).toMatch(/21\d/);
    expect(text).not.toContain("can't be read now");
  });

  it("is named in Korean too", async () => {
    cutOff();
    const text = await said("오븐 1호기 데크 온도");
    expect(text).toMatch(/^연결이 끊긴 수집기가 있습니다: hall-broker \(2025-03-13 09:30부터, /);
    expect(text).toContain("마지막으로 가져온 것입니다");
  });

  it("is not named where its sensors don't matter", async () => {
    cutOff();
    expect(await said("How many work orders did OV-01 have in 2025?")).not.toMatch(note);
  });

  it("is not named for a time that it had brought whole", async () => {
    cutOff();
    expect(await said("deck temperature of oven 1 between 06:00 and 08:00 today")).toMatch(/21\d/);
    const window = { from: new Date(+bakeryNow - 200 * minute), to: new Date(+bakeryNow - 100 * minute) };
    const told: string[] = [];
    const { sensors } = runtime.deps.storesForTurn?.((one) => void told.push(one.source)) ?? runtime.deps;
    const [tagId = ""] = tags.map((tag) => tag.id);
    await sensors.summarize({ tagIds: [tagId], ...window });
    await sensors.window({ tagId, ...window, maxPoints: 10 });
    expect(told).toEqual([]);
    await sensors.window({ tagId, from: window.from, to: bakeryNow, maxPoints: 10 });
    expect(told).toEqual(["hall-broker"]);
  });

  it("is named only after ten seconds, but at once where it has brought nothing since the start", async () => {
    cutOff({ since: new Date(+bakeryNow - 5_000) });
    expect(await said(temperature)).not.toMatch(note);
    cutOff({ since: new Date(+bakeryNow - 5_000), readings: 0 });
    expect(await said(temperature)).toMatch(note);
  });

  it("doesn't make a machine that nobody knows one that may exist", async () => {
    const before = await said("How is OV-77 doing?");
    cutOff();
    expect(await said("How is OV-77 doing?")).toBe(before);
  });

  it("is named after a model's answer too", async () => {
    const server = await startOllamaServer({ script: [plan(), answer({ reply: "The deck is at 210 °C [E1]." })] });
    const { mes, sensors, storesForTurn } = runtime.deps;
    const deps = storesForTurn ? { storesForTurn } : {};
    const models = { llm: "auto", ollamaHost: server.url } as const;
    cutOff();
    const { answer: told } = await createScriptedRuntime(database, { mes, sensors, models, deps }).turn(
      "why is the deck temperature of oven 1 uneven today?",
    );
    await server.close().catch(() => undefined);
    expect(told).toMatchObject({ mode: "model" });
    expect(told?.answer).toMatch(/^The deck is at[^]+A collector is not connected: hall-broker/);
  });
});
