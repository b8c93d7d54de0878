import type { Row } from "../../records.ts";
import type { PlantDescription } from "../description/plant-description.ts";
import type { Variants } from "../description/words.ts";
import type { Person } from "../description/site-schema.ts";
import { chance } from "../random.ts";
import { fillTemplate } from "../texts.ts";
import { hourMs, minuteMs, named } from "../world.ts";
import type { Episode, Line, World } from "../world.ts";
import { numberByDay } from "./numbering.ts";

type Order = {
  key: string;
  line: Line;
  openedMs: number;
  startMs: number;
  endMs: number;
  preventive: boolean;
  priority: number;
  code: string;
  component: string;
  alarm: string | null;
  person: Person;
  crew: number;
  description: string;
  cause: string | null;
  remedy: string;
  parts: string[];
};

/** Work orders opened until now; one that is not finished has no technician's findings yet. */
export function workOrderRows(world: World, nowMs: number, fromMs = world.historyStart): Row[] {
  const orders = world.lines.flatMap((line) => [
    ...line.episodes.filter((each) => each.endMs >= fromMs).flatMap((episode) => episodeOrders(world, line, episode)),
    ...routineOrders(world, line, fromMs),
    ...incidentOrders(world, line, fromMs),
  ]);
  const opened = orders.filter((order) => order.openedMs <= nowMs && order.openedMs >= fromMs);
  return numberByDay(world, "WO", opened, (order) => ({ atMs: order.openedMs, key: order.key })).map(({ id, record }) =>
    workOrderRow(world.description, id, record, nowMs),
  );
}

function workOrderRow(plant: PlantDescription, id: string, order: Order, nowMs: number): Row {
  const done = order.endMs <= nowMs;
  const minutes = Math.round((order.endMs - order.startMs) / minuteMs);
  const secondary = named(plant.failure_codes, order.code);
  const primary = secondary.parent === undefined ? secondary : named(plant.failure_codes, secondary.parent);
  return {
    id,
    equipment_id: order.line.machine.id,
    description: order.description,
    preventive: order.preventive,
    status: done ? "closed" : order.startMs <= nowMs ? "in progress" : "open",
    priority: order.priority,
    primary_code: primary.id,
    primary_code_description: primary.description,
    secondary_code: secondary === primary ? null : secondary.id,
    secondary_code_description: secondary === primary ? null : secondary.description,
    component: order.component,
    alarm_code: order.alarm,
    technician: done || order.startMs <= nowMs || order.preventive ? order.person.name : null,
    cause: done ? order.cause : null,
    remedy: done ? order.remedy : null,
    parts: done ? order.parts : [],
    opened_at: new Date(order.openedMs),
    finished_at: done ? new Date(order.endMs) : null,
    duration_minutes: done ? minutes : null,
    labor_minutes: done ? minutes * order.crew : null,
  };
}

function episodeOrders(world: World, line: Line, episode: Episode): Order[] {
  const { fault, machine, solver } = episode;
  const random = chance(world.seed, "order-text", episode.id);
  const alarms = episode.firings.filter((firing) => firing.alarm.group === "alarm" && firing.startMs <= episode.stopMs);
  const last = alarms.at(-1);
  const tag = line.model.tags.find((each) => each.name === last?.alarm.tag);
  const draw = random.whole(0, 999);
  const say = (variants: Variants, person: Person, value = last?.value): string =>
    fillTemplate(draw, variants, person.language, {
      id: machine.id,
      name: machine.name[person.language],
      alarm: last?.alarm.code ?? "",
      value: value === undefined || value === null ? "" : String(Number(value.toFixed(tag?.decimals ?? 0))),
      unit: tag?.unit ?? "",
      part: fault.parts[0] ?? "",
    });
  const common = { line, preventive: false, code: fault.code, component: fault.component };
  const missteps = episode.missteps.map((attempt, at): Order => {
    const before = alarms.findLast((firing) => firing.startMs <= attempt.startMs);
    return {
      ...common,
      key: `${episode.id}/misstep-${at}`,
      openedMs: attempt.startMs - random.whole(10, 40) * minuteMs,
      startMs: attempt.startMs,
      endMs: attempt.endMs,
      priority: Math.min(5, fault.priority + 1),
      alarm: before?.alarm.code ?? null,
      person: attempt.person,
      crew: 1,
      description: before
        ? `${machine.id} ${before.alarm.code} ${line.model.alarms.find((each) => each.code === before.alarm.code)?.message.ko ?? ""}`
        : `${machine.id} ${fault.component} 상태 이상`,
      cause: attempt.cause,
      remedy: attempt.remedy,
      parts: [],
    };
  });
  const description =
    episode.ongoing && fault.ongoing ? say(fault.ongoing.note, solver) : say(fault.texts.description, solver);
  const repair: Order = {
    ...common,
    key: episode.id,
    openedMs: episode.stopMs + random.whole(1, 5) * minuteMs,
    startMs: episode.repairMs,
    endMs: episode.endMs,
    priority: fault.priority,
    alarm: last?.alarm.code ?? null,
    person: solver,
    crew: fault.crew,
    description,
    cause: say(fault.texts.cause, solver),
    remedy: say(fault.texts.remedy, solver),
    parts: fault.parts,
  };
  return [...missteps, repair];
}

function routineOrders(world: World, line: Line, fromMs: number): Order[] {
  return line.routines
    .filter((run) => run.openedMs >= fromMs)
    .map((run): Order => {
      const draw = chance(world.seed, "routine-text", line.machine.id, run.startMs).whole(0, 999);
      const slots = {
        id: line.machine.id,
        name: line.machine.name[run.person.language],
        part: run.routine.parts[0] ?? "",
      };
      return {
        key: `${line.machine.id}/routine-${run.startMs}-${run.routine.component}`,
        line,
        openedMs: run.openedMs,
        startMs: run.startMs,
        endMs: run.endMs,
        preventive: true,
        priority: 4,
        code: run.routine.code,
        component: run.routine.component,
        alarm: null,
        person: run.person,
        crew: 1,
        description: fillTemplate(draw, run.routine.texts.description, run.person.language, slots),
        cause: null,
        remedy: fillTemplate(draw, run.routine.texts.remedy, run.person.language, slots),
        parts: run.routine.parts,
      };
    });
}

function incidentOrders(world: World, line: Line, fromMs: number): Order[] {
  return line.incidents
    .filter((run) => run.order && run.startMs >= fromMs)
    .map((run): Order => {
      const random = chance(world.seed, "incident-text", line.machine.id, run.startMs);
      const alarm = line.model.alarms.find((each) => each.code === run.incident.alarm);
      const { language } = run.person;
      const draw = random.whole(0, 999);
      const slots = { id: line.machine.id, name: line.machine.name[language] };
      // Some are made to run again at once and mended properly only days later; never a safeguard.
      const waitMs = alarm?.severity !== "critical" && random.happens(0.2) ? random.whole(12, 130) * hourMs : 0;
      return {
        key: `${line.machine.id}/incident-${run.startMs}`,
        line,
        openedMs: run.startMs + minuteMs,
        startMs: run.startMs + waitMs + 2 * minuteMs,
        endMs: Math.max(run.endMs, run.startMs + 12 * minuteMs) + waitMs,
        preventive: false,
        priority: alarm?.severity === "critical" ? 2 : 3,
        code: run.incident.code,
        component: run.incident.component,
        alarm: run.incident.alarm,
        person: run.person,
        crew: 1,
        description: `${line.machine.id} ${run.incident.alarm} ${alarm?.message[language] ?? ""}`,
        cause: fillTemplate(draw, run.incident.texts.cause, language, slots),
        remedy: fillTemplate(draw, run.incident.texts.remedy, language, slots),
        parts: [],
      };
    });
}
