import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SunbaeError } from "../../../src/core/errors.ts";
import type { Database } from "../../../src/db/database.ts";
import { MappingError } from "../../../src/plant/mapping-error.ts";
import type { MesStore } from "../../../src/plant/mes-store.ts";
import { createMemoryMesStore } from "../../../src/plant/mes/memory-mes-store.ts";
import { createPlantStores, type PlantStores } from "../../../src/plant/routing/plant-stores.ts";
import { createMemorySensorStore } from "../../../src/plant/sensors/memory-sensor-store.ts";
import type { SensorStore } from "../../../src/plant/sensor-store.ts";
import { openTestDatabase } from "../../support/database.ts";
import { bakeryNow, createScriptedRuntime, type ScriptedRuntime } from "../../support/scripted-runtime.ts";
import { bakery, tags } from "../bakery.ts";

// The bakery's readings live in a historian that the site file declares; it dies between two calls of one turn.

let database: Database;
let stores: PlantStores;
let runtime: ScriptedRuntime;
/** What the historian does at each call from the n-th on. */
let trouble: { from: number; verb: () => Promise<never> } | null;
let calls: number;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  trouble = null;
  calls = 0;
  const remote = createMemorySensorStore(tags.map((tag) => ({ ...tag, source: "historian" })));
  for (const tag of tags)
    remote.append([
      {
        tagId: tag.id,
        times: Array.from({ length: 300 }, (_, index) => +bakeryNow - (300 - index) * 60_000),
        values: Array.from({ length: 300 }, (_, index) => 210 + Math.sin(index)),
      },
    ]);
  const historian = Object.fromEntries(
    Object.entries(remote).map(([name, verb]) => [
      name,
      (...input: unknown[]) => {
        calls += 1;
        if (trouble && calls >= trouble.from) return trouble.verb();
        return (verb as (...input: unknown[]) => Promise<unknown>)(...input);
      },
    ]),
  ) as SensorStore;
  stores = createPlantStores({
    own: { mes: createMemoryMesStore(bakery), sensors: createMemorySensorStore([]) },
    sensors: [{ name: "historian", store: historian, machines: null, timeoutMs: 300 }],
    mes: [],
    logger: { warn: () => {}, info: () => {} },
    now: () => bakeryNow,
    onChanged: () => {},
    firstContactMs: 150,
    retryMs: 60_000,
  });
  runtime = createScriptedRuntime(database, {
    ...{ mes: stores.mes, sensors: stores.sensors },
    deps: { storesForTurn: stores.forTurn, declared: { isDeclared: (source) => source === "historian" } },
  });
});
afterEach(() => stores.close());

const away = (): Promise<never> => Promise.reject(new SunbaeError("unavailable", "Its disk is full."));
const hang = (): Promise<never> => new Promise(() => {});
const temperature = "deck temperature of oven 1 today";

it("readings of a declared source are told with its name", async () => {
  const { answer } = await runtime.turn(temperature);
  expect(answer?.answer).toMatch(/21\d/);
  expect(answer?.answer).not.toContain("Not all of the plant's data");
  const reading = answer?.evidence.find((one) => one.kind === "reading" || one.kind === "chart");
  expect(reading?.source.label).toContain("historian");
});

describe.each([
  ["dies", away, "Its disk is full"],
  ["hangs", hang, "no answer within 0.3 s"],
])("a historian that %s in mid-turn", (_name, verb, why) => {
  it.each([1, 2, 3])("from its call %i after the tags on: the answer says so, and claims no absence", async (nth) => {
    await runtime.turn(temperature);
    trouble = { from: calls + nth, verb };
    const { answer, events } = await runtime.turn(temperature);
    expect(answer?.answer).toMatch(/^Not all of the plant's data can be seen now: historian \(since 2025-03-13 10:00/);
    expect(answer?.answer).toContain(why);
    expect(answer?.answer).not.toContain("There is not one reading");
    expect(events.at(-1)).toMatchObject({ type: "run-finished" });
  });

  it("is told in Korean, with the age of what was seen last", async () => {
    await runtime.turn(temperature);
    trouble = { from: 0, verb };
    const { answer } = await runtime.turn("오븐 1호기 데크 온도");
    expect(answer?.answer).toMatch(/^지금 볼 수 없는 데이터가 있습니다: historian \(2025-03-13 10:00부터/);
    expect(answer?.answer).toContain("마지막으로 본 측정값은 2025-03-13 09:59, 1분 전");
    expect(answer?.answer).not.toContain("측정값이 하나도 없습니다");
  });

  it("leaves what doesn't need it untouched", async () => {
    trouble = { from: 0, verb };
    const { answer } = await runtime.turn("How many work orders did OV-01 have in 2025?");
    expect(answer?.answer).toMatch(/\d/);
    expect(answer?.abstained).toBe(false);
  });
});

describe("an MES that was dead before anyone could ask it for its machines", () => {
  const dead: MesStore = { equipment: away, list: away, aggregate: away, vocabulary: away, coverage: away };
  const open = () => {
    const routed = createPlantStores({
      own: { mes: createMemoryMesStore(bakery), sensors: createMemorySensorStore([]) },
      sensors: [],
      mes: [{ name: "erp", store: dead, machines: null, timeoutMs: 300, holds: null }],
      logger: { warn: () => {}, info: () => {} },
      now: () => bakeryNow,
      onChanged: () => {},
      retryMs: 60_000,
    });
    const { mes, sensors } = routed;
    return createScriptedRuntime(database, { mes, sensors, deps: { storesForTurn: routed.forTurn } });
  };

  it.each([
    ["How is OV-77 doing?", /^Not all of the plant's data can be seen now: erp/],
    ["OV-77 상태 어때", /^지금 볼 수 없는 데이터가 있습니다: erp/],
  ])("may have the machine that nobody knows: %s", async (question, note) => {
    const { answer } = await open().turn(question);
    expect(answer?.answer).toMatch(note);
    expect(answer?.answer).not.toMatch(/없는 설비|등록된 설비가 아|no such|not on record|unknown/i);
  });

  it("does not keep the plant's other machines from being asked about", async () => {
    const { answer } = await open().turn("How many work orders did OV-01 have in 2025?");
    expect(answer?.answer).toMatch(/^Not all of the plant's data can be seen now: erp/);
    expect(answer?.answer).toMatch(/Work orders .*\*\*\d+\*\*/);
  });
});

describe("an MES of which one record set is mapped wrongly", () => {
  const misfit = (records: string) =>
    records === "downtimes"
      ? Promise.reject(new MappingError('"STOPS" has no column "END_AT".', { records, fix: "Correct it." }))
      : null;
  const open = () => {
    const store = createMemoryMesStore({ ...bakery, records: { ...bakery.records } });
    const mes: MesStore = {
      ...store,
      list: (query) => misfit(query.records) ?? store.list(query),
      aggregate: (query) => misfit(query.records) ?? store.aggregate(query),
      vocabulary: (records, field, limit) => misfit(records) ?? store.vocabulary(records, field, limit),
      coverage: (records, equipmentId) => misfit(records) ?? store.coverage(records, equipmentId),
    };
    const routed = createPlantStores({
      own: { mes: createMemoryMesStore({ records: {} }), sensors: createMemorySensorStore([]) },
      sensors: [],
      mes: [{ name: "erp", store: mes, machines: null, timeoutMs: 300, holds: null }],
      logger: { warn: () => {}, info: () => {} },
      now: () => bakeryNow,
      onChanged: () => {},
      retryMs: 60_000,
    });
    const { sensors } = routed;
    return createScriptedRuntime(database, { mes: routed.mes, sensors, deps: { storesForTurn: routed.forTurn } });
  };

  it("names record set, column and the doctor where that set is asked for, and answers all else as ever", async () => {
    const scripted = open();
    const downtime = await scripted.turn("How many minutes of downtime did OV-01 have in 2025?");
    expect(downtime.answer?.answer).toContain(
      `the mapping of downtimes doesn't fit the database: "STOPS" has no column "END_AT", see sunbae doctor`,
    );
    const korean = await scripted.turn("OV-01 2025년 정지 시간 합계는?");
    expect(korean.answer?.answer).toContain("downtimes 매핑이 데이터베이스와 맞지 않음");
    const orders = await scripted.turn("How many work orders did OV-01 have in 2025?");
    expect(orders.answer?.answer).toMatch(/^Work orders .*\*\*\d+\*\*/);
    expect(orders.answer?.answer).not.toContain("mapping");
  });
});
