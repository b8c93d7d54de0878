import { fire, firingProgress } from "./firings.ts";
import { fillTemplate } from "./texts.ts";
import type { Fault } from "./description/fault-schema.ts";
import type { Machine } from "./description/site-schema.ts";
import { chance } from "./random.ts";
import { hourMs, minuteMs, modelOf, personOf } from "./world.ts";
import type { Attempt, Episode, Firing, Setting } from "./world.ts";

export type EpisodePlan = {
  fault: Fault;
  machine: Machine;
  id: string;
  stopMs: number;
  developsMs: number;
  /** Hours from the stop to the repair, where the fault is under way. */
  repairedAfterHours?: number;
};

/** One occurrence of a fault, worked out: when each alarm fires, who tries what, who mends it and how fast. */
export function unfoldEpisode(setting: Setting, plan: EpisodePlan): Episode {
  const { fault, machine, id } = plan;
  const random = chance(setting.seed, "episode", id);
  const model = modelOf(setting.description, machine.model);
  // The development is scaled so that the last alarm falls together with the stop.
  const span = { onsetMs: plan.stopMs - plan.developsMs, lengthMs: plan.developsMs };
  const reached = fault.alarms.flatMap((alarm) => {
    const progress = firingProgress(setting, fault, model, machine.id, alarm, span);
    return progress === null ? [] : [{ alarm, progress }];
  });
  const last = Math.max(0.5, ...reached.map((each) => each.progress));
  const onsetMs = plan.stopMs - plan.developsMs;
  const at = (progress: number): number =>
    Math.min(plan.stopMs - minuteMs, Math.round((onsetMs + (plan.developsMs * progress) / last) / 1000) * 1000);
  const firings = reached.flatMap(({ alarm, progress }) => {
    const to = fault.drifts.find((drift) => drift.tag === alarm.tag)?.to ?? null;
    return fire(random, alarm, model, to, { progress, firstMs: at(progress), stopMs: plan.stopMs });
  });

  const wait = random.between(...fault.waits_minutes) * minuteMs;
  const limpMs = (plan.repairedAfterHours ?? (fault.limps ? random.between(...fault.limps.hours) : 0)) * hourMs;
  const repairMs = Math.round((plan.stopMs + (limpMs || wait)) / minuteMs) * minuteMs;
  const solver = pickSolver(fault, random.next());
  const endMs = repairMs + Math.round(random.between(...solver.minutes)) * minuteMs;
  const pauses = pausesOf(fault, plan.stopMs, repairMs, random.between(0.85, 1.15));
  const final = firings
    .filter((firing) => firing.alarm.group === "alarm")
    .sort((a, b) => a.startMs - b.startMs)
    .at(-1);
  if (final) final.endMs = pauses[0]?.endMs ?? endMs - 5 * minuteMs;
  firings.push(...relapses(final, pauses));
  return {
    id,
    fault,
    machine,
    onsetMs,
    stopMs: plan.stopMs,
    pauses,
    repairMs,
    endMs,
    firings: firings.sort((a, b) => a.startMs - b.startMs),
    missteps: attempts(setting, plan, at),
    solver: personOf(setting.description, solver.person),
    ongoing: plan.repairedAfterHours !== undefined,
  };
}

function pickSolver(fault: Fault, drawn: number): Fault["solvers"][number] {
  const total = fault.solvers.reduce((sum, each) => sum + each.share, 0);
  let left = drawn * total;
  for (const each of fault.solvers) {
    left -= each.share;
    if (left < 0) return each;
  }
  return fault.solvers[0] as Fault["solvers"][number]; // the schema asks for one at least
}

function pausesOf(
  fault: Fault,
  stopMs: number,
  repairMs: number,
  stretch: number,
): { startMs: number; endMs: number }[] {
  if (!fault.limps) return [];
  const length = fault.limps.cooldown_minutes * minuteMs;
  const period = Math.round((fault.limps.relapse_hours * hourMs * stretch) / minuteMs) * minuteMs;
  const pauses: { startMs: number; endMs: number }[] = [];
  for (let startMs = stopMs; startMs + length < repairMs; startMs += length + period)
    pauses.push({ startMs, endMs: startMs + length });
  return pauses;
}

/** While it limps, the last alarm comes again with each pause. */
function relapses(final: Firing | undefined, pauses: { startMs: number; endMs: number }[]): Firing[] {
  if (!final) return [];
  return pauses.slice(1).map((pause) => ({ ...final, startMs: pause.startMs - minuteMs, endMs: pause.endMs }));
}

function attempts(setting: Setting, plan: EpisodePlan, at: (progress: number) => number): Attempt[] {
  const random = chance(setting.seed, "misstep", plan.id);
  return plan.fault.missteps.flatMap((misstep) => {
    const happens = plan.repairedAfterHours !== undefined || random.happens(misstep.chance);
    if (!happens || plan.developsMs < 24 * hourMs) return [];
    const person = personOf(setting.description, misstep.person);
    const startMs = Math.round(at(misstep.at) / minuteMs) * minuteMs;
    const endMs = Math.min(startMs + Math.round(random.between(...misstep.minutes)) * minuteMs, plan.stopMs - minuteMs);
    const draw = random.whole(0, 999);
    const fill = (texts: { ko: string[]; en?: string[] | undefined }): string =>
      fillTemplate(draw, texts, person.language, { id: plan.machine.id, name: plan.machine.name[person.language] });
    return [{ person, startMs, endMs, cause: fill(misstep.cause), remedy: fill(misstep.remedy) }];
  });
}
