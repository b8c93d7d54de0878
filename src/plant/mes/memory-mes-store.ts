import type { Equipment, MesStore } from "../mes-store.ts";
import type { AggregateQuery, Field, Group, RecordSetName, Row } from "../records.ts";
import { bucketOf } from "./buckets.ts";
import { recordSetOf } from "./catalogue.ts";
import { coverageFields, vocabularyFields } from "./check-coverage.ts";
import {
  checkGrouping,
  checkMeasure,
  checkOrder,
  checkPage,
  checkTimeZone,
  checkWhere,
  type CheckedGrouping,
} from "./check-query.ts";
import { compareKeys, compareValues, measureRows } from "./memory-measure.ts";
import { matches } from "./memory-conditions.ts";
import { prepareRows } from "./prepare-rows.ts";

export type MemoryPlant = {
  /** Rows with catalogue field names; `source` is "memory" where a row names none. */
  records: Partial<Record<RecordSetName, Row[]>>;
  /** Names of the sources that are samples. */
  samples?: string[];
};

type Key = Group["key"][number];

/** The keys under which a row counts: one, or for a list field one for each different element. */
function keysOf(row: Row, { field, bucket }: CheckedGrouping, timeZone: string): Key[] {
  const value = row[field.name] ?? null;
  if (Array.isArray(value)) return value.length > 0 ? [...new Set(value)] : [null];
  if (value instanceof Date) return [bucket ? bucketOf(value, bucket, timeZone) : value.toISOString()];
  return [value];
}

function groupRows(
  rows: Row[],
  groupings: CheckedGrouping[],
  timeZone: string,
): Map<string, { key: Key[]; rows: Row[] }> {
  const groups = new Map<string, { key: Key[]; rows: Row[] }>();
  if (groupings.length === 0) groups.set("", { key: [], rows });
  else
    for (const row of rows) {
      let keys: Key[][] = [[]];
      for (const grouping of groupings)
        keys = keys.flatMap((key) => keysOf(row, grouping, timeZone).map((next) => [...key, next]));
      for (const key of keys) {
        const name = JSON.stringify(key);
        const group = groups.get(name) ?? { key, rows: [] };
        groups.set(name, group);
        group.rows.push(row);
      }
    }
  return groups;
}

function aggregate(rows: Row[], query: AggregateQuery): { groups: Group[]; groupCount: number } {
  const timeZone = checkTimeZone(query.timeZone);
  const groupings = (query.groupBy ?? []).map((grouping) => checkGrouping(query.records, grouping));
  const of = checkMeasure(query);
  const { limit } = checkPage({ limit: query.limit });
  const groups = [...groupRows(rows, groupings, timeZone).values()]
    .map((group) => ({
      key: group.key,
      value: measureRows(
        group.rows,
        query.measure.kind,
        of,
        (row, measured) => keysOf(row, measured, timeZone)[0] ?? null,
      ),
    }))
    .sort((a, b) => {
      const byValue = query.orderBy === "key" ? 0 : compareValues(a.value, b.value, "desc");
      return byValue || compareKeys(a.key, b.key);
    });
  return { groups: groups.slice(0, limit ?? groups.length), groupCount: groups.length };
}

/** The MES store's twin in memory, for tests: the same answers as the embedded one, without a database. */
export function createMemoryMesStore(plant: MemoryPlant): MesStore {
  const tables = new Map<RecordSetName, Row[]>();
  for (const [name, given] of Object.entries(plant.records) as [RecordSetName, Row[]][]) {
    const bySource = Map.groupBy(given, (row) => String(row["source"] ?? "memory"));
    const kept = [...bySource].flatMap(([source, rows]) => prepareRows(name, rows).map((row) => ({ source, ...row })));
    tables.set(name, kept);
  }
  const rowsOf = (records: RecordSetName) => tables.get(recordSetOf(records).name) ?? [];
  const byId = (a: Row, b: Row) =>
    compareKeys([a["id"] as string, a["source"] as string], [b["id"] as string, b["source"] as string]);

  function select(query: Pick<AggregateQuery, "records" | "where">): Row[] {
    const conditions = checkWhere(query.records, query.where);
    return rowsOf(query.records).filter((row) => conditions.every((condition) => matches(row, condition)));
  }

  return {
    async equipment() {
      return rowsOf("equipment")
        .toSorted(byId)
        .map((row) => ({
          id: row["id"] as string,
          name: (row["name"] ?? row["name_ko"] ?? row["id"]) as string,
          nameKo: row["name_ko"] as string | null,
          aliases: (row["aliases"] ?? []) as string[],
          class: row["class"] as string | null,
          model: row["model"] as string | null,
          level: row["level"] as Equipment["level"],
          parentId: row["parent_id"] as string | null,
          source: row["source"] as string,
          sample: plant.samples?.includes(row["source"] as string) ?? false,
        }));
    },

    async list(query) {
      checkTimeZone(query.timeZone);
      const order = checkOrder(query);
      const { limit, offset } = checkPage(query);
      const rows = select(query).sort((a, b) => {
        for (const { field, direction } of order) {
          const compared = compareValues(a[field.name] ?? null, b[field.name] ?? null, direction);
          if (compared !== 0) return compared;
        }
        return byId(a, b);
      });
      return { rows: rows.slice(offset, limit === null ? undefined : offset + limit), total: rows.length };
    },

    async aggregate(query) {
      const rows = select(query);
      return { ...aggregate(rows, query), total: rows.length };
    },

    async vocabulary(records, name, limit) {
      const { field, description, limit: most } = vocabularyFields(records, name, limit);
      const groups = groupRows(rowsOf(records), [{ field, bucket: undefined }], "UTC");
      const labelOf = (rows: Row[], { name: described }: Field) => {
        const labels = new Set(rows.flatMap((row) => row[described] ?? []));
        return labels.size === 1 ? ([...labels][0] as string) : null;
      };
      return [...groups.values()]
        .filter(({ key }) => key[0] !== null)
        .sort((a, b) => b.rows.length - a.rows.length || compareKeys(a.key, b.key))
        .slice(0, most)
        .map(({ key, rows }) => ({
          value: String(key[0]),
          label: description ? labelOf(rows, description) : null,
          count: rows.length,
        }));
    },

    async coverage(records, equipmentId) {
      const { time, equipment } = coverageFields(records, equipmentId);
      const rows = rowsOf(records).filter((row) => !equipment || row[equipment.name] === equipmentId);
      const times = rows.flatMap((row) => (time && row[time.name] instanceof Date ? [Number(row[time.name])] : []));
      const end = (pick: (a: number, b: number) => number) =>
        times.length > 0 ? new Date(times.reduce((a, b) => pick(a, b))) : null;
      return { rows: rows.length, from: end(Math.min), to: end(Math.max) };
    },
  };
}
