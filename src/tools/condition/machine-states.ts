import { findStates, stateOf, type OperatingState } from "../../plant/analysis/condition/operating-states.ts";
import type { Tag, WindowPoint } from "../../plant/sensor-store.ts";

// What a machine was doing at an instant: stopped by its recorded stops, else by a tag that tells it.

export type MachineStates = {
  at: (instant: Date) => OperatingState | null;
  /** The tag that tells the states; null where only recorded stops do. */
  tagId: string | null;
};

/** Units of power, current and speed of rotation. */
const telling = /^(kw|w|mw|a|amp|amps|rpm|r\/min|min-1|1\/min|min⁻¹)$/i;
/** A state holds for a point this much later than the reading that told it. */
const reach = 2;

/**
 * The states of a machine by the first of its tags whose values fall into states (power before current before speed), and
 * by its recorded stops. A tag's points are of one width. Null states where nothing tells.
 */
export function machineStates(
  tags: { tag: Tag; points: WindowPoint[] }[],
  running: (at: Date) => boolean,
): MachineStates {
  const ranked = tags.filter(({ tag }) => tellsState(tag)).toSorted((a, b) => rank(a.tag) - rank(b.tag));
  for (const { tag, points } of ranked) {
    const levels = findStates(points.map(({ mean }) => mean));
    if (!levels) continue;
    const told = points.map((point) => ({ at: point.at.getTime(), state: stateOf(point.mean, levels) }));
    const width = spacing(told.map(({ at }) => at)) * reach;
    return {
      tagId: tag.id,
      at(instant) {
        if (!running(instant)) return "stopped";
        const found = lastUpTo(told, instant.getTime());
        return found && instant.getTime() - found.at <= width ? found.state : null;
      },
    };
  }
  return { tagId: null, at: (instant) => (running(instant) ? "running" : "stopped") };
}

/** Whether a tag may tell what the machine does, by its unit. */
export function tellsState({ unit }: Tag): boolean {
  return unit !== null && telling.test(unit.trim());
}

function rank({ unit }: Tag): number {
  return /w$/i.test(unit ?? "") ? 0 : /^a/i.test(unit ?? "") ? 1 : 2;
}

/** The usual distance of neighbours. */
function spacing(times: number[]): number {
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at));
  return gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? 0;
}

function lastUpTo<T extends { at: number }>(sorted: T[], at: number): T | undefined {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.at ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return sorted[low - 1];
}
