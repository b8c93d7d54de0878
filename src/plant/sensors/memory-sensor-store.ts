import type { TagReadings } from "../plant-writer.ts";
import type { SensorStore, Tag } from "../sensor-store.ts";
import { mergeReadings, noReadings, normalizeReadings, qualityNames } from "./merge-readings.ts";
import type { Readings } from "./reading-codec.ts";
import { quantiles, summarizeUsable, usableReadings } from "./summary.ts";
import { checkSpan, clipReadings, createWindowPoints } from "./window-points.ts";
import { windowSummary } from "./window-summary.ts";

export type MemorySensorStore = SensorStore & {
  append(batch: TagReadings[]): void;
};

/** The sensor store's twin in memory, for tests and small demonstrations: the same answers without a database. */
export function createMemorySensorStore(tags: Tag[]): MemorySensorStore {
  const byTag = new Map<string, Readings>();
  const sorted = tags.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const of = (tagId: string) => byTag.get(tagId) ?? noReadings;
  const filled = (tagIds: string[]) => tagIds.filter((tagId) => of(tagId).times.length > 0);

  return {
    append(batch) {
      for (const { tagId, times, values, qualities } of batch)
        byTag.set(tagId, mergeReadings(of(tagId), normalizeReadings(tagId, times, values, qualities)));
    },

    async tags(equipmentId) {
      return sorted.filter((tag) => equipmentId === undefined || tag.equipmentId === equipmentId);
    },

    async latest(tagIds) {
      return filled(tagIds).map((tagId) => {
        const { times, values, qualities } = of(tagId);
        const quality = qualityNames[qualities?.at(-1) ?? 0] ?? "good";
        return { tagId, at: new Date(times.at(-1) ?? 0), value: values.at(-1) ?? 0, quality };
      });
    },

    async window({ tagId, from, to, maxPoints }) {
      const points = createWindowPoints(checkSpan({ from, to }), maxPoints);
      points.addReadings(of(tagId));
      return points.points();
    },

    async summarize({ tagIds, from, to }) {
      const span = checkSpan({ from, to });
      return tagIds.map((tagId) => {
        const usable = usableReadings(clipReadings(of(tagId), span));
        const marks = quantiles(usable.values.slice(), [0.05, 0.5, 0.95]);
        const { times } = usable;
        return windowSummary(tagId, summarizeUsable(usable), times[0] ?? null, times.at(-1) ?? null, marks);
      });
    },

    async coverage(tagIds) {
      return filled(tagIds).map((tagId) => {
        const { times } = of(tagId);
        return { tagId, from: new Date(times[0] ?? 0), to: new Date(times.at(-1) ?? 0), count: times.length };
      });
    },
  };
}
