import type { MesStore } from "../../mes-store.ts";
import type { RecordSetName, Row } from "../../records.ts";
import type { CellSpec } from "../mapping/schema.ts";
import { nameKey } from "../values/clean-text.ts";

type LookupSpec = NonNullable<CellSpec["lookup"]>;
/** The value taken; undefined where nothing has the name, null where several rows have it. */
export type Find = (text: string) => string | null | undefined;

/** What is known of the plant's own records while an import runs: those in the store and those imported before. */
export type Lookups = {
  /** A table by names; filled by `load` and by the rows that come. */
  table: (spec: LookupSpec) => Find;
  /** Fills the tables from the store, once, before the first row. */
  load: (timeZone: string) => Promise<void>;
  add: (records: RecordSetName, row: Row) => void;
  /** The id as the equipment itself writes it. */
  equipmentId: (text: string) => string;
  /** Counts a row that names this equipment. */
  nameEquipment: (id: string) => void;
  knowsTag: (id: string) => boolean;
  unknownEquipment: () => { id: string; rows: number }[];
};

type NameTable = LookupSpec & { names: Map<string, string | null> };
const mostRows = 200_000;

export function createLookups(store?: Pick<MesStore, "list">): Lookups {
  const tables = new Map<string, NameTable>();
  const equipment = new Map<string, string>();
  const named = new Map<string, number>();
  const tags = new Set<string>();

  const addTo = (table: NameTable, row: Row): void => {
    const taken = row[table.take];
    if (typeof taken !== "string" && typeof taken !== "number") return;
    for (const field of table.by) {
      const value = row[field];
      for (const name of Array.isArray(value) ? value : [value]) {
        if (typeof name !== "string" && typeof name !== "number") continue;
        const key = nameKey(String(name));
        const known = table.names.get(key);
        table.names.set(key, known === undefined || known === String(taken) ? String(taken) : null);
      }
    }
  };
  const add: Lookups["add"] = (records, row) => {
    for (const table of tables.values()) if (table.records === records) addTo(table, row);
    if (typeof row.id !== "string") return;
    if (records === "equipment") equipment.set(nameKey(row.id), row.id);
    if (records === "tags") tags.add(row.id);
  };

  return {
    table: (spec) => {
      const name = JSON.stringify([spec.records, spec.by, spec.take]);
      const table: NameTable = tables.get(name) ?? { ...spec, names: new Map() };
      tables.set(name, table);
      return (text) => table.names.get(nameKey(text));
    },
    load: async (timeZone) => {
      if (!store) return;
      const wanted = new Set<RecordSetName>([
        "equipment",
        "tags",
        ...[...tables.values()].map((table) => table.records),
      ]);
      for (const records of wanted) {
        const { rows } = await store.list({ records, where: [], timeZone, limit: mostRows });
        for (const row of rows) add(records, row);
      }
    },
    add,
    equipmentId: (text) => equipment.get(nameKey(text)) ?? text,
    nameEquipment: (id) => named.set(id, (named.get(id) ?? 0) + 1),
    knowsTag: (id) => tags.has(id),
    unknownEquipment: () =>
      [...named]
        .filter(([id]) => !equipment.has(nameKey(id)))
        .map(([id, rows]) => ({ id, rows }))
        .sort((a, b) => b.rows - a.rows)
        .slice(0, 1_000),
  };
}
