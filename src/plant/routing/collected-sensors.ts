import type { SensorStore } from "../sensor-store.ts";
import type { CollectorStatus, Unseen } from "../source.ts";

/** A line that breaks and is back at once is no news. */
const shortBreakMs = 10_000;
const longestReason = 160;

/**
 * Sunbae's own readings, some of which collectors bring. Where readings of a collector that is cut off were asked for
 * and newer ones may be missing, it is reported with the newest that it brought of them. The readings stay as they are.
 */
export function tellSilentCollectors(
  own: SensorStore,
  {
    collectors,
    report,
    now,
  }: { collectors: () => CollectorStatus[]; report: (unseen: Unseen) => void; now: () => Date },
): SensorStore {
  const silent = (): Map<string, CollectorStatus> =>
    new Map(
      collectors()
        .filter((one) => isSilent(one, now()))
        .map((one) => [one.name, one]),
    );
  /** The newest told so far of each: the last call of a turn may be about an older one. */
  const newestTold = new Map<string, number>();
  let sources: Promise<Map<string, string>> | null = null;
  const sourceOf = (): Promise<Map<string, string>> => {
    sources ??= own.tags().then((tags) => new Map(tags.map((tag) => [tag.id, tag.source])));
    return sources;
  };

  async function tell(tagIds: string[], to: Date): Promise<void> {
    const cutOff = silent();
    if (cutOff.size === 0) return;
    const of = await sourceOf();
    const bySource = Map.groupBy(tagIds, (id) => of.get(id) ?? "");
    const concerned = [...bySource].filter(([source]) => cutOff.has(source));
    if (concerned.length === 0) return;
    const latest = await own.latest(concerned.flatMap(([, ids]) => ids));
    const newestOf = new Map(latest.map(({ tagId, at }) => [tagId, +at]));
    for (const [source, ids] of concerned) {
      const status = cutOff.get(source);
      if (!status) continue;
      const lacks = ids.filter((id) => mayLack(status, newestOf.get(id) ?? null, to));
      if (lacks.length === 0) continue;
      const newest = Math.max(newestTold.get(source) ?? -Infinity, ...lacks.map((id) => newestOf.get(id) ?? -Infinity));
      newestTold.set(source, newest);
      report({
        ...{ source, kind: "collector", since: status.since, reason: reasonOf(status) },
        newest: Number.isFinite(newest) ? new Date(newest) : null,
      });
    }
  }

  return {
    tags: own.tags,
    coverage: own.coverage,
    async latest(tagIds) {
      const [readings] = await Promise.all([own.latest(tagIds), tell(tagIds, now())]);
      return readings;
    },
    async window(query) {
      const [points] = await Promise.all([own.window(query), tell([query.tagId], query.to)]);
      return points;
    },
    async summarize(query) {
      const [summaries] = await Promise.all([own.summarize(query), tell(query.tagIds, query.to)]);
      return summaries;
    },
  };
}

/** "starting" is not told: another process of the same server may be the one that collects. */
function isSilent({ state, since, readings }: CollectorStatus, now: Date): boolean {
  if (state !== "disconnected") return false;
  return readings === 0 || +now - +since > shortBreakMs;
}

/** Whether readings before `to` may not have come: what was read before the line broke is whole. */
function mayLack({ since, readings }: CollectorStatus, newestMs: number | null, to: Date): boolean {
  const isCovered = newestMs !== null && +to <= newestMs;
  // One that has brought nothing may have been cut off long before this process began.
  return !isCovered && (readings === 0 || +to > +since);
}

function reasonOf({ problem }: CollectorStatus): Unseen["reason"] {
  if (problem === null) return null;
  const short = problem.length > longestReason ? `${problem.slice(0, longestReason - 1)}…` : problem;
  const plain = short.replace(/\.$/, "");
  return { ko: plain, en: plain };
}
