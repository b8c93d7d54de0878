import type { SensorStore, Tag } from "../sensor-store.ts";
import type { RememberedList } from "./remembered-list.ts";
import { SourceUnseenError } from "../source-unseen-error.ts";
import type { SourceGuard } from "./source-guard.ts";

/** A declared sensor store, as the router sees it. */
export type RoutedSensors = {
  name: string;
  store: SensorStore;
  guard: SourceGuard;
  tags: RememberedList<Tag>;
  /** Whether a machine lives here; null where the site file names none, so that the store's own list says it. */
  claims: ((equipmentId: string) => boolean) | null;
};

export type TagMap = {
  load(): Promise<{
    /** Which declared source a tag lives in; absent tags are Sunbae's own. */
    owner: Map<string, RoutedSensors>;
    declared: Tag[];
    /** Sources whose tags were never seen. */
    missing: { source: RoutedSensors; error: SourceUnseenError }[];
  }>;
};

/**
 * A machine that a source claims lives there; the tags of others live in the first source that lists them. What no
 * declared source lists is in Sunbae's own store.
 */
export function createTagMap(sources: RoutedSensors[]): TagMap {
  let built: { lists: (readonly Tag[] | null)[]; owner: Map<string, RoutedSensors>; declared: Tag[] } | null = null;

  const build = (lists: (readonly Tag[] | null)[]) => {
    const owner = new Map<string, RoutedSensors>();
    const declared: Tag[] = [];
    for (const claimed of [true, false])
      for (const [index, source] of sources.entries())
        for (const tag of lists[index] ?? []) {
          const isClaimed = source.claims?.(tag.equipmentId) ?? false;
          const isElsewhere = !isClaimed && sources.some((other) => other.claims?.(tag.equipmentId));
          if (isClaimed !== claimed || isElsewhere || source.claims?.(tag.equipmentId) === false) continue;
          if (owner.has(tag.id)) continue;
          owner.set(tag.id, source);
          declared.push(tag.source === source.name ? tag : { ...tag, source: source.name });
        }
    return { lists, owner, declared };
  };

  return {
    async load() {
      const missing: { source: RoutedSensors; error: SourceUnseenError }[] = [];
      const lists = await Promise.all(
        sources.map(async (source) => {
          try {
            return await source.tags.load();
          } catch (thrown) {
            if (!(thrown instanceof SourceUnseenError)) throw thrown;
            missing.push({ source, error: thrown });
            return null;
          }
        }),
      );
      if (!built || lists.some((list, index) => list !== built?.lists[index])) built = build(lists);
      return { owner: built.owner, declared: built.declared, missing };
    },
  };
}
