import { courseAt, drifted, healthyMean } from "./course.ts";
import type { Drift } from "./description/fault-schema.ts";
import type { TagDescription } from "./description/site-schema.ts";
import { refillPhase } from "./firings.ts";
import { hashKeys, noiseAt } from "./random.ts";
import type { Episode, Line, Setting } from "./world.ts";

export type ReadingBatch = { tagId: string; times: number[]; values: number[] };

/** Readings of one tag over [from, to), on multiples of the spacing. While the machine stands, a tag without an idle value is silent. */
export function readingsOf(
  setting: Setting,
  line: Line,
  tag: TagDescription,
  span: { fromMs: number; toMs: number; everySeconds: number },
): ReadingBatch {
  const tagId = `${line.machine.id}.${tag.name}`;
  const key = hashKeys(setting.seed, "noise", tagId);
  const bias = noiseAt(key, -1) * tag.noise * 0.3;
  const phase = refillPhase(setting.seed, line.machine.id, tag.name);
  const drifts = driftsOf(line, tag, span);
  const everyMs = span.everySeconds * 1000;
  const settleMs = tag.settles_minutes * 60_000;
  const factor = 10 ** tag.decimals;
  const batch: ReadingBatch = { tagId, times: [], values: [] };
  const state = runningState(line, span.fromMs);
  for (let ms = Math.ceil(span.fromMs / everyMs) * everyMs; ms < span.toMs; ms += everyMs) {
    state.moveTo(ms);
    if (!state.running && tag.idle === undefined) continue;
    const healthy = healthyMean(setting, tag, ms, phase) + bias;
    let working = healthy;
    let standing = tag.refill ? healthy : (tag.idle ?? healthy);
    for (const { episode, drift } of drifts) {
      const course = courseAt(episode, ms);
      if (!course) continue;
      working = drifted(drift, course, working);
      if (drift.standing) standing = drifted(drift, course, standing);
    }
    const [target, before] = state.running ? [working, standing] : [standing, working];
    const left = settleMs > 0 ? Math.exp(-(ms - state.sinceMs) / settleMs) : 0;
    const noise = noiseAt(key, Math.floor(ms / 5000)) * tag.noise * (state.running ? 1 : 0.25);
    const value = Math.round((target + (before - target) * left + noise) * factor) / factor;
    batch.times.push(ms);
    batch.values.push(tag.normal[0] >= 0 ? Math.max(0, value) : value);
  }
  return batch;
}

function driftsOf(
  line: Line,
  tag: TagDescription,
  span: { fromMs: number; toMs: number },
): { episode: Episode; drift: Drift }[] {
  return line.episodes.flatMap((episode) => {
    if (episode.endMs < span.fromMs || episode.onsetMs > span.toMs) return [];
    return episode.fault.drifts.filter((drift) => drift.tag === tag.name).map((drift) => ({ episode, drift }));
  });
}

/** Walks along a machine's stops; `sinceMs` is the last start or stop. Stops may overlap. */
function runningState(line: Line, fromMs: number) {
  const stops = line.stops;
  let next = 0;
  let standsUntil = 0;
  const state = {
    running: true,
    sinceMs: fromMs - 24 * 3_600_000,
    moveTo(ms: number): void {
      for (let stop = stops[next]; stop && stop.startMs <= ms; stop = stops[++next]) {
        if (stop.startMs >= standsUntil) state.sinceMs = stop.startMs;
        standsUntil = Math.max(standsUntil, stop.endMs);
      }
      const running = ms >= standsUntil;
      if (running && standsUntil > 0 && !state.running) state.sinceMs = standsUntil;
      if (running && standsUntil > state.sinceMs) state.sinceMs = standsUntil;
      state.running = running;
    },
  };
  return state;
}
