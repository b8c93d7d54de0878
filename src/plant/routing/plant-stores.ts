import type { Logger } from "../../observability/logger.ts";
import type { MesStore } from "../mes-store.ts";
import type { RecordSetName } from "../records.ts";
import type { SensorStore } from "../sensor-store.ts";
import { createMachineFilter } from "../site/machine-glob.ts";
import type { CollectorStatus, SourceState, Unseen } from "../source.ts";
import { tellSilentCollectors } from "./collected-sensors.ts";
import { createMesRouter } from "./mes-router.ts";
import { rememberList } from "./remembered-list.ts";
import { holdToMachines, type RoutedMes } from "./routed-mes.ts";
import { createSensorRecords } from "./sensor-records.ts";
import { createSensorRouter } from "./sensor-router.ts";
import { createSourceGuard, type SourceGuard } from "./source-guard.ts";
import { createTagMap, type RoutedSensors } from "./tag-map.ts";

/** A source as the site file declares it. */
type Declared<Store> = { name: string; store: Store; machines: string[] | null; timeoutMs: number };

export type PlantStoresOptions = {
  own: { mes: MesStore; sensors: SensorStore };
  sensors: Declared<SensorStore>[];
  /** `holds`: the record sets that are mapped; null for any. */
  mes: (Declared<MesStore> & { holds: RecordSetName[] | null })[];
  /** How those do that fill Sunbae's own store. */
  collectors?: () => CollectorStatus[];
  logger: Pick<Logger, "warn" | "info">;
  now: () => Date;
  /** A source is back, or lists what it didn't: what was remembered of the plant may be old. */
  onChanged: () => void;
  firstContactMs?: number;
  retryMs?: number;
};

export type PlantStores = {
  mes: MesStore;
  sensors: SensorStore;
  /** The same, for one turn: `report` hears of every source that couldn't be seen. */
  forTurn(report: (unseen: Unseen) => void): { mes: MesStore; sensors: SensorStore };
  states(): SourceState[];
  /** Asks each source for what it lists, all at once; rejects never. */
  look(): Promise<void>;
  close(): void;
};

/** All stores of the plant as one pair; Sunbae's own alone where the site file declares none. */
export function createPlantStores(options: PlantStoresOptions): PlantStores {
  const { own, onChanged } = options;
  const sensors: RoutedSensors[] = options.sensors.map(({ name, store, machines, timeoutMs }) => {
    const guard: SourceGuard = guardOf(name, "sensors", timeoutMs, () => tags.refresh());
    const tags = rememberList(() => store.tags(), guard.ask);
    return { name, store, guard, tags, claims: claimsOf(machines) };
  });
  const mes: RoutedMes[] = options.mes.map(({ name, store, machines, timeoutMs, holds }) => {
    // A store that lists no machines would say so without looking.
    const [first] = holds ?? [];
    const isListed = holds === null || holds.includes("equipment") || first === undefined;
    const ping = () =>
      isListed
        ? equipment.refresh()
        : store.list({ records: first, where: [], timeZone: "UTC", limit: 1, orderBy: [] });
    const guard: SourceGuard = guardOf(name, "mes", timeoutMs, ping);
    const equipment = rememberList(() => store.equipment(), guard.ask);
    const named = (machines ?? []).filter((id) => !/[*?]/.test(id));
    const claims = claimsOf(machines);
    const routed = { name, store, guard, equipment, claims, named, holds: holds && new Set(holds) };
    return { ...routed, store: holdToMachines(routed) };
  });

  function guardOf(name: string, kind: SourceState["kind"], timeoutMs: number, ping: () => Promise<unknown>) {
    const { logger, now, firstContactMs, retryMs } = options;
    const waits = { ...(firstContactMs && { firstContactMs }), ...(retryMs && { retryMs }) };
    return createSourceGuard({ name, kind, timeoutMs, ping, logger, now, onRecovered: onChanged, ...waits });
  }

  const map = createTagMap(sensors);
  const records = [...mes, ...sensors.map(createSensorRecords)];
  const route = (kept: SensorStore, report: (unseen: Unseen) => void) => {
    if (records.length === 0) return { mes: own.mes, sensors: kept };
    for (const one of [...sensors.map(unlisted), ...mes.map(unlisted)]) if (one) report(one);
    return {
      mes: createMesRouter({ own: own.mes, sources: records, report }),
      sensors: createSensorRouter({ own: kept, map, report }),
    };
  };
  const { collectors, now } = options;
  const guards = [...sensors, ...mes].map((one) => one.guard);
  return {
    // Outside of a turn nobody is told: the guard has logged it.
    ...route(own.sensors, () => {}),
    forTurn: (report) =>
      route(collectors ? tellSilentCollectors(own.sensors, { collectors, report, now }) : own.sensors, report),
    states: () => guards.map((guard) => guard.state()),
    async look() {
      await Promise.all(guards.map((guard) => guard.look()));
    },
    close() {
      for (const guard of guards) guard.close();
    },
  };
}

/** Of a dead source that never listed its machines nobody knows whether a question is about one of them. */
function unlisted(source: RoutedSensors | RoutedMes): Unseen | null {
  const list = "tags" in source ? source.tags : source.equipment;
  if (list.known() !== null) return null;
  return source.guard.unseen() ?? list.lost();
}

const claimsOf = (machines: string[] | null) => (machines === null ? null : createMachineFilter(machines));
