import { and, asc, eq, gt } from "drizzle-orm";
import { isTerminal, type NumberedRunEvent, type RunEvent } from "../../core/run-event.ts";
import type { Db } from "../../db/database.ts";
import { runEvents } from "../../db/schema/conversations.ts";

// The log of a run: every event has a number and is written in groups; whoever follows reads the same log.

const groupMs = 100;

export type RunLog = {
  emit(event: RunEvent): void;
  /** Resolves when everything emitted so far is stored. */
  flush(): Promise<void>;
  /** All events of this run so far, in order. */
  events(): readonly NumberedRunEvent[];
};

/** `onEvent` is called at once; storing waits up to 100 ms for more. A failed write is tried again with the next group. */
export function createRunLog(options: {
  db: Db;
  runId: string;
  now: () => Date;
  onEvent: (event: NumberedRunEvent) => void;
}): RunLog {
  const { db, runId, now, onEvent } = options;
  const all: NumberedRunEvent[] = [];
  let stored = 0;
  let ended = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let writing: Promise<void> = Promise.resolve();

  const write = async (): Promise<void> => {
    const group = all.slice(stored);
    if (group.length === 0) return;
    await db
      .insert(runEvents)
      .values(group.map(({ seq, at, event }) => ({ runId, seq, at: new Date(at), event })))
      .onConflictDoNothing();
    stored += group.length;
  };
  const schedule = (): Promise<void> => {
    writing = writing.catch(() => undefined).then(write);
    return writing;
  };
  return {
    emit(event) {
      // What a tool still says after the end of its turn comes too late.
      if (ended) return;
      ended = isTerminal(event);
      const numbered = { runId, seq: all.length + 1, at: now().toISOString(), event };
      all.push(numbered);
      onEvent(numbered);
      timer ??= setTimeout(() => {
        timer = null;
        schedule().catch(() => undefined); // the next group, or the final flush, writes it again and reports
      }, groupMs);
    },
    async flush() {
      if (timer) clearTimeout(timer);
      timer = null;
      await schedule();
    },
    events: () => all,
  };
}

/** Stored events after a number, in order. */
export async function readRunEvents(db: Db, runId: string, afterSeq: number): Promise<NumberedRunEvent[]> {
  const rows = await db
    .select()
    .from(runEvents)
    .where(and(eq(runEvents.runId, runId), gt(runEvents.seq, afterSeq)))
    .orderBy(asc(runEvents.seq));
  return rows.map(({ seq, at, event }) => ({ runId, seq, at: at.toISOString(), event }));
}
