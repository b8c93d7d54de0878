import { drifted, healthyMean } from "./course.ts";
import type { FaultAlarm } from "./description/fault-schema.ts";
import type { Fault } from "./description/fault-schema.ts";
import type { Model, TagDescription } from "./description/site-schema.ts";
import { hashKeys } from "./random.ts";
import type { Chance } from "./random.ts";
import { minuteMs } from "./world.ts";
import type { Firing, Setting } from "./world.ts";

const steps = 1500;

/** Phase of a machine's refills; the same for readings and for alarms. */
export function refillPhase(seed: number, machineId: string, tagName: string): number {
  return hashKeys(seed, "refill", machineId, tagName) / 4294967296;
}

/** The limit that a drift towards `to` crosses; infinite where the tag has none on that side. */
export function alarmLevel(alarm: FaultAlarm, tag: TagDescription, to: number): number {
  if (alarm.level !== undefined) return alarm.level;
  return (to >= tag.running ? tag.alarm.above : tag.alarm.below) ?? Number.POSITIVE_INFINITY;
}

/** At which progress an alarm of a fault fires for the first time; null where its drift never gets there. */
export function firingProgress(
  setting: Setting,
  fault: Fault,
  model: Model,
  machineId: string,
  alarm: FaultAlarm,
  span: { onsetMs: number; lengthMs: number },
): number | null {
  if (alarm.at !== undefined) return alarm.at;
  const drift = fault.drifts.find((each) => each.tag === alarm.tag);
  const tag = model.tags.find((each) => each.name === alarm.tag);
  if (!drift || !tag) return null;
  const level = alarmLevel(alarm, tag, drift.to);
  const rising = drift.to >= tag.running;
  const phase = refillPhase(setting.seed, machineId, tag.name);
  for (let step = 0; step <= steps; step++) {
    const progress = step / steps;
    // The daily cycle is left out: an alarm must come whatever the hour.
    const healthy = tag.refill
      ? healthyMean(setting, tag, span.onsetMs + span.lengthMs * progress, phase)
      : tag.running;
    const value = drifted(drift, { progress, share: 1, limping: false }, healthy);
    if (rising ? value >= level : value <= level) return progress;
  }
  return null;
}

/** An alarm and its repeats between its first coming and the stop; `length` is how long one lasts, in minutes. */
export function fire(
  random: Chance,
  alarm: FaultAlarm,
  model: Model,
  to: number | null,
  times: { progress: number; firstMs: number; stopMs: number },
): Firing[] {
  const tag = model.tags.find((each) => each.name === alarm.tag);
  const value = tag && to !== null ? beyond(random, alarm, tag, to) : null;
  const firings: Firing[] = [
    {
      alarm,
      progress: times.progress,
      startMs: times.firstMs,
      endMs: times.firstMs + random.whole(3, 18) * minuteMs,
      value,
    },
  ];
  const room = times.stopMs - times.firstMs;
  for (let repeat = 1; repeat <= alarm.repeats; repeat++) {
    const startMs =
      Math.round((times.firstMs + (room * (repeat - random.between(0.1, 0.6))) / alarm.repeats) / 1000) * 1000;
    if (startMs < (firings.at(-1)?.endMs ?? 0) || startMs > times.stopMs - minuteMs) continue;
    const endMs = Math.min(startMs + random.whole(3, 18) * minuteMs, times.stopMs);
    firings.push({
      alarm,
      progress: times.progress,
      startMs,
      endMs,
      value: tag && to !== null ? beyond(random, alarm, tag, to) : null,
    });
  }
  return firings;
}

function beyond(random: Chance, alarm: FaultAlarm, tag: TagDescription, to: number): number {
  const level = alarmLevel(alarm, tag, to);
  const side = to >= tag.running ? 1 : -1;
  return Number((level + side * random.between(0.1, 0.6) * tag.noise).toFixed(tag.decimals + 1));
}
