import type { SensorStore, Tag, WindowSummary } from "../sensor-store.ts";
import type { Unseen } from "../source.ts";
import { saneCoverage, sanePoints, saneReadings, saneSummary } from "./sane.ts";
import { SourceUnseenError } from "../source-unseen-error.ts";
import type { RoutedSensors, TagMap } from "./tag-map.ts";

/**
 * One sensor store made of Sunbae's own and the declared sources: each tag is asked for where it lives. A source that
 * can't be seen leaves its part empty and is reported; where a machine's tags were never seen at all, `tags` rejects.
 */
export function createSensorRouter(options: {
  own: SensorStore;
  map: TagMap;
  report: (unseen: Unseen) => void;
}): SensorStore {
  const { own, map, report } = options;

  /** Null where the source can't be seen. */
  const ask = async <Result>(source: RoutedSensors, call: (store: SensorStore) => Promise<Result>) => {
    try {
      return await source.guard.ask(() => call(source.store));
    } catch (thrown) {
      if (!(thrown instanceof SourceUnseenError)) throw thrown;
      report(thrown.unseen);
      return null;
    }
  };

  /** Asks every store for its tags among those asked for, all at once. */
  const each = async <Item>(
    tagIds: string[],
    call: (store: SensorStore, ids: string[], source: RoutedSensors | null) => Promise<Item[]>,
  ): Promise<Item[]> => {
    const { owner } = await map.load();
    const byStore = Map.groupBy(tagIds, (id) => owner.get(id) ?? null);
    const parts = await Promise.all(
      [...byStore].map(async ([source, ids]) =>
        source === null ? await call(own, ids, null) : ((await ask(source, (store) => call(store, ids, source))) ?? []),
      ),
    );
    return parts.flat();
  };

  const inOrder = <Item extends { tagId: string }>(tagIds: string[], items: Item[]): Item[] => {
    const byTag = new Map(items.map((item) => [item.tagId, item]));
    return tagIds.flatMap((id) => byTag.get(id) ?? []);
  };

  return {
    async tags(equipmentId) {
      const { owner, declared, missing } = await map.load();
      const away = missing.filter(({ source }) => equipmentId === undefined || (source.claims?.(equipmentId) ?? true));
      for (const { error } of away) report(error.unseen);
      const listed = equipmentId === undefined ? declared : declared.filter((tag) => tag.equipmentId === equipmentId);
      const kept = (await own.tags(equipmentId)).filter((tag) => !owner.has(tag.id));
      const all = [...listed, ...kept];
      if (all.length === 0 && away[0]) throw away[0].error;
      return all.sort((a, b) => (a.id < b.id ? -1 : 1));
    },

    async latest(tagIds) {
      const read = await each(tagIds, async (store, ids, source) => {
        const readings = saneReadings(await store.latest(ids));
        for (const { at } of readings) source?.guard.noteNewest(at);
        return readings;
      });
      return inOrder(tagIds, read);
    },

    async window(query) {
      return await each([query.tagId], async (store) => sanePoints(await store.window(query)));
    },

    async summarize({ tagIds, ...span }) {
      const read = await each(tagIds, async (store, ids) =>
        (await store.summarize({ ...span, tagIds: ids })).map(saneSummary),
      );
      const byTag = new Map(read.map((one) => [one.tagId, one]));
      return tagIds.map((id) => byTag.get(id) ?? nothing(id));
    },

    async coverage(tagIds) {
      return inOrder(tagIds, await each(tagIds, async (store, ids) => saneCoverage(await store.coverage(ids))));
    },
  };
}

function nothing(tagId: Tag["id"]): WindowSummary {
  const none = { min: null, max: null, mean: null, standardDeviation: null, p05: null, median: null, p95: null };
  return { tagId, count: 0, first: null, last: null, ...none };
}
