import type { Drift } from "./description/fault-schema.ts";
import type { TagDescription } from "./description/site-schema.ts";
import { dayMs } from "./world.ts";
import type { Episode, Setting } from "./world.ts";

// Curves: where a tag lies while all is well, and how far an episode has moved it.

/** Progress of the development in [0, 1], and the share of the deviation that shows. */
export type Course = { progress: number; share: number; limping: boolean };

/** How far the episode is at a time; null before its onset and after its repair. */
export function courseAt(episode: Episode, ms: number): Course | null {
  if (ms < episode.onsetMs || ms >= episode.endMs) return null;
  if (ms < episode.stopMs) {
    return { progress: (ms - episode.onsetMs) / (episode.stopMs - episode.onsetMs), share: 1, limping: false };
  }
  const limps = episode.fault.limps;
  if (!limps) return { progress: 1, share: 1, limping: false };
  const next = episode.pauses.findIndex((pause) => pause.startMs > ms);
  const last = episode.pauses[(next === -1 ? episode.pauses.length : next) - 1];
  const until =
    next === -1 ? (last?.endMs ?? ms) + limps.relapse_hours * 3_600_000 : (episode.pauses[next]?.startMs ?? ms);
  if (!last || ms < last.endMs) return { progress: 1, share: limps.eased, limping: true };
  const into = Math.min(1, (ms - last.endMs) / (until - last.endMs));
  return { progress: 1, share: limps.eased + (1 - limps.eased) * into ** 6, limping: true };
}

/** What an alarm limit is crossed by: the healthy value moved by the drift. */
export function drifted(drift: Drift, course: Course, healthy: number): number {
  if (course.progress <= drift.from) return healthy;
  const grown = ((course.progress - drift.from) / (1 - drift.from)) ** drift.power;
  return healthy + (drift.to - healthy) * grown * course.share;
}

/** Mean of a tag while the machine runs and nothing is wrong: base, daily cycle, use and refill. */
export function healthyMean(setting: Setting, tag: TagDescription, ms: number, phase: number): number {
  const hours = ((ms / 60_000 + setting.offsetMinutes) / 60) % 24;
  const daily = tag.daily * Math.sin(((hours - 9) / 24) * 2 * Math.PI);
  if (!tag.refill) return tag.running + daily;
  const { top, bottom, days } = tag.refill;
  const into = (ms / (days * dayMs) + phase) % 1;
  return top - (top - bottom) * into;
}
