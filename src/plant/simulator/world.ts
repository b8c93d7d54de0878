import { IANAZone } from "luxon";
import type { Fault, FaultAlarm } from "./description/fault-schema.ts";
import type { PlantDescription } from "./description/plant-description.ts";
import type { Incident, Routine } from "./description/production-schema.ts";
import type { Machine, Model, Person } from "./description/site-schema.ts";

// The sample's world: what happened and will happen, decided by the description, a seed and the time it was started.
// Episode: one occurrence of a fault, from onset to repair. Firing: one alarm of an episode. Stop: a time in which a
// machine stands. Line: a machine with all that happens to it. Times are epoch milliseconds.

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

export type Setting = {
  description: PlantDescription;
  seed: number;
  /** When the sample was first written; everything is relative to it. */
  startedAt: number;
  /** Offset of the site's zone at the start. */
  offsetMinutes: number;
  historyStart: number;
};

export type Firing = {
  alarm: FaultAlarm;
  startMs: number;
  endMs: number;
  value: number | null;
  /** Share of the development at which it fired, in [0, 1]. */
  progress: number;
};

export type Attempt = { person: Person; startMs: number; endMs: number; cause: string; remedy: string };

export type Episode = {
  id: string;
  fault: Fault;
  machine: Machine;
  onsetMs: number;
  /** The machine stops for the first time. */
  stopMs: number;
  /** Pauses for cooling down while it limps, the first at stopMs; empty where it waits for the repair instead. */
  pauses: { startMs: number; endMs: number }[];
  repairMs: number;
  endMs: number;
  firings: Firing[];
  missteps: Attempt[];
  solver: Person;
  ongoing: boolean;
};

export type Stop = {
  startMs: number;
  endMs: number;
  kind: "breakdown" | "maintenance" | "changeover" | "other";
  code: string;
};
export type RoutineRun = { routine: Routine; person: Person; openedMs: number; startMs: number; endMs: number };
export type IncidentRun = { incident: Incident; person: Person; startMs: number; endMs: number; order: boolean };

export type Line = {
  machine: Machine;
  model: Model;
  /** Its place in the description, from 1; part of order and lot numbers. */
  ordinal: number;
  episodes: Episode[];
  stops: Stop[];
  routines: RoutineRun[];
  incidents: IncidentRun[];
};

export type World = Setting & { lines: Line[] };

export function createSetting(description: PlantDescription, seed: number, startedAt: Date): Setting {
  const started = Math.floor(startedAt.getTime() / minuteMs) * minuteMs;
  return {
    description,
    seed,
    startedAt: started,
    offsetMinutes: IANAZone.create(description.site.time_zone).offset(started),
    historyStart: started - Math.round(description.site.history.months * 30.44) * dayMs,
  };
}

export function modelOf(description: PlantDescription, id: string): Model {
  return named(description.models, id);
}

export function personOf(description: PlantDescription, id: string): Person {
  return named(description.people, id);
}

/** The entry with an id; the description was checked, so it is there. */
export function named<T extends { id: string }>(list: T[], id: string): T {
  const found = list.find((each) => each.id === id);
  if (!found) throw new RangeError(`The description has no "${id}".`);
  return found;
}

/** Midnight of the site's zone at or before a time. */
export function dayStart(setting: Setting, ms: number): number {
  const offsetMs = setting.offsetMinutes * minuteMs;
  return Math.floor((ms + offsetMs) / dayMs) * dayMs - offsetMs;
}

/** "251120" in the site's zone. */
export function dayStamp(setting: Setting, ms: number): string {
  return new Date(ms + setting.offsetMinutes * minuteMs).toISOString().slice(2, 10).replaceAll("-", "");
}
