import type { Incident, Routine, StopReason } from "./description/production-schema.ts";
import type { Machine } from "./description/site-schema.ts";
import { chance, hashKeys } from "./random.ts";
import { dayMs, hourMs, minuteMs, personOf } from "./world.ts";
import type { IncidentRun, RoutineRun, Setting, Stop } from "./world.ts";

// What happens besides the faults: preventive work, small trouble, and stops for other reasons.

const slotMs = 10 * dayMs;

/** Preventive work of a machine: on its interval, in day-shift hours, opened some days ahead. */
export function routineRuns(setting: Setting, machine: Machine, untilMs: number): RoutineRun[] {
  const runs: RoutineRun[] = [];
  const routines = setting.description.routines.filter((routine) => routine.model === machine.model);
  routines.forEach((routine: Routine, at) => {
    const every = routine.every_days * dayMs;
    const phase = (hashKeys(setting.seed, "routine", machine.id, at) / 4294967296) * every;
    for (let index = 0; setting.historyStart + phase + index * every < untilMs + 12 * dayMs; index++) {
      const random = chance(setting.seed, "routine", machine.id, at, index);
      const due = setting.historyStart + phase + index * every + random.between(-2, 2) * dayMs;
      const midnight =
        Math.floor((due + setting.offsetMinutes * minuteMs) / dayMs) * dayMs - setting.offsetMinutes * minuteMs;
      const startMs = midnight + random.whole(9 * 4, 16 * 4) * 15 * minuteMs;
      const endMs = startMs + Math.round(random.between(...routine.minutes)) * minuteMs;
      const person = personOf(setting.description, random.pick(routine.people));
      if (startMs > setting.historyStart)
        runs.push({ routine, person, openedMs: midnight - random.whole(5, 9) * dayMs + 8 * hourMs, startMs, endMs });
    }
  });
  return runs.sort((a, b) => a.startMs - b.startMs);
}

/** Small trouble of a machine by each incident's monthly rate. */
export function incidentRuns(setting: Setting, machine: Machine, untilMs: number): IncidentRun[] {
  const runs: IncidentRun[] = [];
  const incidents = setting.description.incidents.filter((incident) => incident.model === machine.model);
  incidents.forEach((incident: Incident, at) => {
    for (const { ms, random } of arrivals(setting, ["incident", machine.id, at], incident.per_month, untilMs)) {
      const startMs = Math.round(ms / 1000) * 1000;
      const minutes = Math.max(1, Math.round(random.between(...incident.minutes)));
      const person = personOf(setting.description, random.pick(incident.people));
      runs.push({
        incident,
        person,
        startMs,
        endMs: startMs + minutes * minuteMs,
        order: random.happens(incident.work_order),
      });
    }
  });
  return runs.sort((a, b) => a.startMs - b.startMs);
}

/** Stops for reasons that are nobody's fault: material, tools, quality checks. */
export function otherStops(setting: Setting, machine: Machine, untilMs: number): Stop[] {
  if (machine.products.length === 0) return [];
  const reasons = setting.description.stop_reasons.filter((reason) => reason.use === "other" && reason.minutes);
  return reasons.flatMap((reason: StopReason) =>
    [...arrivals(setting, ["stop", machine.id, reason.code], reason.per_month, untilMs)].map(({ ms, random }): Stop => {
      const startMs = Math.round(ms / minuteMs) * minuteMs;
      const minutes = Math.round(random.between(...(reason.minutes ?? [10, 20])));
      return { startMs, endMs: startMs + minutes * minuteMs, kind: "other", code: reason.code };
    }),
  );
}

function* arrivals(setting: Setting, keys: (string | number)[], perMonth: number, untilMs: number) {
  const mean = (perMonth * slotMs) / (30.44 * dayMs);
  for (let slot = 0; setting.historyStart + slot * slotMs < untilMs; slot++) {
    const random = chance(setting.seed, ...keys, slot);
    // One draw a slot of ten days: none, one or two, with the right mean.
    const count = Math.floor(mean) + (random.happens(mean % 1) ? 1 : 0);
    for (let index = 0; index < count; index++) {
      const ms = setting.historyStart + (slot + random.next()) * slotMs;
      if (ms < untilMs) yield { ms, random };
    }
  }
}
