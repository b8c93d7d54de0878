import { DateTime } from "luxon";
import { createMachineFilter } from "./machine-glob.ts";

// Planned busy time (ISO 22400-2 PBT): the time that a work unit is planned to be busy: its planned shifts, less
// planned breaks and holidays. The site file says it; OEE is reckoned against it.

export type PlannedShift = {
  /** Ids or globs of machines, lines or areas; null for all that no other shift names. */
  machines: string[] | null;
  /** ISO weekdays on which the shift begins, 1 Monday to 7 Sunday. */
  days: number[];
  /** "08:00", local; an end at or before the start is on the next day. */
  start: string;
  end: string;
  breaks: { start: string; end: string }[];
};

export type PlannedTimeSettings = {
  timeZone: string;
  shifts: PlannedShift[];
  /** Local dates, both ends included; a shift that begins on one of them is not worked. */
  holidays: { from: string; to: string }[];
};

export type PlannedSpan = { from: Date; to: Date };

export type PlannedTime = {
  /**
   * Planned minutes of [from, to). `machine` is an id, or a machine's id followed by those of its line and area: the
   * nearest that the site file names decides, else the shifts for all. Null where nothing is planned for it at all.
   */
  busyMinutes(machine: string | readonly string[], from: Date, to: Date): number | null;
  /** The planned spans within [from, to), in order, without overlap; null as above. */
  busySpans(machine: string | readonly string[], from: Date, to: Date): PlannedSpan[] | null;
};

export function createPlannedTime(settings: PlannedTimeSettings): PlannedTime {
  const named = settings.shifts.flatMap((shift) =>
    shift.machines === null ? [] : [{ shift, matches: createMachineFilter(shift.machines) }],
  );
  const forAll = settings.shifts.filter((shift) => shift.machines === null);

  const shiftsOf = (machine: string | readonly string[]): PlannedShift[] | null => {
    for (const id of typeof machine === "string" ? [machine] : machine) {
      const own = named.filter((one) => one.matches(id)).map((one) => one.shift);
      if (own.length > 0) return own;
    }
    return forAll.length > 0 ? forAll : null;
  };

  const busySpans: PlannedTime["busySpans"] = (machine, from, to) => {
    const shifts = shiftsOf(machine);
    if (shifts === null) return null;
    const worked = merge(shifts.flatMap((shift) => spansOf(shift, settings, from, to)));
    return worked
      .map((span) => ({ from: new Date(Math.max(+span.from, +from)), to: new Date(Math.min(+span.to, +to)) }))
      .filter((span) => span.from < span.to);
  };

  return {
    busySpans,
    busyMinutes(machine, from, to) {
      const spans = busySpans(machine, from, to);
      return spans === null ? null : spans.reduce((sum, span) => sum + (+span.to - +span.from), 0) / 60_000;
    },
  };
}

function spansOf(shift: PlannedShift, { timeZone, holidays }: PlannedTimeSettings, from: Date, to: Date) {
  const spans: PlannedSpan[] = [];
  const last = DateTime.fromJSDate(to, { zone: timeZone });
  // A night shift of the day before reaches into the first day.
  let day = DateTime.fromJSDate(from, { zone: timeZone }).startOf("day").minus({ days: 1 });
  for (; day <= last; day = day.plus({ days: 1 })) {
    const date = day.toFormat("yyyy-MM-dd");
    if (!shift.days.includes(day.weekday) || holidays.some((off) => off.from <= date && date <= off.to)) continue;
    const start = at(day, shift.start);
    const end = after(start, day, shift.end);
    let begun = start;
    const breaks = shift.breaks
      .map((pause) => {
        const pauseStart = at(day, pause.start) < start ? at(day.plus({ days: 1 }), pause.start) : at(day, pause.start);
        return { start: pauseStart, end: after(pauseStart, pauseStart.startOf("day"), pause.end) };
      })
      .sort((a, b) => +a.start - +b.start);
    for (const pause of breaks) {
      if (pause.start > begun) spans.push({ from: begun.toJSDate(), to: earlier(pause.start, end).toJSDate() });
      if (pause.end > begun) begun = pause.end;
    }
    if (begun < end) spans.push({ from: begun.toJSDate(), to: end.toJSDate() });
  }
  return spans;
}

function at(day: DateTime, clock: string): DateTime {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return day.set({ hour, minute });
}

function after(start: DateTime, day: DateTime, clock: string): DateTime {
  const end = at(day, clock);
  return end > start ? end : at(day.plus({ days: 1 }), clock);
}

const earlier = (a: DateTime, b: DateTime): DateTime => (a < b ? a : b);

function merge(spans: PlannedSpan[]): PlannedSpan[] {
  const out: PlannedSpan[] = [];
  for (const span of spans.toSorted((a, b) => +a.from - +b.from)) {
    const last = out.at(-1);
    if (last && span.from <= last.to) last.to = span.to > last.to ? span.to : last.to;
    else out.push({ ...span });
  }
  return out;
}
