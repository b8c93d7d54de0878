import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { SunbaeError } from "../../../src/core/errors.ts";
import type { Database } from "../../../src/db/database.ts";
import type { MesStore } from "../../../src/plant/mes-store.ts";
import { createMemoryMesStore } from "../../../src/plant/mes/memory-mes-store.ts";
import type { SensorStore } from "../../../src/plant/sensor-store.ts";
import { createMemorySensorStore } from "../../../src/plant/sensors/memory-sensor-store.ts";
import { allTools } from "../../../src/tools/all-tools.ts";
import { createToolRegistry } from "../../../src/tools/registry.ts";
import { defineTool } from "../../../src/tools/tool.ts";
import { openTestDatabase } from "../../support/database.ts";
import { createScriptedRuntime, ingestTexts, type ScriptedOptions } from "../../support/scripted-runtime.ts";
import { bakeryDocuments } from "../bakery-documents.ts";
import { bakery, tags } from "../bakery.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  await ingestTexts(createScriptedRuntime(database), bakeryDocuments);
});
afterAll(() => database.close());

const questions = [
  "OV-01 alarm E21, what first?",
  "오븐 1호기가 왜 안 뜨거워져?",
  "How many work orders did OV-01 have in 2025?",
  "deck temperature of oven 1 today",
  "is oven 1 normal?",
  "which orders are affected if OV-01 stops",
  "shift handover",
  "하부 히터 재고 있어?",
  "OV-01 작업지시 써줘: 코일 교체",
  "누가 오븐을 제일 잘 알아?",
  "WO-502 뭐였어",
];

/** A store of which every verb does the same. */
function everyVerb<Store extends object>(store: Store, verb: () => Promise<never>): Store {
  return Object.fromEntries(Object.keys(store).map((name) => [name, verb])) as Store;
}
const mesNames = createMemoryMesStore(bakery);
const sensorNames = createMemorySensorStore(tags);
const away = (): Promise<never> => Promise.reject(new SunbaeError("unavailable", "The MES does not answer."));
const crash = (): Promise<never> =>
  Promise.reject(new TypeError("Cannot read properties of undefined (reading 'rows')"));
const hang = (): Promise<never> => new Promise(() => {});

const troubles: Record<string, ScriptedOptions> = {
  "whose MES is away": { mes: everyVerb<MesStore>(mesNames, away) },
  "whose MES crashes": { mes: everyVerb<MesStore>(mesNames, crash) },
  "whose MES hangs": { mes: everyVerb<MesStore>(mesNames, hang) },
  "whose MES lists nothing but equipment": {
    mes: { ...everyVerb<MesStore>(mesNames, away), equipment: mesNames.equipment },
  },
  "whose sensors are away": { sensors: everyVerb<SensorStore>(sensorNames, away) },
  "whose sensors hang": { sensors: everyVerb<SensorStore>(sensorNames, hang) },
  "with both away": { mes: everyVerb<MesStore>(mesNames, away), sensors: everyVerb<SensorStore>(sensorNames, away) },
};

describe.each(Object.entries(troubles))("a turn %s", (_name, options) => {
  it.each(questions)("ends with an answer: %j", async (question) => {
    const { events, answer } = await createScriptedRuntime(database, {
      ...options,
      deps: { storeTimeoutMs: 150 },
    }).turn(question);
    expect(events.at(-1)).toMatchObject({ type: "run-finished" });
    expect(answer?.answer).not.toBe("");
  });
});

describe("an answer without the MES", () => {
  const turn = (question: string, mes: Partial<MesStore>) =>
    createScriptedRuntime(database, { mes, deps: { storeTimeoutMs: 150 } }).turn(question);

  it("says first that it is made without it", async () => {
    const { answer } = await turn("OV-01 alarm E21, what first?", everyVerb<MesStore>(mesNames, away));
    expect(answer?.answer).toMatch(/^Some of the plant's records can't be read now \(The MES does not answer\.\)/);
  });
  it("still has what the manual says", async () => {
    const { answer } = await turn("alarm E21, what first?", everyVerb<MesStore>(mesNames, away));
    expect(answer?.answer).toContain("Deck too cold");
  });
  it("doesn't call a machine unknown", async () => {
    const { answer } = await turn("OV-01 상태 어때", everyVerb<MesStore>(mesNames, away));
    expect(answer?.answer).not.toMatch(/없는 설비|등록된 설비가 아|no such/i);
  });
  it("says nothing of an error's insides", async () => {
    const { answer } = await turn("OV-01 alarm E21", everyVerb<MesStore>(mesNames, crash));
    expect(answer?.answer).not.toContain("Cannot read properties");
  });
  it("waits for a store that hangs once only", async () => {
    const began = performance.now();
    await turn("shift handover", everyVerb<MesStore>(mesNames, hang));
    expect(performance.now() - began).toBeLessThan(1_500);
  });
});

describe("a store that returns no numbers", () => {
  const notNumbers: Partial<SensorStore> = {
    latest: async (ids) =>
      ids.map((tagId) => ({ tagId, at: new Date("2025-03-13T08:59:00Z"), value: Number.NaN, quality: "good" })),
    summarize: async ({ tagIds }) =>
      tagIds.map((tagId) => ({
        ...{ tagId, count: 4, first: new Date("2025-03-13T08:00:00Z"), last: new Date("2025-03-13T08:59:00Z") },
        ...{ min: Number.NaN, max: Number.POSITIVE_INFINITY, mean: Number.NaN, standardDeviation: Number.NaN },
        ...{ p05: Number.NaN, median: Number.NaN, p95: Number.NaN },
      })),
  };
  it.each(["deck temperature of oven 1 today", "is oven 1 normal?", "오븐 1호기 데크 온도"])(
    "shows none: %j",
    async (question) => {
      const { answer } = await createScriptedRuntime(database, { sensors: notNumbers }).turn(question);
      expect(answer?.answer).not.toMatch(/NaN|Infinity|∞|undefined|null/);
    },
  );
  it("of counts shows none either", async () => {
    const aggregate: MesStore["aggregate"] = async () => ({
      groups: [{ key: [], value: Number.NaN }],
      groupCount: 1,
      total: 1,
    });
    const { answer } = await createScriptedRuntime(database, { mes: { aggregate } }).turn(
      "average repair time on OV-01",
    );
    expect(answer?.answer).not.toMatch(/NaN|undefined/);
  });
});

describe("a tool that fails", () => {
  const broken = (run: () => Promise<never>) =>
    createToolRegistry(
      allTools().map((tool) =>
        tool.name === "look_up_alarm" ? defineTool({ ...tool, input: z.looseObject({}), run }) : tool,
      ),
    );
  const turn = (run: () => Promise<never>) =>
    createScriptedRuntime(database, { deps: { registry: broken(run), storeTimeoutMs: 150 } }).turn("OV-01 alarm E21");

  it("is told as not ok, and the turn ends", async () => {
    const { events } = await turn(crash);
    expect(events.find((event) => event.type === "tool-finished" && event.tool === "look_up_alarm")).toMatchObject({
      ok: false,
    });
    expect(events.at(-1)).toMatchObject({ type: "run-finished" });
  });
});
