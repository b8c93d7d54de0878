import { observe, trainMonitor, type Observation } from "../../plant/analysis/condition/monitor.ts";
import { median } from "../../plant/analysis/mean.ts";
import type { LoadedTag } from "../sensors/compare-tag.ts";
import type { MachineStates } from "./machine-states.ts";

/** How the sensors of a machine stand to each other now, against how they used to. */
export type Together = {
  /** Medians over the recent points, with the limits that normal running rarely passes. */
  t2: number;
  t2Limit: number;
  q: number;
  qLimit: number | null;
  beyond: boolean;
  /** Share of the recent points beyond either limit. */
  share: number;
  points: number;
  trainedOn: number;
  /** Each sensor's share of what is beyond, largest first. */
  contributions: { tagId: string; share: number }[];
};

const fewestTags = 3;
const fewestRecent = 5;

/** Null where there are fewer than three sensors with common points, or too little normal running. */
export function lookTogether(loaded: LoadedTag[], states: MachineStates): Together | null {
  const used = loaded.filter(({ points, baseline }) => points.length > 0 && baseline !== null);
  const [first] = used;
  if (!first || used.length < fewestTags) return null;
  // Buckets of different tags begin at different instants: those of one cell are one row.
  const cell = Math.max(...used.map(({ points }) => spacing(points)));
  const columns = used.map(({ points }) => new Map(points.map(({ at, mean }) => [cellOf(at, cell), mean])));
  const rows = [...(columns[0]?.keys() ?? [])]
    .filter((key) => columns.every((column) => column.has(key)))
    .map((key) => ({ at: new Date(key * cell), values: columns.map((column) => column.get(key) ?? NaN) }))
    .filter(({ at }) => states.at(at) !== "stopped");
  const until = Math.min(...used.map(({ baseline }) => baseline?.to.getTime() ?? 0));
  const normal = rows.filter(({ at }) => at.getTime() < until);
  const recent = rows.filter(({ at }) => at >= first.recent.from);
  const monitor = trainMonitor(
    used.map(({ tag }) => tag.id),
    normal.map(({ values }) => values),
  );
  if (!monitor || recent.length < fewestRecent) return null;
  const seen = recent.flatMap(({ values }) => observe(monitor, values) ?? []);
  const middle = (of: (one: Observation) => number): number => median(seen.map(of)) ?? 0;
  const [t2, q] = [middle((one) => one.t2), middle((one) => one.q)];
  const byQ = monitor.qLimit !== null && q > monitor.qLimit;
  const parts = monitor.kept.map((index, at) => ({
    tagId: monitor.names[index] ?? "",
    part: Math.max(
      0,
      middle(({ contributions }) => (byQ ? contributions[at]?.q : contributions[at]?.t2) ?? 0),
    ),
  }));
  const sum = parts.reduce((total, { part }) => total + part, 0);
  return {
    t2,
    t2Limit: monitor.t2Limit,
    q,
    qLimit: monitor.qLimit,
    beyond: byQ || t2 > monitor.t2Limit,
    share: seen.filter((one) => one.beyond).length / Math.max(1, seen.length),
    points: seen.length,
    trainedOn: monitor.rows,
    contributions: parts
      .map(({ tagId, part }) => ({ tagId, share: sum === 0 ? 0 : part / sum }))
      .toSorted((a, b) => b.share - a.share),
  };
}

function cellOf(at: Date, width: number): number {
  return Math.floor(at.getTime() / width);
}

/** The usual distance of neighbours, in ms. */
function spacing(points: LoadedTag["points"]): number {
  return Math.max(
    1,
    median(points.slice(1).map(({ at }, index) => at.getTime() - (points[index]?.at.getTime() ?? 0))) ?? 1,
  );
}
