import { chanceOfHits, driftBefore, type Drift } from "../../plant/analysis/condition/drift.ts";
import { median } from "../../plant/analysis/mean.ts";
import type { SensorStore, Tag } from "../../plant/sensor-store.ts";
import type { DriftBefore, DriftEvent, DriftingTag } from "./drift-output.ts";

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const mostPoints = 2_000;
/** Read before the look-back, in days; its older half is taken for ordinary running. */
const ordinaryDays = 28;

export type DriftTask = {
  events: DriftEvent[];
  lookbackHours: number;
  running: (at: Date) => boolean;
};

/** One tag before each of the events, and how telling that is. */
export async function driftingTag(sensors: SensorStore, tag: Tag, task: DriftTask): Promise<DriftingTag> {
  const drifts: { event: DriftEvent; drift: Drift }[] = [];
  for (const event of task.events) {
    const at = new Date(event.at);
    const from = new Date(at.getTime() - ordinaryDays * dayMs - task.lookbackHours * hourMs);
    const window = await sensors.window({ tagId: tag.id, from, to: at, maxPoints: mostPoints });
    const points = window.map((point) => ({ at: point.at, value: point.mean }));
    // The stop itself begins at the event: only stops before it are standstills.
    drifts.push({
      event,
      drift: driftBefore(points, at, { lookbackHours: task.lookbackHours, running: task.running }),
    });
  }
  const judged = drifts.filter(({ drift }) => drift.deviation !== null);
  const sides = { high: 0, low: 0 };
  for (const { drift } of judged) if (drift.direction) sides[drift.direction]++;
  const direction = sides.high === 0 && sides.low === 0 ? null : sides.high >= sides.low ? "high" : "low";
  const hits = direction ? sides[direction] : 0;
  const ordinary = judged.reduce(
    (sum, { drift }) => ({
      hits: sum.hits + drift.ordinary.hits,
      windows: sum.windows + drift.ordinary.windows,
    }),
    { hits: 0, windows: 0 },
  );
  const before = drifts.map(({ event, drift }) => toBefore(event, drift));
  const same = before.filter((one) => one.drifted && one.direction === direction);
  return {
    tagId: tag.id,
    name: tag.name,
    unit: tag.unit,
    hits,
    judged: judged.length,
    direction,
    ordinary,
    chance: hits === 0 ? null : chanceOfHits(hits, judged.length, ordinary),
    medianDeviation: median(same.map(({ deviation }) => deviation ?? 0)),
    medianHoursBefore: median(same.flatMap(({ hoursBefore }) => hoursBefore ?? [])),
    before,
  };
}

function toBefore(
  event: DriftEvent,
  { deviation, drifted, direction, changedAt, level, normalLevel }: Drift,
): DriftBefore {
  return {
    eventId: event.id,
    deviation,
    drifted,
    direction,
    changedAt: changedAt?.toISOString() ?? null,
    hoursBefore: changedAt ? (Date.parse(event.at) - changedAt.getTime()) / hourMs : null,
    level,
    normalLevel,
  };
}

/** More of the events first, then what chance explains least, then the farther off. */
export function byTellingness(a: DriftingTag, b: DriftingTag): number {
  return (
    b.hits - a.hits ||
    (a.chance ?? 1) - (b.chance ?? 1) ||
    Math.abs(b.medianDeviation ?? 0) - Math.abs(a.medianDeviation ?? 0)
  );
}
