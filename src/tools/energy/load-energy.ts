import { energyOfCounter, energyOfPower, meterOf, type EnergyStretch } from "../../plant/analysis/operations/energy.ts";
import type { Interval } from "../../plant/analysis/operations/intervals.ts";
import type { Equipment } from "../../plant/mes-store.ts";
import type { Tag } from "../../plant/sensor-store.ts";
import { pickTags } from "../arguments/tags.ts";
import type { ToolContext } from "../tool.ts";

export type Meter = { tag: Tag; kind: "counter" | "power"; factor: number };

const hourMs = 3_600_000;
const electric = /energy|power|electric|전력|에너지|전기/i;

/** The machine's energy meter: of several the counter, and the one whose name says energy. Null where none fits. */
export async function findMeter(
  machine: Equipment,
  asked: string[] | string | undefined,
  context: ToolContext,
): Promise<{ meter: Meter | null; tags: Tag[] }> {
  const tags = await context.sensors.tags(machine.id);
  const meters = pickTags(asked, tags, machine, context).flatMap((tag): Meter[] => {
    const meter = meterOf(tag.unit);
    return meter ? [{ tag, ...meter }] : [];
  });
  const rank = ({ kind, tag }: Meter): number =>
    (kind === "counter" ? 0 : 2) + (electric.test(`${tag.id} ${tag.name} ${tag.nameKo ?? ""}`) ? 0 : 1);
  return { meter: meters.toSorted((a, b) => rank(a) - rank(b))[0] ?? null, tags };
}

/** The meter's energy by quarter hours or hours of the span. */
export async function loadEnergy(
  { tag, kind, factor }: Meter,
  { from, to }: Interval,
  bucketMs: number,
  { sensors }: ToolContext,
): Promise<{ stretches: EnergyStretch[]; resets: number }> {
  const count = Math.max(1, Math.ceil((to - from) / bucketMs));
  const end = from + count * bucketMs;
  const points = await sensors.window({ tagId: tag.id, from: new Date(from), to: new Date(end), maxPoints: count });
  const buckets = points.map(({ at, min, max, mean }) => ({
    from: at.getTime(),
    to: at.getTime() + bucketMs,
    min,
    max,
    mean,
  }));
  return kind === "counter"
    ? energyOfCounter(buckets, factor)
    : { stretches: energyOfPower(buckets, factor), resets: 0 };
}

/** Buckets so narrow that an order or a day has many, and so wide that they can be read at once. */
export function bucketFor({ from, to }: Interval, by: "day" | "order"): number {
  const days = (to - from) / (24 * hourMs);
  return by === "order" && days <= 45 ? hourMs / 4 : hourMs;
}
