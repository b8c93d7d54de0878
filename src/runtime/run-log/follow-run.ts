import { eq } from "drizzle-orm";
import { SunbaeError } from "../../core/errors.ts";
import { isTerminal, type NumberedRunEvent } from "../../core/run-event.ts";
import type { Db } from "../../db/database.ts";
import { runs } from "../../db/schema/conversations.ts";
import { readRunEvents } from "./run-log.ts";

/** Runs under way in this process: their events so far, and who wants the next one. */
export type LiveRuns = {
  begin(runId: string): void;
  publish(event: NumberedRunEvent): void;
  end(runId: string): void;
  /** The events of a run under way here; null where it isn't. */
  eventsOf(runId: string): readonly NumberedRunEvent[] | null;
  /** Resolves at the run's next event, its end, or after `ms`. */
  next(runId: string, ms: number, signal?: AbortSignal): Promise<void>;
};

export function createLiveRuns(): LiveRuns {
  const live = new Map<string, NumberedRunEvent[]>();
  const waiting = new Map<string, Set<() => void>>();
  const wake = (runId: string): void => {
    const waiters = waiting.get(runId);
    waiting.delete(runId);
    for (const resolve of waiters ?? []) resolve();
  };
  return {
    begin: (runId) => void (live.has(runId) || live.set(runId, [])),
    publish(event) {
      live.get(event.runId)?.push(event);
      wake(event.runId);
    },
    end(runId) {
      live.delete(runId);
      wake(runId);
    },
    eventsOf: (runId) => live.get(runId) ?? null,
    next(runId, ms, signal) {
      return new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener("abort", done);
          waiting.get(runId)?.delete(done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        signal?.addEventListener("abort", done, { once: true });
        const set = waiting.get(runId) ?? new Set();
        set.add(done);
        waiting.set(runId, set);
      });
    },
  };
}

const pollMs = 250;

/** The run's events after a number, stored or live, until its terminal one. Another process's run is polled. */
export async function* followRun(
  db: Db,
  live: LiveRuns,
  runId: string,
  options: { afterSeq?: number; signal?: AbortSignal } = {},
): AsyncGenerator<NumberedRunEvent> {
  const { signal } = options;
  let seen = Math.max(0, options.afterSeq ?? 0);
  let empty = 0;
  while (!signal?.aborted) {
    const here = live.eventsOf(runId);
    const events = here ? here.slice(seen) : await readRunEvents(db, runId, seen);
    for (const event of events) {
      seen = event.seq;
      yield event;
      if (isTerminal(event.event)) return;
    }
    if (events.length > 0) {
      empty = 0;
      continue;
    }
    // Looked up at first, and now and then later: a run that is over has no more events than are stored.
    if (!here && empty++ % 8 === 0) {
      const [run] = await db.select({ status: runs.status }).from(runs).where(eq(runs.id, runId));
      if (!run) throw new SunbaeError("not_found", `There is no run ${runId}.`);
      if (isOver(run.status) && (await readRunEvents(db, runId, seen)).length === 0) return;
      continue;
    }
    await live.next(runId, here ? 15_000 : pollMs, signal);
  }
}

function isOver(status: string): boolean {
  return !["queued", "running"].includes(status);
}
