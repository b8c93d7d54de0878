import { SunbaeError } from "../../../core/errors.ts";
import type { Equipment, MesStore } from "../../mes-store.ts";
import type { AggregateQuery, Field, Group, ListQuery, RecordSetName, Row } from "../../records.ts";
import type { ReadOnlySession } from "../../sql/read-only-session.ts";
import { coverageFields, vocabularyFields } from "../check-coverage.ts";
import { checkGrouping, checkMeasure, checkOrder, checkPage, checkTimeZone, checkWhere } from "../check-query.ts";
import type { CheckedCondition } from "../check-query.ts";
import { createMemoryMesStore } from "../memory-mes-store.ts";
import {
  compiledOf,
  compileCount,
  compileGroups,
  compileReading,
  compileRows,
  compileSpan,
  compileVocabulary,
} from "./compile-mapped-query.ts";
import type { Plan } from "./plan-records.ts";
import { readKey, readRow } from "./read-row.ts";

export type SqlMesOptions = {
  session: ReadOnlySession;
  /** The source's name, which every row carries. */
  source: string;
  sample: boolean;
  /** Rows read at most for one answer. */
  maxRows: number;
  /** Null where the record set isn't mapped; rejects with `MappingError` where the mapping doesn't fit the database. */
  planOf: (records: RecordSetName) => Promise<Plan | null>;
};

/** An MES in a foreign database, through a declared mapping. What SQL can't decide is made after reading, within maxRows. */
export function createSqlMesStore({ session, source, sample, maxRows, planOf }: SqlMesOptions): MesStore {
  /** Checks and answers what isn't mapped: nothing, but never for a field that doesn't exist. */
  const empty = createMemoryMesStore({ records: {} });
  const known = (plan: Plan, fields: Field[]) => fields.every((field) => compiledOf(plan, field).expression !== null);
  const run = async ({ text, values }: { text: string; values: unknown[] }) => (await session.query(text, values)).rows;

  /** A store of the rows that meet what SQL can decide of the conditions, with the fields that the answer needs. */
  async function afterReading(plan: Plan, where: CheckedCondition[], needed: Field[] | null): Promise<MesStore> {
    const lasting = needed?.some(({ name }) => name === "duration_minutes") ? ["started_at", "ended_at"] : [];
    const names = needed && new Set(["id", ...needed.map(({ name }) => name), ...lasting]);
    const fields = plan.fields.filter(({ field }) => !names || names.has(field.name));
    const { text, values } = compileReading(plan, where, fields);
    const { rows, truncated } = await session.query(text, values);
    if (truncated)
      throw new SunbaeError(
        "too_large",
        `${source}: this needs more than ${maxRows} rows of ${plan.records} to be read.`,
        {
          fix: "Ask for a shorter period or one machine; fields that the database can't decide by itself are compared after reading.",
        },
      );
    const read = rows.map((row) => readRow(plan, fields, row, source)).filter((row) => row["id"] !== null);
    return createMemoryMesStore({ records: { [plan.records]: read }, samples: sample ? [source] : [] });
  }

  async function total(plan: Plan, where: CheckedCondition[]): Promise<number> {
    const [counted] = await run(compileCount(plan, where));
    return Number(counted?.["total"] ?? 0);
  }

  async function list(query: ListQuery): Promise<{ rows: Row[]; total: number }> {
    await empty.list(query);
    const plan = await planOf(query.records);
    if (!plan) return { rows: [], total: 0 };
    const where = checkWhere(query.records, query.where);
    const id = plan.fields.filter(({ field }) => field.name === "id").map(({ field }) => field);
    const compared = [...where.map(({ field }) => field), ...checkOrder(query).map(({ field }) => field), ...id];
    if (!known(plan, compared)) return await (await afterReading(plan, where, null)).list(query);
    const { limit: asked, offset } = checkPage(query);
    const limit = Math.min(asked ?? maxRows, maxRows);
    if (limit === 0) return { rows: [], total: await total(plan, where) };
    const rows = (await run(compileRows(plan, query, limit))).map((row) => readRow(plan, plan.fields, row, source));
    // A page that is not full is the last one: its end is the total.
    if (rows.length < limit && (rows.length > 0 || offset === 0)) return { rows, total: offset + rows.length };
    return { rows, total: await total(plan, where) };
  }

  return {
    list,

    async equipment() {
      const { rows } = await list({ records: "equipment", where: [], timeZone: "UTC", limit: maxRows, orderBy: [] });
      return rows.map((row) => ({
        id: row["id"] as string,
        name: (row["name"] ?? row["name_ko"] ?? row["id"]) as string,
        nameKo: row["name_ko"] as string | null,
        aliases: (row["aliases"] ?? []) as string[],
        class: row["class"] as string | null,
        model: row["model"] as string | null,
        level: row["level"] as Equipment["level"],
        parentId: row["parent_id"] as string | null,
        source,
        sample,
      }));
    },

    async aggregate(query: AggregateQuery) {
      await empty.aggregate(query);
      const plan = await planOf(query.records);
      if (!plan) return await empty.aggregate(query);
      checkTimeZone(query.timeZone);
      const where = checkWhere(query.records, query.where);
      const groupings = (query.groupBy ?? []).map((grouping) => checkGrouping(query.records, grouping));
      const of = checkMeasure(query);
      const needed = [...where, ...groupings, ...(of ? [of] : [])].map(({ field }) => field);
      if (!known(plan, needed)) return await (await afterReading(plan, where, needed)).aggregate(query);
      const rows = await run(compileGroups(plan, query, maxRows));
      const groups: Group[] = rows.map((row) => ({
        key: groupings.map((grouping, index) => readKey(grouping, row[`k${index}`])),
        value: row["value"] === null ? null : Number(row["value"]),
      }));
      const counts = { total: Number(rows[0]?.["total"] ?? 0), groupCount: Number(rows[0]?.["group_count"] ?? 0) };
      return { groups: query.limit === 0 ? [] : groups, ...counts };
    },

    async vocabulary(records, name, limit) {
      const { field, description, limit: most } = vocabularyFields(records, name, limit);
      const plan = await planOf(records);
      if (!plan || most === 0) return [];
      const needed = description ? [field, description] : [field];
      if (!known(plan, needed)) return await (await afterReading(plan, [], needed)).vocabulary(records, name, limit);
      const rows = await run(compileVocabulary(plan, field, description, Math.min(most, maxRows)));
      return rows.map((row) => ({
        value: String(readKey({ field, bucket: undefined }, row["v"])),
        label: row["label"] === null ? null : String(row["label"]),
        count: Number(row["n"]),
      }));
    },

    async coverage(records, equipmentId) {
      const { time, equipment } = coverageFields(records, equipmentId);
      const plan = await planOf(records);
      if (!plan) return { rows: 0, from: null, to: null };
      const where: CheckedCondition[] = equipment ? [{ field: equipment, op: "eq", value: equipmentId ?? "" }] : [];
      const needed = [...(time ? [time] : []), ...(equipment ? [equipment] : [])];
      if (!known(plan, needed)) return await (await afterReading(plan, where, needed)).coverage(records, equipmentId);
      const [row] = await run(compileSpan(plan, where, time));
      const instant = (value: unknown) => {
        const ms = value === null || value === undefined ? Number.NaN : Number(value);
        return Number.isFinite(ms) ? new Date(ms) : null;
      };
      return { rows: Number(row?.["n"] ?? 0), from: instant(row?.["oldest"]), to: instant(row?.["newest"]) };
    },
  };
}
