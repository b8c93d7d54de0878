// What find_drift says. Times are ISO strings.

/** A stop or an alarm before which something may have drifted. */
export type DriftEvent = { id: string; kind: "stop" | "alarm"; at: string; label: string; code: string | null };

/** How one tag stood before one event, against its ordinary running before that. */
export type DriftBefore = {
  eventId: string;
  /** Robust sigmas off its ordinary running in the last part before the event; null where it can't be told. */
  deviation: number | null;
  drifted: boolean;
  direction: "high" | "low" | null;
  /** When the level changed, by change point, and how many hours before the event that was. */
  changedAt: string | null;
  hoursBefore: number | null;
  level: number | null;
  normalLevel: number | null;
};

export type DriftingTag = {
  tagId: string;
  name: string;
  unit: string | null;
  /** Before how many of the events that could be judged it drifted to the same side. */
  hits: number;
  judged: number;
  direction: "high" | "low" | null;
  /** How often ordinary windows without an event looked like that: the share by which chance would do it. */
  ordinary: { hits: number; windows: number };
  /** Probability of so many hits by that chance alone; small is telling. Null without ordinary windows. */
  chance: number | null;
  medianDeviation: number | null;
  medianHoursBefore: number | null;
  before: DriftBefore[];
};

export type DriftReport = {
  found: boolean;
  equipmentId: string;
  events: DriftEvent[];
  /** Those that drifted before more of the events than chance first; tags that never drifted last. */
  tags: DriftingTag[];
  lookbackHours: number;
};
