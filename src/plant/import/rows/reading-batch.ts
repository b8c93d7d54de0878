import type { Row } from "../../records.ts";
import type { FileReport } from "../report.ts";
import type { ImportStep } from "./import-records.ts";

export type ReadingBatch = {
  put: (tag: Row, declared: boolean, time: number, value: number) => void;
  full: () => boolean;
  flush: () => Promise<void>;
};
const batchReadings = 20_000;

/** Gathers readings by tag. A tag is written before its first reading, where it is not known or the mapping describes it. */
export function createReadingBatch(step: ImportStep, report: FileReport): ReadingBatch {
  const written = new Set<string>();
  let newTags: Row[] = [];
  let series = new Map<string, { times: number[]; values: number[] }>();
  let count = 0;
  return {
    put: (tag, declared, time, value) => {
      const id = String(tag.id);
      if (!written.has(id)) {
        written.add(id);
        const known = step.lookups.knowsTag(id);
        if (!known) report.tagsCreated += 1;
        if (!known || declared) {
          newTags.push(tag);
          step.lookups.add("tags", tag);
        }
      }
      let one = series.get(id);
      if (!one) series.set(id, (one = { times: [], values: [] }));
      one.times.push(time);
      one.values.push(value);
      count += 1;
    },
    full: () => count >= batchReadings,
    flush: async () => {
      const [tags, readings] = [newTags, series];
      newTags = [];
      series = new Map();
      count = 0;
      if (tags.length > 0) await step.writer.upsert("tags", step.source, tags);
      if (readings.size === 0) return;
      const batch = [...readings].map(([tagId, { times, values }]) => ({ tagId, times, values }));
      report.readings += (await step.writer.appendReadings(batch)).written;
    },
  };
}
