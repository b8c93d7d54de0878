import { coverageFields, vocabularyFields } from "../mes/check-coverage.ts";
import { checkGrouping, checkMeasure, checkOrder, checkPage, checkTimeZone, checkWhere } from "../mes/check-query.ts";
import { compareValues } from "../mes/memory-measure.ts";
import { createMemoryMesStore } from "../mes/memory-mes-store.ts";
import type { MesStore } from "../mes-store.ts";
import type { ListQuery, RecordSetName, Row } from "../records.ts";
import type { Unseen } from "../source.ts";
import { mergeEquipment, mergeMasterRows } from "./merge-equipment.ts";
import { askPart, mergeGroups, partOf } from "./merge-groups.ts";
import { mergeVocabulary } from "./merge-vocabulary.ts";
import { concerns, type RoutedMes } from "./routed-mes.ts";
import { saneRows, saneTotal } from "./sane.ts";
import { SourceUnseenError } from "../source-unseen-error.ts";

/** Record sets of which several sources tell the same thing: one row for each id. */
const masterData = new Set<RecordSetName>(["equipment", "tags"]);
const mostMasterRows = 100_000;
/** Of each source so many values are looked at: one that is rare in each may be frequent in all. */
const commonValues = 1_000;

/**
 * One MES store made of Sunbae's own and the declared sources: rows of all, machines once. A source that can't be seen
 * is reported and left out; where the others know nothing, the verb rejects rather than saying that there is nothing.
 */
export function createMesRouter(options: {
  own: MesStore;
  sources: RoutedMes[];
  report: (unseen: Unseen) => void;
}): MesStore {
  const { own, sources, report } = options;

  /** Every store's answer, all asked at once; `lost` is why one of them is missing. */
  async function all<Answer>(
    asked: RoutedMes[],
    call: (store: MesStore) => Promise<Answer>,
  ): Promise<{ answers: Answer[]; lost: SourceUnseenError | null }> {
    let lost: SourceUnseenError | null = null;
    const ask = async (source: RoutedMes): Promise<Answer[]> => {
      try {
        return [await source.guard.ask(() => call(source.store))];
      } catch (thrown) {
        if (!(thrown instanceof SourceUnseenError)) throw thrown;
        report(thrown.unseen);
        lost ??= thrown;
        return [];
      }
    };
    const answers = await Promise.all([...asked.map(ask), call(own).then((answer) => [answer])]);
    return { answers: answers.flat(), lost };
  }

  const refuseNothing = (isEmpty: boolean, lost: SourceUnseenError | null): void => {
    if (isEmpty && lost) throw lost;
  };

  /** Master data of all sources, as one store in memory. */
  async function master(records: RecordSetName): Promise<MesStore> {
    const query: ListQuery = { records, where: [], timeZone: "UTC", limit: mostMasterRows, orderBy: [] };
    const { answers, lost } = await all(concerns(query, sources), async (store) =>
      saneRows((await store.list(query)).rows),
    );
    const rows = mergeMasterRows(answers);
    refuseNothing(rows.length === 0, lost);
    return createMemoryMesStore({ records: { [records]: rows } });
  }

  return {
    async equipment() {
      let lost: SourceUnseenError | null = null;
      // What a source listed before is remembered while it is away.
      const listOf = async (source: RoutedMes) => {
        try {
          const listed = await source.equipment.load();
          return listed.filter((one) => source.claims?.(one.id) ?? true);
        } catch (thrown) {
          if (!(thrown instanceof SourceUnseenError)) throw thrown;
          report(thrown.unseen);
          lost ??= thrown;
          return [];
        }
      };
      const merged = mergeEquipment(await Promise.all([...sources.map(listOf), own.equipment()]));
      refuseNothing(merged.length === 0, lost);
      return merged;
    },

    async list(query) {
      checkTimeZone(query.timeZone);
      checkWhere(query.records, query.where);
      const order = checkOrder(query);
      const { limit, offset } = checkPage(query);
      if (masterData.has(query.records)) return await (await master(query.records)).list(query);
      const most = offset + (limit ?? 0);
      const { answers, lost } = await all(concerns(query, sources), async (store) => {
        const { rows, total } = await store.list({ ...query, limit: most, offset: 0 });
        return { rows: saneRows(rows), total: saneTotal(total) };
      });
      const total = answers.reduce((sum, one) => sum + one.total, 0);
      refuseNothing(total === 0, lost);
      const rows = answers.flatMap((one) => one.rows).sort((a, b) => compareRows(a, b, order));
      return { rows: rows.slice(offset, most), total };
    },

    async aggregate(query) {
      checkTimeZone(query.timeZone);
      checkWhere(query.records, query.where);
      for (const grouping of query.groupBy ?? []) checkGrouping(query.records, grouping);
      checkMeasure(query);
      checkPage({ ...(query.limit !== undefined && { limit: query.limit }) });
      if (masterData.has(query.records)) return await (await master(query.records)).aggregate(query);
      const asked = concerns(query, sources);
      if (asked.length === 0) return await own.aggregate(query);
      const part = partOf(query);
      const { answers, lost } = await all(asked, (store) => askPart(part, store));
      const merged = mergeGroups(query, answers);
      refuseNothing(merged.total === 0, lost);
      return merged;
    },

    async vocabulary(records, field, limit) {
      const checked = vocabularyFields(records, field, limit);
      if (masterData.has(records)) return await (await master(records)).vocabulary(records, field, limit);
      const { answers, lost } = await all(concerns({ records, where: [] }, sources), (store) =>
        store.vocabulary(records, field, Math.max(commonValues, 2 * limit)),
      );
      const merged = mergeVocabulary(answers.flat()).slice(0, checked.limit);
      refuseNothing(merged.length === 0, lost);
      return merged;
    },

    async coverage(records, equipmentId) {
      coverageFields(records, equipmentId);
      if (masterData.has(records)) return await (await master(records)).coverage(records, equipmentId);
      const held = concerns({ records, where: [] }, sources);
      const asked = equipmentId === undefined ? held : held.filter((one) => one.claims?.(equipmentId) ?? true);
      const { answers, lost } = await all(asked, (store) => store.coverage(records, equipmentId));
      const rows = answers.reduce((sum, one) => sum + saneTotal(one.rows), 0);
      refuseNothing(rows === 0, lost);
      const end = (pick: (...times: number[]) => number, times: (Date | null)[]) => {
        const known = times.flatMap((time) => (time && Number.isFinite(time.getTime()) ? [time.getTime()] : []));
        return known.length > 0 ? new Date(pick(...known)) : null;
      };
      const from = answers.map((one) => one.from);
      const to = answers.map((one) => one.to);
      return { rows, from: end(Math.min, from), to: end(Math.max, to) };
    },
  };
}

function compareRows(a: Row, b: Row, order: ReturnType<typeof checkOrder>): number {
  for (const { field, direction } of order) {
    const compared = compareValues(a[field.name] ?? null, b[field.name] ?? null, direction);
    if (compared !== 0) return compared;
  }
  return (
    compareValues(a["id"] ?? null, b["id"] ?? null, "asc") ||
    compareValues(a["source"] ?? null, b["source"] ?? null, "asc")
  );
}
