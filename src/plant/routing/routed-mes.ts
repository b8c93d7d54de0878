import { recordSetOf } from "../mes/catalogue.ts";
import { vocabularyFields } from "../mes/check-coverage.ts";
import type { Equipment, MesStore } from "../mes-store.ts";
import type { Condition, Measure, RecordSetName } from "../records.ts";
import { mergeVocabulary } from "./merge-vocabulary.ts";
import type { RememberedList } from "./remembered-list.ts";
import type { SourceGuard } from "./source-guard.ts";

/** A declared MES store, as the router sees it. */
export type RoutedMes = {
  name: string;
  store: MesStore;
  guard: SourceGuard;
  equipment: RememberedList<Equipment>;
  /** Whether a machine lives here; null where the site file names none. */
  claims: ((equipmentId: string) => boolean) | null;
  /** The ids that the site file names without a glob. */
  named: readonly string[];
  /** The record sets that can be here; null for any. */
  holds: ReadonlySet<RecordSetName> | null;
};

type Asked = { records: RecordSetName; where: Condition[] };

/** The field that says whose a row is; none for lists that belong to the plant as a whole. */
function machineField(records: RecordSetName): string | null {
  if (records === "equipment") return "id";
  return recordSetOf(records).fields.some((field) => field.name === "equipment_id") ? "equipment_id" : null;
}

/** The sources in which rows of the machines asked for may be; a machine that lives elsewhere is not asked of them. */
export function concerns(query: Asked, sources: RoutedMes[]): RoutedMes[] {
  const field = machineField(query.records);
  const ids = query.where.flatMap((condition) => {
    if (field === null || condition.field !== field) return [];
    if (condition.op === "eq") return [[String(condition.value)]];
    return condition.op === "in" ? [condition.value.map(String)] : [];
  });
  return sources.filter(
    ({ claims, holds }) =>
      (holds === null || holds.has(query.records)) &&
      (claims === null || ids.every((list) => list.some((id) => claims(id)))),
  );
}

/** The source's store, held to the machines that the site file says live there. */
export function holdToMachines(source: RoutedMes): MesStore {
  const { claims, store } = source;
  if (claims === null) return store;
  const restrict = async <Query extends Asked>(query: Query): Promise<Query> => {
    const field = machineField(query.records);
    if (field === null) return query;
    const listed = (await source.equipment.load()).filter((one) => claims(one.id)).map((one) => one.id);
    const ids = [...new Set([...source.named, ...listed])];
    // A store that lists no machines can't tell which ids its globs mean.
    return ids.length === 0 ? query : { ...query, where: [...query.where, { field, op: "in", value: ids }] };
  };
  const aggregate: MesStore["aggregate"] = async (query) => await store.aggregate(await restrict(query));
  return {
    equipment: async () => (await store.equipment()).filter((one) => claims(one.id)),
    list: async (query) => await store.list(await restrict(query)),
    aggregate,
    async vocabulary(records, field, limit) {
      if (machineField(records) === null) return await store.vocabulary(records, field, limit);
      const { description } = vocabularyFields(records, field, limit);
      const where: Condition[] = [{ field, op: "not_null" }];
      const groupBy = [{ field }, ...(description ? [{ field: description.name }] : [])];
      const asked = { records, where, groupBy, timeZone: "UTC", measure: { kind: "count" } } as const;
      const { groups } = await aggregate({ ...asked, where, groupBy });
      const entries = groups.map(({ key: [value, label], value: count }) => ({
        value: String(value),
        label: typeof label === "string" ? label : null,
        count: count ?? 0,
      }));
      return mergeVocabulary(entries).slice(0, limit);
    },
    async coverage(records, equipmentId) {
      if (equipmentId !== undefined || machineField(records) === null)
        return await store.coverage(records, equipmentId);
      const { timeField } = recordSetOf(records);
      const of = async (measure: Measure) => await aggregate({ records, where: [], timeZone: "UTC", measure });
      const [rows, from, to] = await Promise.all([
        of({ kind: "count" }),
        timeField ? of({ kind: "min", field: timeField }) : null,
        timeField ? of({ kind: "max", field: timeField }) : null,
      ]);
      const at = (answer: typeof from) => {
        const value = answer?.groups[0]?.value ?? null;
        return value === null ? null : new Date(value);
      };
      return { rows: rows.total, from: at(from), to: at(to) };
    },
  };
}
