import type { MesStore } from "../../mes-store.ts";
import type { RecordSetName } from "../../records.ts";
import type { MesSource, SourceDeps } from "../../source.ts";
import { createMemoryMesStore } from "../memory-mes-store.ts";
import { createGetJson } from "./get-json.ts";
import { probeRestMes } from "./probe-rest-mes.ts";
import { readPages, type Pages } from "./read-pages.ts";
import type { RestMesSettings } from "./rest-mes-settings.ts";
import { readRecords } from "./read-records.ts";

type Kept = { store: Promise<MesStore>; until: number };

/** An MES behind a REST interface, by GET only; its rows are answered from memory and read anew when they are old. */
export function openRestMes(settings: RestMesSettings, deps: SourceDeps): MesSource {
  const get = createGetJson(settings, deps);
  const timeZone = settings.time_zone ?? deps.timeZone;
  const kept = new Map<RecordSetName, Kept>();
  const empty = createMemoryMesStore({ records: {} });

  async function fetchRows(records: RecordSetName): Promise<{ pages: Pages; store: MesStore }> {
    const entry = settings.records[records];
    if (!entry) return { pages: { rows: [], pages: 0, serverTime: null }, store: empty };
    const pages = await readPages(settings, entry, get);
    const rows = readRecords(records, entry, pages.rows, settings.name, timeZone);
    const samples = settings.sample ? [settings.name] : [];
    return { pages, store: createMemoryMesStore({ records: { [records]: rows }, samples }) };
  }

  /** Who asks meanwhile waits for the same reading; a reading that failed is not kept. */
  async function storeOf(records: RecordSetName): Promise<MesStore> {
    if (!settings.records[records]) return empty;
    const now = deps.now().getTime();
    const known = kept.get(records);
    if (known && now < known.until) return await known.store;
    const store = fetchRows(records).then((fetched) => fetched.store);
    const entry = { store, until: now + settings.cache_seconds * 1_000 };
    kept.set(records, entry);
    store.catch(() => kept.get(records) === entry && kept.delete(records));
    return await store;
  }

  const store: MesStore = {
    equipment: async () => await (await storeOf("equipment")).equipment(),
    // What is asked wrongly is said before anything is fetched.
    async list(query) {
      await empty.list(query);
      return await (await storeOf(query.records)).list(query);
    },
    async aggregate(query) {
      await empty.aggregate(query);
      return await (await storeOf(query.records)).aggregate(query);
    },
    async vocabulary(records, field, limit) {
      await empty.vocabulary(records, field, limit);
      return await (await storeOf(records)).vocabulary(records, field, limit);
    },
    async coverage(records, equipmentId) {
      await empty.coverage(records, equipmentId);
      return await (await storeOf(records)).coverage(records, equipmentId);
    },
  };
  return {
    name: settings.name,
    store,
    probe: () => probeRestMes(settings, fetchRows, deps.now),
    close: async () => kept.clear(),
  };
}
