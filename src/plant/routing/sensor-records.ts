import { createMemoryMesStore } from "../mes/memory-mes-store.ts";
import type { Equipment, MesStore } from "../mes-store.ts";
import type { Row } from "../records.ts";
import type { Tag } from "../sensor-store.ts";
import type { RoutedMes } from "./routed-mes.ts";
import type { RoutedSensors } from "./tag-map.ts";

/**
 * What a sensor source tells of the plant's records: its tags, and the machines that they belong to. So a machine that
 * no MES lists can be asked about.
 */
export function createSensorRecords(sensors: RoutedSensors): RoutedMes {
  const { name, guard, claims } = sensors;
  const tags = async () => (await sensors.tags.load()).filter((tag) => claims?.(tag.equipmentId) ?? true);
  const machines = async (): Promise<Equipment[]> =>
    [...new Set((await tags()).map((tag) => tag.equipmentId))]
      .filter((id) => id !== "")
      .map((id) => ({
        ...{ id, name: id, nameKo: null, aliases: [], class: null, model: null, parentId: null, source: name },
        ...{ level: "work_unit", sample: false },
      }));
  const store = async (): Promise<MesStore> =>
    createMemoryMesStore({
      records: {
        equipment: (await machines()).map((one) => ({ id: one.id, level: "work_unit", source: name })),
        tags: (await tags()).map((tag) => toRow(tag, name)),
      },
    });
  return {
    name,
    // The tags' own list is guarded, and remembered while the source is away.
    guard: { ...guard, ask: (call) => call() },
    claims: null,
    named: [],
    holds: new Set(["equipment", "tags"]),
    equipment: {
      load: machines,
      known: () => null,
      lost: () => null,
      refresh: machines,
    },
    store: {
      equipment: machines,
      list: async (query) => await (await store()).list(query),
      aggregate: async (query) => await (await store()).aggregate(query),
      vocabulary: async (...input) => await (await store()).vocabulary(...input),
      coverage: async (...input) => await (await store()).coverage(...input),
    },
  };
}

function toRow(tag: Tag, source: string): Row {
  return {
    source,
    id: tag.id,
    equipment_id: tag.equipmentId,
    name: tag.name,
    name_ko: tag.nameKo,
    aliases: tag.aliases,
    unit: tag.unit,
    normal_low: tag.normalLow,
    normal_high: tag.normalHigh,
    alarm_low: tag.alarmLow,
    alarm_high: tag.alarmHigh,
  };
}
