import type { ChartKind } from "../../plant/analysis/spc/control-chart.ts";
import type { CountedPoint, MeasuredPoint } from "./chart-points.ts";

const largestForRanges = 10;
const severalEach = /nonconformit|non-conformit|defects per|결점/i;

/** Subgroups: X̄-R up to ten values, X̄-S above, where a range wastes what it could tell. Single values: I-MR. */
export function measuredKind(points: MeasuredPoint[]): ChartKind {
  const largest = Math.max(...points.map((point) => point.values.length));
  return largest === 1 ? "i_mr" : largest > largestForRanges ? "xbar_s" : "xbar_r";
}

/**
 * Counts are of defective units (p) unless the record tells otherwise. It does where there are more defects than units,
 * where a part of a unit was inspected (metres, areas), or where unit or characteristic say "nonconformities" or "결점":
 * then they are defects, of which a unit may have several (u). Without a sample size: c.
 */
export function countedKind(points: CountedPoint[]): ChartKind {
  const rows = points.flatMap((point) => point.rows);
  if (rows.every((row) => typeof row["sample_size"] !== "number")) return "c";
  const several =
    points.some(({ sample }) => sample.count > sample.size || !Number.isInteger(sample.size)) ||
    rows.some((row) => [row["unit"], row["characteristic"]].some((text) => severalEach.test(String(text ?? ""))));
  return several ? "u" : "p";
}
