import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import type { Ctx } from "../core/context.ts";
import { SunbaeError, toSunbaeError } from "../core/errors.ts";
import { isTerminal, type NumberedRunEvent, type RunEvent } from "../core/run-event.ts";
import { runs } from "../db/schema/conversations.ts";
import type { LiveRuns } from "./run-log/follow-run.ts";
import { createRunLog, type RunLog } from "./run-log/run-log.ts";
import { readMemory } from "./turn/memory.ts";
import { runTurn } from "./turn/run-turn.ts";
import type { RuntimeDeps } from "./turn/turn-deps.ts";

type Run = typeof runs.$inferSelect;
/** The last event of a run, and what becomes of its row. */
type Ending = { event: RunEvent; row: Partial<typeof runs.$inferInsert>; observed: { outcome: string } & Timed };
type Timed = { mode: "model" | "extractive"; firstEvidenceMs: number | null; totalMs: number };

const leaseMs = 30_000;

/** Claims a queued run, runs its turn and keeps its lease meanwhile. Exactly one terminal event ends its log. */
export async function executeRun(
  deps: RuntimeDeps & { now: () => Date; owner: string; live: LiveRuns },
  runId: string,
  given: Ctx | null,
  controller: AbortController,
): Promise<void> {
  const { database, live, logger, now, owner } = deps;
  const { db } = database;
  const mine = and(eq(runs.id, runId), eq(runs.status, "running"), eq(runs.leaseOwner, owner));
  const leaseUntil = (): Date => new Date(now().getTime() + leaseMs);

  const [run] = await db
    .update(runs)
    .set({
      status: "running",
      startedAt: now(),
      leaseOwner: owner,
      leaseUntil: leaseUntil(),
      attempt: sql`${runs.attempt} + 1`,
    })
    .where(and(eq(runs.id, runId), eq(runs.status, "queued")))
    .returning();
  if (!run) return live.end(runId);
  live.begin(runId);
  // Whoever hears that a run is over finds it so in the database.
  let last: NumberedRunEvent | null = null;
  const onEvent = (event: NumberedRunEvent): void => {
    if (isTerminal(event.event)) last = event;
    else live.publish(event);
  };
  const log = createRunLog({ db, runId, now, onEvent });
  const heartbeat = setInterval(() => void beat(), leaseMs / 3);
  try {
    const ending = await runToEnd(run, log);
    log.emit(ending.event);
    await persistently(() => log.flush());
    await persistently(() =>
      db
        .update(runs)
        .set({ ...ending.row, finishedAt: now(), leaseOwner: null })
        .where(mine),
    );
    if (last) live.publish(last);
    deps.observe?.(ending.observed);
  } finally {
    clearInterval(heartbeat);
    live.end(runId);
  }

  async function runToEnd(claimed: Run, events: RunLog): Promise<Ending> {
    const began = performance.now();
    const ctx: Ctx = {
      actor: claimed.actor,
      timeZone: given?.timeZone ?? deps.timeZone,
      now,
      signal: controller.signal,
    };
    const { conversationId, question, equipmentHint } = claimed;
    try {
      if (claimed.cancelRequested) throw new SunbaeError("cancelled", "The run was cancelled.");
      const memory = await memoryOf(conversationId);
      const input = { runId, conversationId, question, equipmentHint, memory, ctx };
      const { answer, memory: kept } = await runTurn(input, deps, (event) => events.emit(event));
      return {
        event: { type: "run-finished", timings: answer.timings },
        row: { status: "finished", mode: answer.mode, answer, memory: kept },
        observed: { mode: answer.mode, outcome: answer.abstained ? "abstained" : "answered", ...answer.timings },
      };
    } catch (thrown) {
      const error = toSunbaeError(controller.signal.aborted ? (controller.signal.reason ?? thrown) : thrown);
      const observed = { mode: claimed.mode, firstEvidenceMs: null, totalMs: performance.now() - began };
      if (controller.signal.aborted || error.code === "cancelled")
        return {
          event: { type: "run-cancelled", reason: error.message },
          row: { status: "cancelled" },
          observed: { ...observed, outcome: "cancelled" },
        };
      logger.error({ err: error, runId }, "a run failed");
      const fix = error.fix ? { fix: error.fix } : {};
      return {
        event: { type: "run-failed", code: error.code, message: error.message, ...fix },
        row: { status: "failed" },
        observed: { ...observed, outcome: "failed" },
      };
    }
  }

  /** Keeps the lease; hears of a cancellation that another process took, and of a lease that was lost. */
  async function beat(): Promise<void> {
    try {
      const [row] = await db
        .update(runs)
        .set({ leaseUntil: leaseUntil() })
        .where(mine)
        .returning({ cancel: runs.cancelRequested });
      if (!row) controller.abort(new SunbaeError("cancelled", "Another process ended this run."));
      else if (row.cancel) controller.abort(new SunbaeError("cancelled", "The run was cancelled."));
    } catch (error) {
      logger.warn({ err: error, runId }, "the lease of a run could not be renewed");
    }
  }

  async function memoryOf(conversationId: string) {
    const [last] = await db
      .select({ memory: runs.memory })
      .from(runs)
      .where(and(eq(runs.conversationId, conversationId), isNotNull(runs.memory)))
      .orderBy(desc(runs.createdAt))
      .limit(1);
    return readMemory(last?.memory);
  }
}

/** A short outage of the database must not lose the end of a run. */
async function persistently<Result>(write: () => Promise<Result>, tries = 4): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (thrown) {
      if (attempt >= tries) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, 250 * attempt));
    }
  }
}
