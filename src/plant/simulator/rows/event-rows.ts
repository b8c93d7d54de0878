import type { Row } from "../../records.ts";
import { alarmLevel } from "../firings.ts";
import { minuteMs } from "../world.ts";
import type { Line, World } from "../world.ts";
import { numberByDay } from "./numbering.ts";

type Event = {
  line: Line;
  code: string;
  group: "alarm" | "warning";
  startMs: number;
  endMs: number;
  value: number | null;
  lower: number | null;
  upper: number | null;
};

/** Alarms and warnings until now; one that has not cleared has no end. */
export function eventRows(world: World, nowMs: number, fromMs = world.historyStart): Row[] {
  const events = world.lines.flatMap((line) => [...firingEvents(line), ...incidentEvents(line)]);
  const past = events.filter((event) => event.startMs <= nowMs && event.startMs >= fromMs);
  return numberByDay(world, "EV", past, (event) => ({
    atMs: event.startMs,
    key: `${event.line.machine.id}${event.code}`,
  })).map(({ id, record }) => eventRow(id, record, nowMs));
}

function eventRow(id: string, event: Event, nowMs: number): Row {
  const { machine, model } = event.line;
  const alarm = model.alarms.find((each) => each.code === event.code);
  const over = event.endMs <= nowMs;
  return {
    id,
    equipment_id: machine.id,
    group: event.group,
    category: model.network ? "자동" : "손 일지",
    code: event.code,
    description: alarm?.message.ko ?? null,
    severity: alarm?.severity ?? null,
    value: event.value,
    lower_bound: event.lower,
    upper_bound: event.upper,
    started_at: new Date(event.startMs),
    ended_at: over ? new Date(event.endMs) : null,
    duration_minutes: over ? Math.round((event.endMs - event.startMs) / 6000) / 10 : null,
  };
}

function firingEvents(line: Line): Event[] {
  return line.episodes.flatMap((episode) =>
    episode.firings.map((firing): Event => {
      const tag = line.model.tags.find((each) => each.name === firing.alarm.tag);
      const to = episode.fault.drifts.find((drift) => drift.tag === firing.alarm.tag)?.to;
      const level = tag && to !== undefined ? alarmLevel(firing.alarm, tag, to) : null;
      const rising = tag && to !== undefined && to >= tag.running;
      return {
        line,
        code: firing.alarm.code,
        group: firing.alarm.group,
        startMs: firing.startMs,
        endMs: firing.endMs,
        value: firing.value,
        lower: rising ? null : level,
        upper: rising ? level : null,
      };
    }),
  );
}

function incidentEvents(line: Line): Event[] {
  return line.incidents.map((run) => ({
    line,
    code: run.incident.alarm,
    group: run.incident.minutes[1] > 0 ? "alarm" : "warning",
    startMs: run.startMs,
    endMs: Math.max(run.endMs, run.startMs + 2 * minuteMs),
    value: null,
    lower: null,
    upper: null,
  }));
}
