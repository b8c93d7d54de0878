import type { CollectorStatus } from "../source.ts";

type State = CollectorStatus["state"];

/** A source may invent endless reasons; beyond these they are counted together. */
const mostReasons = 40;
const longestExample = 160;

export type CollectorCounts = ReturnType<typeof createCollectorCounts>;

/** What a collector has seen since its start. */
export function createCollectorCounts(name: string, now: () => Date) {
  let state: State = "starting";
  let since = now();
  let problem: string | null = null;
  let storing: string | null = null;
  let readings = 0;
  let newest: number | null = null;
  const leftOut = new Map<string, { count: number; example: string }>();
  const notes = new Map<string, string>();

  return {
    enter(next: State, why: string | null = null): void {
      if (next !== state) since = now();
      state = next;
      problem = why;
    },
    /** Why what was heard can't be written now; null once it can. */
    storing(trouble: string | null): void {
      storing = trouble;
    },
    /** Something that stands beside the state until it is taken back with null: a device that is dead, tags that fail. */
    note(subject: string, text: string | null): void {
      if (text === null) notes.delete(subject);
      else notes.set(subject, text);
    },
    written(count: number, newestMs: number): void {
      readings += count;
      newest = Math.max(newest ?? -Infinity, newestMs);
    },
    leaveOut(reason: string, example: string, count = 1): void {
      const key = leftOut.has(reason) || leftOut.size < mostReasons ? reason : "other reasons";
      const entry = leftOut.get(key) ?? { count: 0, example: "" };
      leftOut.set(key, { count: entry.count + count, example: example.slice(0, longestExample) });
    },
    status(): CollectorStatus {
      const problems = [problem, storing, ...[...notes.values()].slice(0, 5)].filter((one) => one !== null);
      if (notes.size > 5) problems.push(`and ${notes.size - 5} more`);
      return {
        name,
        state,
        since,
        problem: problems.length > 0 ? problems.join("; ") : null,
        readings,
        leftOut: [...leftOut].map(([reason, entry]) => ({ reason, ...entry })),
        newest: newest === null ? null : new Date(newest),
      };
    },
  };
}
