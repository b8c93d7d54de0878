import type { ListQuery, RecordSetName, Row } from "../../src/plant/records.ts";
import type { PlantWriter } from "../../src/plant/plant-writer.ts";

type Source = Parameters<PlantWriter["declareSource"]>[0];

/** A PlantWriter that keeps what it is given and records its calls; `store` reads it back as a MesStore would. */
export function createFakePlantWriter() {
  const sets = new Map<RecordSetName, Map<string, Row & { id: string }>>();
  const readings = new Map<string, Map<number, number>>();
  const sources: Source[] = [];
  const calls: {
    verb: "upsert" | "appendReadings" | "declareSource" | "removeSource";
    records?: RecordSetName;
    rows: number;
  }[] = [];
  const setOf = (records: RecordSetName): Map<string, Row & { id: string }> => {
    const found = sets.get(records) ?? new Map<string, Row & { id: string }>();
    sets.set(records, found);
    return found;
  };
  const writer: PlantWriter = {
    upsert: async (records, source, rows) => {
      calls.push({ verb: "upsert", records, rows: rows.length });
      const counts = { inserted: 0, updated: 0, unchanged: 0 };
      const inBatch = new Set<string>();
      for (const row of rows) {
        if (typeof row.id !== "string" || row.id === "") throw new Error(`a ${records} row has no id`);
        if (inBatch.has(row.id)) throw new Error(`id ${row.id} is twice in one batch`);
        inBatch.add(row.id);
        const key = `${source}\u0000${row.id}`;
        const before = setOf(records).get(key);
        if (before === undefined) counts.inserted += 1;
        else counts[JSON.stringify(before) === JSON.stringify(row) ? "unchanged" : "updated"] += 1;
        setOf(records).set(key, { ...row, id: row.id });
      }
      return counts;
    },
    appendReadings: async (batch) => {
      let written = 0;
      for (const { tagId, times, values } of batch) {
        const series = readings.get(tagId) ?? new Map<number, number>();
        readings.set(tagId, series);
        for (const [index, time] of times.entries()) series.set(time, values[index] as number);
        written += times.length;
      }
      calls.push({ verb: "appendReadings", rows: written });
      return { written };
    },
    declareSource: async (source) => {
      calls.push({ verb: "declareSource", rows: 0 });
      sources.push(source);
    },
    removeSource: async () => {
      throw new Error("the import removes nothing");
    },
  };
  const rows = (records: RecordSetName): (Row & { id: string })[] => [...setOf(records).values()];
  const store = {
    list: async (query: ListQuery): Promise<{ rows: Row[]; total: number }> => {
      const found = rows(query.records).slice(0, query.limit);
      return { rows: found, total: found.length };
    },
  };
  return { writer, store, rows, readings, sources, calls };
}
