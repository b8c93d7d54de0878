import type { Doubted, WindowSummary } from "../sensor-store.ts";
import type { Summary } from "./summary.ts";

/** The port's form of a summary; `first` and `last` in epoch milliseconds, quantiles at 5, 50 and 95 %. */
export function windowSummary(
  tagId: string,
  summary: Summary,
  first: number | null,
  last: number | null,
  [p05 = null, median = null, p95 = null]: (number | null)[],
): WindowSummary {
  const { count, min, max, mean, m2 } = summary;
  return {
    tagId,
    count,
    first: first === null ? null : new Date(first),
    last: last === null ? null : new Date(last),
    min: count > 0 ? min : null,
    max: count > 0 ? max : null,
    mean: count > 0 ? mean : null,
    standardDeviation: count > 1 ? Math.sqrt(m2 / (count - 1)) : null,
    p05,
    median,
    p95,
    ...doubtedOf(summary),
  };
}

/** The counts of doubtful readings that are not 0. */
export function doubtedOf({ uncertain, bad }: { uncertain: number; bad: number }): Doubted {
  return { ...(uncertain > 0 && { uncertain }), ...(bad > 0 && { bad }) };
}
