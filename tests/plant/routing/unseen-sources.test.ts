import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { SunbaeError } from "../../../src/core/errors.ts";
import { MappingError } from "../../../src/plant/mapping-error.ts";
import { createMemoryMesStore } from "../../../src/plant/mes/memory-mes-store.ts";
import type { MesStore } from "../../../src/plant/mes-store.ts";
import type { ListQuery } from "../../../src/plant/records.ts";
import {
  createPlantStores,
  type PlantStores,
  type PlantStoresOptions,
} from "../../../src/plant/routing/plant-stores.ts";
import { createMemorySensorStore } from "../../../src/plant/sensors/memory-sensor-store.ts";
import type { SensorStore, Tag } from "../../../src/plant/sensor-store.ts";
import type { Unseen } from "../../../src/plant/source.ts";

const tag = (id: string, equipmentId: string, source: string): Tag => ({
  ...{ id, equipmentId, source, name: id, nameKo: null, aliases: [], unit: null },
  ...{ normalLow: null, normalHigh: null, alarmLow: null, alarmHigh: null },
});
const hang = (): Promise<never> => new Promise(() => {});
const away = (): Promise<never> => Promise.reject(new SunbaeError("unavailable", "The historian refuses."));
const crash = (): Promise<never> => Promise.reject(new TypeError("Cannot read properties of undefined"));

/** A store whose verbs all do what `trouble` does while it is set. */
function troubled<Store extends object>(store: Store) {
  const state: { trouble: (() => Promise<never>) | null; calls: number } = { trouble: null, calls: 0 };
  const verbs = Object.entries(store).map(([name, verb]) => [
    name,
    (...input: unknown[]) => {
      state.calls += 1;
      return state.trouble ? state.trouble() : (verb as (...input: unknown[]) => Promise<unknown>)(...input);
    },
  ]);
  return { store: Object.fromEntries(verbs) as Store, state };
}

const now = new Date("2026-11-21T03:00:00Z");
let opened: PlantStores[] = [];
afterEach(() => {
  for (const one of opened) one.close();
  opened = [];
});

function plant(more: Partial<PlantStoresOptions> = {}) {
  const own = {
    sensors: createMemorySensorStore([tag("A.heat", "A", "own")]),
    mes: createMemoryMesStore({
      records: {
        equipment: [{ id: "A", name: "First" }],
        work_orders: [{ id: "W1", equipment_id: "A", description: "here" }],
      },
    }),
  };
  own.sensors.append([{ tagId: "A.heat", times: [+now - 1000], values: [20] }]);
  const remote = createMemorySensorStore([tag("B.heat", "B", "historian")]);
  remote.append([{ tagId: "B.heat", times: [+now - 5000], values: [70] }]);
  const historian = troubled<SensorStore>(remote);
  const mes = troubled<MesStore>(
    createMemoryMesStore({
      records: {
        equipment: [{ id: "B", name: "Second" }],
        work_orders: [{ id: "W2", equipment_id: "B", description: "there" }],
      },
    }),
  );
  const stores = createPlantStores({
    own,
    sensors: [{ name: "historian", store: historian.store, machines: null, timeoutMs: 400 }],
    mes: [{ name: "old-mes", store: mes.store, machines: null, timeoutMs: 400, holds: null }],
    logger: { warn: () => {}, info: () => {} },
    now: () => now,
    onChanged: () => {},
    firstContactMs: 60,
    retryMs: 40,
    ...more,
  });
  opened.push(stores);
  const seen: Unseen[] = [];
  return {
    stores,
    historian: historian.state,
    mes: mes.state,
    seen,
    turn: stores.forTurn((one) => void seen.push(one)),
  };
}
const orders = (where: ListQuery["where"] = []): ListQuery => ({
  records: "work_orders",
  where,
  timeZone: "UTC",
  limit: 10,
});
const timed = async (work: Promise<unknown>) => {
  const began = performance.now();
  const result = await work.catch((error: unknown) => error);
  return { result, ms: performance.now() - began };
};

describe.each([
  ["hangs", hang],
  ["is away", away],
  ["crashes", crash],
  ["answers nonsense", () => Promise.resolve(42 as never)],
])("a source that %s", (_name, trouble) => {
  test("leaves the others' readings, and is reported", async () => {
    const { turn, historian, seen } = plant();
    await turn.sensors.tags();
    historian.trouble = trouble;
    const latest = await turn.sensors.latest(["A.heat", "B.heat"]);
    expect(latest.map((one) => one.tagId)).toEqual(["A.heat"]);
    expect(seen).toMatchObject([{ source: "historian", kind: "sensors", since: now }]);
  });

  test("leaves the others' records; nothing at all is not said to be nothing", async () => {
    const { turn, mes, seen } = plant();
    mes.trouble = trouble;
    expect(await turn.mes.list(orders())).toMatchObject({ rows: [{ id: "W1" }], total: 1 });
    expect(seen[0]).toMatchObject({ source: "old-mes", kind: "mes" });
    await expect(turn.mes.list(orders([{ field: "equipment_id", op: "eq", value: "B" }]))).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("old-mes can't be seen now"),
    });
  });
});

test("a dead source is waited for once, not in every turn, and one call's wait ends the others'", async () => {
  const { stores, historian, turn } = plant();
  await turn.sensors.tags();
  historian.trouble = hang;
  const all = await Promise.all([turn.sensors.latest(["B.heat"]), turn.sensors.coverage(["B.heat"])].map(timed));
  // It has answered lately, so that it gets its whole time.
  for (const one of all) expect(one.ms).toBeGreaterThan(350);
  const later = await timed(stores.forTurn(() => {}).sensors.latest(["B.heat"]));
  expect(later.ms).toBeLessThan(20);
});

test("a source that never answered gets the short wait", async () => {
  const { turn, historian } = plant();
  historian.trouble = hang;
  const { ms, result } = await timed(turn.sensors.tags("B"));
  expect(ms).toBeLessThan(200);
  expect(result).toMatchObject({
    code: "unavailable",
    message: "historian can't be seen now (no answer within 0.06 s).",
  });
  expect(await turn.sensors.tags("A")).toHaveLength(1);
});

test("a source that comes back is found by itself, and what was remembered of the plant is given up", async () => {
  let changed = 0;
  const { stores, turn, historian } = plant({ onChanged: () => (changed += 1) });
  await turn.sensors.tags();
  historian.trouble = away;
  await turn.sensors.latest(["B.heat"]);
  expect(stores.states()[0]).toMatchObject({
    name: "historian",
    ok: false,
    since: now,
    problem: "The historian refuses",
  });
  historian.trouble = null;
  await pause(150);
  expect(changed).toBe(1);
  expect(stores.states()[0]).toMatchObject({ ok: true, problem: null });
  expect(await turn.sensors.latest(["B.heat"])).toMatchObject([{ value: 70 }]);
});

test("what a source listed is remembered while it is away", async () => {
  const { turn, historian, mes, seen } = plant();
  const before = [await turn.sensors.tags(), await turn.mes.equipment()];
  historian.trouble = away;
  mes.trouble = away;
  expect([await turn.sensors.tags(), await turn.mes.equipment()]).toEqual(before);
  expect(seen).toEqual([]);
  await turn.sensors.latest(["B.heat"]);
  expect(seen).toMatchObject([{ source: "historian", newest: null }]);
});

test("the newest reading that was seen of a source is told when it is gone", async () => {
  const { turn, historian, seen } = plant();
  await turn.sensors.latest(["B.heat"]);
  historian.trouble = away;
  await turn.sensors.latest(["B.heat"]);
  expect(seen).toMatchObject([{ newest: new Date(+now - 5000), reason: { en: "The historian refuses" } }]);
});

test("a machine that only a historian knows is a machine, and its tags are records", async () => {
  const { turn } = plant({ mes: [] });
  expect((await turn.mes.equipment()).map((one) => one.id)).toEqual(["A", "B"]);
  const { rows } = await turn.mes.list({ ...orders(), records: "tags", orderBy: [] });
  expect(rows).toMatchObject([{ id: "B.heat", equipment_id: "B", source: "historian" }]);
});

test("a machine that the site file puts elsewhere is not asked of a source, so that its death concerns nobody", async () => {
  const store = troubled<MesStore>(createMemoryMesStore({ records: {} }));
  store.state.trouble = away;
  const { turn, seen } = plant({
    mes: [{ name: "hall-b", store: store.store, machines: ["B*"], timeoutMs: 400, holds: null }],
  });
  expect((await turn.mes.list(orders([{ field: "equipment_id", op: "eq", value: "A" }]))).total).toBe(1);
  expect(seen).toEqual([]);
  expect(store.state.calls).toBe(0);
});

test("record sets that are not mapped in a source are not asked of it", async () => {
  const store = troubled<MesStore>(createMemoryMesStore({ records: {} }));
  store.state.trouble = away;
  const { turn } = plant({
    mes: [{ name: "quality", store: store.store, machines: null, timeoutMs: 400, holds: ["inspections"] }],
  });
  expect((await turn.mes.list(orders())).total).toBe(1);
  await expect(turn.mes.list({ ...orders(), records: "inspections" })).rejects.toMatchObject({ code: "unavailable" });
});

test("a record set that is mapped wrongly is told alone; the source's others are answered", async () => {
  const { stores, turn, mes, seen } = plant();
  mes.trouble = () => Promise.reject(new MappingError('There is no table "WO".', { records: "work_orders", fix: "" }));
  expect(await turn.mes.list(orders())).toMatchObject({ rows: [{ id: "W1" }], total: 1 });
  expect(seen).toMatchObject([
    { source: "old-mes", reason: { en: expect.stringContaining("mapping of work_orders") } },
  ]);
  expect(stores.states().every((one) => one.ok)).toBe(true);
  mes.trouble = null;
  expect((await turn.mes.list({ ...orders(), records: "equipment" })).total).toBe(2);
});

test("machines that a wrong mapping hides are told as unseen in every turn, not as unknown", async () => {
  const { stores, mes } = plant({ sensors: [] });
  mes.trouble = () => Promise.reject(new MappingError('There is no table "M".', { records: "equipment", fix: "" }));
  expect((await stores.mes.equipment()).map((one) => one.id)).toEqual(["A"]);
  const told: Unseen[] = [];
  stores.forTurn((one) => void told.push(one));
  expect(told).toMatchObject([{ source: "old-mes", reason: { en: expect.stringContaining("mapping of equipment") } }]);
});

test("a wrong question is the asker's fault, not the source's", async () => {
  const { stores, turn } = plant();
  await expect(turn.mes.list(orders([{ field: "colour", op: "is_null" }]))).rejects.toMatchObject({
    code: "invalid_input",
  });
  expect(stores.states().every((one) => one.ok)).toBe(true);
});

test("numbers that are none never come out", async () => {
  const odd = createMemorySensorStore([tag("C.x", "C", "odd")]);
  const store: SensorStore = {
    ...odd,
    latest: async () => [{ tagId: "C.x", at: now, value: Number.NaN, quality: "good" }],
    window: async () => [{ at: new Date("nonsense"), min: 1, max: 2, mean: 1, count: 1 }],
    summarize: async () => [
      {
        tagId: "C.x",
        count: 1,
        first: now,
        last: now,
        min: Number.NaN,
        max: Number.POSITIVE_INFINITY,
        mean: 3,
        standardDeviation: null,
        p05: null,
        median: null,
        p95: null,
      },
    ],
  };
  const { turn } = plant({ sensors: [{ name: "odd", store, machines: null, timeoutMs: 400 }] });
  const span = { from: new Date(0), to: now };
  expect(await turn.sensors.latest(["C.x"])).toEqual([]);
  expect(await turn.sensors.window({ tagId: "C.x", ...span, maxPoints: 3 })).toEqual([]);
  expect(await turn.sensors.summarize({ tagIds: ["C.x"], ...span })).toMatchObject([{ min: null, max: null, mean: 3 }]);
});
