import type { Database } from "../../db/database.ts";
import type { Equipment, MesStore } from "../mes-store.ts";
import type { Group, RecordSetName, Row, Value } from "../records.ts";
import { columnOf, compileAggregate, compileCount, compileList, type Statement } from "./compile-query.ts";
import { checkPage } from "./check-query.ts";
import { coverageFields, vocabularyFields } from "./check-coverage.ts";

type EquipmentRow = {
  id: string;
  name: string | null;
  name_ko: string | null;
  aliases: string[] | null;
  class: string | null;
  model: string | null;
  level: Equipment["level"];
  parent_id: string | null;
  source: string;
  sample: boolean;
};

/** The MES records in Sunbae's own database: what was imported, or the sample plant. Queries are compiled to SQL. */
export function createEmbeddedMesStore(database: Pick<Database, "pool">): MesStore {
  async function run<T>({ text, values }: Statement): Promise<T[]> {
    return (await database.pool.query(text, values)).rows as T[];
  }

  return {
    async equipment() {
      const rows = await run<EquipmentRow>({
        text: `SELECT t.*, coalesce(s.sample, false) AS sample FROM equipment t LEFT JOIN data_sources s ON s.name = t.source
               ORDER BY t.id COLLATE "C", t.source COLLATE "C"`,
        values: [],
      });
      return rows.map((row) => ({
        id: row.id,
        name: row.name ?? row.name_ko ?? row.id,
        nameKo: row.name_ko,
        aliases: row.aliases ?? [],
        class: row.class,
        model: row.model,
        level: row.level,
        parentId: row.parent_id,
        source: row.source,
        sample: row.sample,
      }));
    },

    async list(query) {
      const rows = await run<Row>(compileList(query));
      // A page that is not full is the last one: its end is the total.
      const { limit, offset } = checkPage(query);
      if ((limit === null || rows.length < limit) && (rows.length > 0 || offset === 0))
        return { rows, total: offset + rows.length };
      const [counted] = await run<{ total: number }>(compileCount(query));
      return { rows, total: counted?.total ?? 0 };
    },

    async aggregate(query) {
      const rows = await run<Record<string, Value>>(compileAggregate(query));
      const counted = rows[0]?.["total"] ?? (await run<{ total: number }>(compileCount(query)))[0]?.total;
      const depth = query.groupBy?.length ?? 0;
      const groups = rows.map((row) => ({
        key: Array.from({ length: depth }, (_, index) => row[`k${index}`] ?? null) as Group["key"],
        value: row["value"] as number | null,
      }));
      return { groups, total: Number(counted ?? 0), groupCount: Number(rows[0]?.["group_count"] ?? 0) };
    },

    async vocabulary(records, name, limit) {
      const { field, description, limit: most } = vocabularyFields(records, name, limit);
      const column = field.type === "list" ? "l.v" : columnOf(field);
      const join =
        field.type === "list" ? `, LATERAL (SELECT DISTINCT v FROM unnest(${columnOf(field)}) AS e(v)) l` : "";
      const collate =
        field.type === "number" || field.type === "minutes" || field.type === "boolean" ? "" : ` COLLATE "C"`;
      // A code with several descriptions has none of them as its label.
      const text = description ? `${columnOf(description)} COLLATE "C"` : "";
      const label = description ? `CASE WHEN min(${text}) = max(${text}) THEN max(${text}) END` : "NULL";
      const rows = await run<{ value: Value; label: string | null; count: number }>({
        text: `SELECT ${column} AS value, ${label} AS label, count(*)::float8 AS count FROM "${records}"${join}
               WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, ${column}${collate} LIMIT $1::bigint`,
        values: [most],
      });
      return rows.map((row) => ({ value: String(row.value), label: row.label, count: row.count }));
    },

    async coverage(records: RecordSetName, equipmentId?: string) {
      const { time, equipment } = coverageFields(records, equipmentId);
      const span = time
        ? `min(${columnOf(time)}) AS "from", max(${columnOf(time)}) AS "to"`
        : `NULL AS "from", NULL AS "to"`;
      const [row] = await run<{ rows: number; from: Date | null; to: Date | null }>({
        text: `SELECT count(*)::float8 AS rows, ${span} FROM "${records}"${equipment ? ` WHERE ${columnOf(equipment)} = $1` : ""}`,
        values: equipment ? [equipmentId] : [],
      });
      return row ?? { rows: 0, from: null, to: null };
    },
  };
}
