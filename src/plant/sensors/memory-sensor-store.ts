import type { SensorStore, Tag } from "../sensor-store.ts";
import { mergeReadings, noReadings, normalizeReadings } from "./merge-readings.ts";
import type { Readings } from "./reading-codec.ts";
import { quantiles, summarizeValues } from "./summary.ts";
import { checkSpan, clipReadings, createWindowPoints } from "./window-points.ts";
import { windowSummary } from "./window-summary.ts";

export type MemorySensorStore = SensorStore & {
  append(batch: { tagId: string; times: number[]; values: number[] }[]): void;
};

/** The sensor store's twin in memory, for tests and small demonstrations: the same answers without a database. */
export function createMemorySensorStore(tags: Tag[]): MemorySensorStore {
  const byTag = new Map<string, Readings>();
  const sorted = tags.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const of = (tagId: string) => byTag.get(tagId) ?? noReadings;
  const filled = (tagIds: string[]) => tagIds.filter((tagId) => of(tagId).times.length > 0);

  return {
    append(batch) {
      for (const { tagId, times, values } of batch)
        byTag.set(tagId, mergeReadings(of(tagId), normalizeReadings(tagId, times, values)));
    },

    async tags(equipmentId) {
      return sorted.filter((tag) => equipmentId === undefined || tag.equipmentId === equipmentId);
    },

    async latest(tagIds) {
      return filled(tagIds).map((tagId) => {
        const { times, values } = of(tagId);
        return { tagId, at: new Date(times.at(-1) ?? 0), value: values.at(-1) ?? 0, quality: "good" };
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
        const { times, values } = clipReadings(of(tagId), span);
        const marks = quantiles(values.slice(), [0.05, 0.5, 0.95]);
        return windowSummary(tagId, summarizeValues(values), times[0] ?? null, times.at(-1) ?? null, marks);
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
