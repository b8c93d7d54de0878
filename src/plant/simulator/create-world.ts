import { incidentRuns, otherStops, routineRuns } from "./background.ts";
import type { PlantDescription } from "./description/plant-description.ts";
import type { Machine } from "./description/site-schema.ts";
import { liveEpisodes, pastEpisodes } from "./episodes.ts";
import { createSetting, dayMs, modelOf } from "./world.ts";
import type { Episode, Line, Setting, Stop, World } from "./world.ts";

/**
 * Everything that happens until a time. The same description, seed and start give the same world, however far it is
 * unfolded: what was told before does not change. `past` saves unfolding the history's episodes again.
 */
export function createWorld(
  description: PlantDescription,
  seed: number,
  startedAt: Date,
  until: Date,
  past?: Episode[],
): World {
  const setting = createSetting(description, seed, startedAt);
  const untilMs = until.getTime();
  const episodes = [...(past ?? pastEpisodes(setting)), ...liveEpisodes(setting, untilMs - 3 * dayMs, untilMs)];
  const lines = description.machines.map((machine, at) =>
    createLine(
      setting,
      machine,
      at + 1,
      episodes.filter((each) => each.machine.id === machine.id),
      untilMs,
    ),
  );
  return { ...setting, lines };
}

function createLine(setting: Setting, machine: Machine, ordinal: number, episodes: Episode[], untilMs: number): Line {
  const code = (use: string): string =>
    setting.description.stop_reasons.find((reason) => reason.use === use)?.code ?? use.toUpperCase();
  const stops: Stop[] = episodes.flatMap((episode) => breakdownStops(episode, code("breakdown")));
  const routines = routineRuns(setting, machine, untilMs).filter((run) => isClear(setting, stops, run));
  stops.push(
    ...routines.map((run): Stop => ({
      startMs: run.startMs,
      endMs: run.endMs,
      kind: "maintenance",
      code: code("maintenance"),
    })),
  );
  const incidents = incidentRuns(setting, machine, untilMs).filter((run) => isClear(setting, stops, run));
  stops.push(
    ...incidents
      .filter((run) => run.incident.minutes[1] > 0)
      .map((run): Stop => ({ startMs: run.startMs, endMs: run.endMs, kind: "breakdown", code: code("breakdown") })),
  );
  stops.push(...otherStops(setting, machine, untilMs).filter((stop) => isClear(setting, stops, stop)));
  stops.sort((a, b) => a.startMs - b.startMs);
  return { machine, model: modelOf(setting.description, machine.model), ordinal, episodes, stops, routines, incidents };
}

function breakdownStops(episode: Episode, code: string): Stop[] {
  const pauses = episode.pauses.map((pause): Stop => ({ ...pause, kind: "breakdown", code }));
  const startMs = episode.pauses.length > 0 ? episode.repairMs : episode.stopMs;
  return [...pauses, { startMs, endMs: episode.endMs, kind: "breakdown", code }];
}

/** Nothing small happens within or right beside a bigger stop; after the start of the sample, what was told stays told. */
function isClear(setting: Setting, stops: Stop[], run: { startMs: number; endMs: number }): boolean {
  if (run.startMs >= setting.startedAt) return true;
  // Let the sample start with every machine at work.
  if (run.endMs > setting.startedAt - 45 * 60_000) return false;
  const margin = 10 * 60_000;
  return !stops.some(
    (stop) =>
      stop.startMs < setting.startedAt && run.startMs < stop.endMs + margin && run.endMs > stop.startMs - margin,
  );
}
