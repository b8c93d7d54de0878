import type { Fault } from "./description/fault-schema.ts";
import type { Machine } from "./description/site-schema.ts";
import { unfoldEpisode } from "./episode.ts";
import type { EpisodePlan } from "./episode.ts";
import { chance } from "./random.ts";
import { dayMs, hourMs, minuteMs, named } from "./world.ts";
import type { Episode, Setting } from "./world.ts";

/** Every occurrence of every fault in the history, with the ones under way; no two on a machine for the same fault overlap. */
export function pastEpisodes(setting: Setting): Episode[] {
  return setting.description.faults.flatMap((fault) => {
    const machine = named(setting.description.machines, fault.machine);
    const plans = [...recurrences(setting, fault, machine), ...elsewhere(setting, fault)];
    return plans.map((plan) => unfoldEpisode(setting, plan));
  });
}

function recurrences(setting: Setting, fault: Fault, machine: Machine): EpisodePlan[] {
  const random = chance(setting.seed, "recurrence", fault.id);
  const plans: EpisodePlan[] = [];
  const plan = (name: string | number, stopMs: number): EpisodePlan => ({
    fault,
    machine,
    id: `${fault.id}/${machine.id}/${name}`,
    stopMs: Math.round(stopMs / minuteMs) * minuteMs,
    developsMs: random.between(...fault.develops_days) * dayMs,
  });
  if (fault.ongoing)
    plans.push({
      ...plan("now", setting.startedAt - fault.ongoing.hours_ago * hourMs),
      repairedAfterHours: fault.ongoing.repaired_after_hours,
    });
  const length = setting.startedAt - setting.historyStart;
  const interval = length / (fault.times + (fault.ongoing ? 1 : 0));
  const first =
    (fault.last_days_ago ?? 0) * dayMs ||
    interval * (fault.ongoing ? random.between(0.75, 1.05) : random.between(0.2, 0.7));
  for (let index = 0; index < fault.times; index++) {
    const stopMs = setting.startedAt - first - interval * (index === 0 ? 0 : index + random.between(-0.22, 0.22));
    const found = fault.months ? inSeason(setting, fault, plans, random) : stopMs;
    if (found !== null && found - fault.develops_days[1] * dayMs > setting.historyStart)
      plans.push(plan(index + 1, found));
  }
  return plans;
}

/** A time in one of the fault's months, clear of the other occurrences; null where none is found. */
function inSeason(setting: Setting, fault: Fault, taken: EpisodePlan[], random: { next: () => number }): number | null {
  const room = (fault.develops_days[1] + 5) * dayMs;
  for (let attempt = 0; attempt < 300; attempt++) {
    const ms = setting.historyStart + room + (setting.startedAt - dayMs - setting.historyStart - room) * random.next();
    const month = new Date(ms + setting.offsetMinutes * minuteMs).getUTCMonth() + 1;
    if (fault.months?.includes(month) && taken.every((plan) => Math.abs(plan.stopMs - ms) > room)) return ms;
  }
  return null;
}

function elsewhere(setting: Setting, fault: Fault): EpisodePlan[] {
  return fault.elsewhere.map((id) => {
    const random = chance(setting.seed, "elsewhere", fault.id, id);
    const length = setting.startedAt - setting.historyStart;
    return {
      fault,
      machine: named(setting.description.machines, id),
      id: `${fault.id}/${id}/1`,
      stopMs: Math.round((setting.startedAt - length * random.between(0.15, 0.8)) / minuteMs) * minuteMs,
      developsMs: random.between(...fault.develops_days) * dayMs,
    };
  });
}

const slotMs = 150 * minuteMs;

/**
 * Faults that begin while the server runs, in minutes instead of days: one slot of 150 minutes holds at most one, which
 * is over before the slot ends. The first begins minutes after the start, so that there is something to see.
 */
export function liveEpisodes(setting: Setting, fromMs: number, untilMs: number): Episode[] {
  const faults = setting.description.faults.filter((fault) => fault.live);
  if (faults.length === 0) return [];
  const episodes: Episode[] = [];
  const firstSlot = Math.max(0, Math.floor((fromMs - setting.startedAt) / slotMs));
  for (let slot = firstSlot; setting.startedAt + slot * slotMs < untilMs; slot++) {
    const random = chance(setting.seed, "live", slot);
    if (slot > 0 && !random.happens(0.6)) continue;
    const fault = random.pick(faults);
    const beginsMs = setting.startedAt + slot * slotMs + random.between(2, slot === 0 ? 6 : 20) * minuteMs;
    const developsMs = random.between(9, 18) * minuteMs;
    const brisk: Fault = {
      ...fault,
      waits_minutes: [3, 9],
      missteps: [],
      solvers: fault.solvers.filter((each) => each.minutes[1] < 100),
    };
    if (brisk.solvers.length === 0) continue;
    const machine = named(setting.description.machines, fault.machine);
    const id = `${fault.id}/${machine.id}/live-${slot}`;
    episodes.push(
      unfoldEpisode(setting, { fault: brisk, machine, id, stopMs: Math.round(beginsMs + developsMs), developsMs }),
    );
  }
  return episodes;
}
