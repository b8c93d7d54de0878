import { createMemoryMesStore } from "../../../src/plant/mes/memory-mes-store.ts";
import type { RecordSetName, Row } from "../../../src/plant/records.ts";
import { createPlantStores, type PlantStoresOptions } from "../../../src/plant/routing/plant-stores.ts";
import { createMemorySensorStore } from "../../../src/plant/sensors/memory-sensor-store.ts";
import type { Tag } from "../../../src/plant/sensor-store.ts";
import { mesStoreContract } from "../../contracts/mes-store.ts";
import { sensorStoreContract } from "../../contracts/sensor-store.ts";

// The contracts' own plants, lived in by several stores at once: the answers are the same as from one.

const source = "plant";
const silent = { warn: () => {}, info: () => {} };
const route = (options: Partial<PlantStoresOptions>) =>
  createPlantStores({
    own: { mes: createMemoryMesStore({ records: {} }), sensors: createMemorySensorStore([]) },
    sensors: [],
    mes: [],
    logger: silent,
    now: () => new Date(),
    onChanged: () => {},
    ...options,
  });
const declared = <Store>(name: string, store: Store, machines: string[] | null = null) => ({
  ...{ name, store, machines, timeoutMs: 5_000 },
});

type Records = Partial<Record<RecordSetName, Row[]>>;
/** The rows that `keep` lets through, with their source. */
const part = (records: Records, keep: (row: Row, index: number, name: RecordSetName) => boolean) =>
  createMemoryMesStore({
    records: Object.fromEntries(
      Object.entries(records).map(([name, rows]) => [
        name,
        rows.filter((row, index) => keep(row, index, name as RecordSetName)).map((row) => ({ source, ...row })),
      ]),
    ),
    samples: [source],
  });
const machineOf = (row: Row, name: RecordSetName) => (name === "equipment" ? row["id"] : row["equipment_id"]);

mesStoreContract("two stores, each with every other row", async (records) => {
  const [even, odd] = [0, 1].map((rest) => part(records, (_row, index) => index % 2 === rest));
  const { mes, close } = route({
    own: { mes: odd!, sensors: createMemorySensorStore([]) },
    mes: [{ ...declared("historic", even!), holds: null }],
  });
  return { store: mes, close: async () => close() };
});

mesStoreContract("three stores, machines told apart by the site file", async (records) => {
  const inside = (id: string) => part(records, (row, _index, name) => machineOf(row, name) === id);
  const others = part(records, (row, _index, name) => !["M-1", "M-2"].includes(String(machineOf(row, name))));
  const { mes, close } = route({
    own: { mes: others, sensors: createMemorySensorStore([]) },
    // The second store has all machines; the site file says that only one lives there.
    mes: [
      { ...declared("hall-1", inside("M-1"), ["M-1"]), holds: null },
      {
        ...declared(
          "hall-2",
          part(records, (row, _index, name) => machineOf(row, name) !== undefined),
          ["m-2*"],
        ),
        holds: null,
      },
    ],
  });
  return { store: mes, close: async () => close() };
});

const sensorsIn = (tags: Tag[], keep: (tag: Tag) => boolean) => createMemorySensorStore(tags.filter(keep));

sensorStoreContract("two stores, each with a part of the tags", async (tags) => {
  const declaredTag = (tag: Tag) => tag.equipmentId === "A";
  const there = sensorsIn(tags, declaredTag);
  const here = sensorsIn(tags, (tag) => !declaredTag(tag));
  const away = new Set(tags.filter(declaredTag).map((tag) => tag.id));
  const { sensors, close } = route({
    own: { mes: createMemoryMesStore({ records: {} }), sensors: here },
    sensors: [declared(tags.find(declaredTag)!.source, there)],
  });
  return {
    store: sensors,
    append: async (batch) => {
      there.append(batch.filter((one) => away.has(one.tagId)));
      here.append(batch.filter((one) => !away.has(one.tagId)));
    },
    close: async () => close(),
  };
});

sensorStoreContract("a store whose machines are also listed elsewhere", async (tags) => {
  const right = createMemorySensorStore(tags);
  const wrong = createMemorySensorStore(tags.map((tag) => ({ ...tag, name: "wrong", source: "other" })));
  const { sensors, close } = route({
    own: { mes: createMemoryMesStore({ records: {} }), sensors: createMemorySensorStore(tags) },
    sensors: [declared("other", wrong), declared(tags[0]!.source, right, ["*"])],
  });
  return { store: sensors, append: async (batch) => right.append(batch), close: async () => close() };
});
