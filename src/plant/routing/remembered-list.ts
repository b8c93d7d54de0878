import { SourceUnseenError } from "../source-unseen-error.ts";
import type { Unseen } from "../source.ts";

/** What a source lists (its tags, its machines): asked for anew once a minute, remembered while the source is away. */
export type RememberedList<Item> = {
  /** The list, at once where it is known. Rejects only where it was never seen. */
  load(): Promise<readonly Item[]>;
  known(): readonly Item[] | null;
  /** Why it could not be listed the last time; null where it could. */
  lost(): Unseen | null;
  /** Asks anew; rejects where that fails. */
  refresh(): Promise<readonly Item[]>;
};

const maxAgeMs = 60_000;

export function rememberList<Item>(
  read: () => Promise<Item[]>,
  ask: (call: () => Promise<Item[]>) => Promise<Item[]>,
): RememberedList<Item> {
  let known: readonly Item[] | null = null;
  let lost: Unseen | null = null;
  let readAt = 0;
  let under: Promise<readonly Item[]> | null = null;
  const keep = async (reading: Promise<Item[]>): Promise<readonly Item[]> => {
    const items = await reading;
    known = items;
    lost = null;
    readAt = performance.now();
    return items;
  };
  const load = (): Promise<readonly Item[]> => {
    under ??= keep(ask(read))
      .catch((thrown: unknown) => {
        if (thrown instanceof SourceUnseenError) lost = thrown.unseen;
        throw thrown;
      })
      .finally(() => (under = null));
    return under;
  };
  return {
    known: () => known,
    lost: () => lost,
    refresh: () => keep(read()),
    async load() {
      if (known === null) return await load();
      // The guard keeps what went wrong; the former list serves.
      if (performance.now() - readAt > maxAgeMs) load().catch(() => undefined);
      return known;
    },
  };
}
