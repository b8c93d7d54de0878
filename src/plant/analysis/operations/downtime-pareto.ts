import { pareto, type ParetoItem } from "../pareto.ts";
import { mergeIntervals, type Interval } from "./intervals.ts";
import { shareStops } from "./share-stops.ts";

export type MachineStop = Interval & { machine: string; reason: string };
export type DowntimeBar = ParetoItem<{ key: string; value: number; count: number }>;
/** What the bars are: reasons, machines, or shifts with their stretches of time. */
export type DowntimeBy =
  | { kind: "reason" }
  | { kind: "machine" }
  | { kind: "shift"; shifts: readonly { name: string; spans: Interval[] }[] };

/**
 * Minutes and number of stops within the span, largest first, with share and running share. A machine's overlapping stops
 * count once (the one that began first has the minutes), so that no machine stands longer than the span. A stop over a
 * change of shift counts in both with its own minutes.
 */
export function downtimePareto(stops: readonly MachineStop[], span: Interval, by: DowntimeBy): DowntimeBar[] {
  const bars = new Map<string, { key: string; value: number; count: number }>();
  const add = (key: string, minutes: number, count: number): void => {
    const bar = bars.get(key) ?? { key, value: 0, count: 0 };
    bars.set(key, { key, value: bar.value + minutes, count: bar.count + count });
  };
  for (const [machine, own] of Map.groupBy(stops, (stop) => stop.machine)) {
    const parts =
      by.kind === "shift"
        ? by.shifts.map(({ name, spans }) => ({ named: named(own, name), within: mergeIntervals(spans) }))
        : [{ named: by.kind === "machine" ? named(own, machine) : own, within: [span] }];
    for (const part of parts)
      for (const { reason, minutes, count } of shareStops(part.named, part.within)) add(reason, minutes, count);
  }
  return pareto([...bars.values()]);
}

function named(stops: readonly MachineStop[], reason: string): MachineStop[] {
  return stops.map((stop) => ({ ...stop, reason }));
}
