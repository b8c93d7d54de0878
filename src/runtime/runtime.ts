import { randomUUID } from "node:crypto";
import { and, desc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { Ctx } from "../core/context.ts";
import { SunbaeError, toSunbaeError } from "../core/errors.ts";
import { isTerminal, type Answer, type NumberedRunEvent, type RunEvent } from "../core/run-event.ts";
import { runEvents, runs } from "../db/schema/conversations.ts";
import { createLiveRuns, followRun } from "./run-log/follow-run.ts";
import { createRunLog, readRunEvents } from "./run-log/run-log.ts";
import { startRun, type AskInput } from "./start-run.ts";
import { readMemory } from "./turn/memory.ts";
import { runTurn } from "./turn/run-turn.ts";
import type { RuntimeDeps } from "./turn/turn-deps.ts";

export type { AskInput } from "./start-run.ts";
export type { RuntimeDeps } from "./turn/turn-deps.ts";

export type Runtime = {
  /** Writes conversation and run in one transaction and wakes a worker. The same dedupeKey returns the first run. */
  start(ctx: Ctx, input: AskInput): Promise<{ runId: string; conversationId: string; duplicate: boolean }>;
  /** Run events from `afterSeq` on, live, until the terminal one. Resumable any time, also after a restart. */
  follow(runId: string, options?: { afterSeq?: number; signal?: AbortSignal }): AsyncIterable<NumberedRunEvent>;
  /** start + follow to the end. Rejects with the run's own failure. */
  ask(ctx: Ctx, input: AskInput): Promise<Answer>;
  cancel(ctx: Ctx, runId: string, reason: string): Promise<void>;
  /** Ends runs that a killed process left behind as interrupted, then takes up queued ones. Also called on a timer. */
  recover(): Promise<{ interrupted: number; requeued: number }>;
  /** Takes no more, lets running turns end, cancels what is left. */
  drain(timeoutMs: number): Promise<void>;
};

const leaseMs = 30_000;
const owner = `${process.pid}-${randomUUID().slice(0, 8)}`;

export function createRuntime(deps: RuntimeDeps): Runtime {
  const { database, logger, now = () => new Date(), concurrency = 24 } = deps;
  const { db } = database;
  const live = createLiveRuns();
  const running = new Map<string, { controller: AbortController; done: Promise<void> }>();
  const waiting: { runId: string; ctx: Ctx | null }[] = [];
  let draining = false;

  function wake(): void {
    while (!draining && running.size < concurrency && waiting.length > 0) {
      const next = waiting.shift();
      if (!next || running.has(next.runId)) continue;
      const controller = new AbortController();
      const done = execute(next.runId, next.ctx, controller)
        .catch((error: unknown) => logger.error({ err: error, runId: next.runId }, "a run could not be recorded"))
        .finally(() => {
          running.delete(next.runId);
          wake();
        });
      running.set(next.runId, { controller, done });
    }
  }

  async function execute(runId: string, given: Ctx | null, controller: AbortController): Promise<void> {
    const claimedAt = now();
    const [run] = await db
      .update(runs)
      .set({
        status: "running",
        startedAt: claimedAt,
        leaseOwner: owner,
        leaseUntil: new Date(claimedAt.getTime() + leaseMs),
        attempt: sql`${runs.attempt} + 1`,
      })
      .where(and(eq(runs.id, runId), eq(runs.status, "queued")))
      .returning();
    if (!run) return;
    live.begin(runId);
    const log = createRunLog({ db, runId, now, onEvent: (event) => live.publish(event) });
    const heartbeat = setInterval(() => void beat(runId, controller), leaseMs / 3);
    const ctx: Ctx = { actor: run.actor, timeZone: given?.timeZone ?? deps.timeZone, now, signal: controller.signal };
    const began = performance.now();
    try {
      const { answer, memory } = await runTurn(
        {
          runId,
          conversationId: run.conversationId,
          question: run.question,
          equipmentHint: run.equipmentHint,
          memory: await memoryOf(run.conversationId),
          ctx,
        },
        deps,
        (event) => log.emit(event),
      );
      log.emit({ type: "run-finished", timings: answer.timings });
      await log.flush();
      await db
        .update(runs)
        .set({ status: "finished", mode: answer.mode, answer, memory, finishedAt: now(), leaseOwner: null })
        .where(eq(runs.id, runId));
      deps.observe?.({ mode: answer.mode, outcome: answer.abstained ? "abstained" : "answered", ...answer.timings });
    } catch (thrown) {
      const error = toSunbaeError(controller.signal.aborted ? (controller.signal.reason ?? thrown) : thrown);
      const cancelled = controller.signal.aborted;
      const event: RunEvent = cancelled
        ? { type: "run-cancelled", reason: error.message }
        : { type: "run-failed", code: error.code, message: error.message, ...(error.fix ? { fix: error.fix } : {}) };
      if (!cancelled) logger.error({ err: error, runId }, "a run failed");
      log.emit(event);
      await log.flush();
      await db
        .update(runs)
        .set({ status: cancelled ? "cancelled" : "failed", finishedAt: now(), leaseOwner: null })
        .where(eq(runs.id, runId));
      deps.observe?.({
        mode: run.mode,
        outcome: cancelled ? "cancelled" : "failed",
        firstEvidenceMs: null,
        totalMs: performance.now() - began,
      });
    } finally {
      clearInterval(heartbeat);
      live.end(runId);
    }
  }

  /** Keeps the lease, and hears of a cancellation that another process took. */
  async function beat(runId: string, controller: AbortController): Promise<void> {
    try {
      const [run] = await db
        .update(runs)
        .set({ leaseUntil: new Date(now().getTime() + leaseMs) })
        .where(eq(runs.id, runId))
        .returning({ cancel: runs.cancelRequested });
      if (run?.cancel) controller.abort(new SunbaeError("cancelled", "The run was cancelled."));
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

  /** Ends the log of a run whose process is gone; its number follows the last that was stored. */
  async function markInterrupted(runId: string): Promise<boolean> {
    const [taken] = await db
      .update(runs)
      .set({ status: "interrupted", finishedAt: now(), leaseOwner: null })
      .where(and(eq(runs.id, runId), eq(runs.status, "running")))
      .returning({ id: runs.id });
    if (!taken) return false;
    const stored = await readRunEvents(db, runId, 0);
    if (stored.some((one) => isTerminal(one.event))) return true;
    const event: RunEvent = {
      type: "run-failed",
      code: "unavailable",
      message: "The server stopped in the middle of this turn.",
      fix: "Ask again: nothing was written.",
    };
    await db
      .insert(runEvents)
      .values({ runId, seq: (stored.at(-1)?.seq ?? 0) + 1, at: now(), event })
      .onConflictDoNothing();
    return true;
  }

  const runtime: Runtime = {
    async start(ctx, input) {
      if (draining) throw new SunbaeError("unavailable", "The server is stopping.", { fix: "Ask again in a moment." });
      const models = await deps.models();
      const started = await startRun(ctx, db, input, models.length > 0 ? "model" : "extractive");
      if (!started.duplicate) {
        waiting.push({ runId: started.runId, ctx });
        wake();
      }
      return started;
    },
    follow: (runId, options = {}) => followRun(db, live, runId, options),
    async ask(ctx, input) {
      const { runId } = await runtime.start(ctx, input);
      const stop = (): void => void runtime.cancel(ctx, runId, "The caller went away.");
      ctx.signal?.addEventListener("abort", stop, { once: true });
      try {
        return await answerOf(runtime.follow(runId));
      } finally {
        ctx.signal?.removeEventListener("abort", stop);
      }
    },
    async cancel(_ctx, runId, reason) {
      const [run] = await db
        .update(runs)
        .set({ cancelRequested: true })
        .where(eq(runs.id, runId))
        .returning({ status: runs.status });
      if (!run) throw new SunbaeError("not_found", `There is no run ${runId}.`);
      running.get(runId)?.controller.abort(new SunbaeError("cancelled", reason));
    },
    async recover() {
      const open = await db
        .select({ id: runs.id, status: runs.status, leaseUntil: runs.leaseUntil })
        .from(runs)
        .where(inArray(runs.status, ["queued", "running"]));
      const mine = (id: string): boolean => running.has(id) || waiting.some((one) => one.runId === id);
      // One process owns an embedded database: whatever runs there and is not ours has died.
      const dead = open.filter(
        (run) =>
          run.status === "running" &&
          !mine(run.id) &&
          (database.engine === "embedded" || (run.leaseUntil?.getTime() ?? 0) < now().getTime()),
      );
      const interrupted = (await Promise.all(dead.map((run) => markInterrupted(run.id)))).filter(Boolean).length;
      const queued = open.filter((run) => run.status === "queued" && !mine(run.id));
      waiting.push(...queued.map((run) => ({ runId: run.id, ctx: null })));
      wake();
      return { interrupted, requeued: queued.length };
    },
    async drain(timeoutMs) {
      draining = true;
      const all = Promise.all([...running.values()].map((run) => run.done));
      await Promise.race([all, new Promise((resolve) => setTimeout(resolve, timeoutMs).unref())]);
      for (const run of running.values()) run.controller.abort(new SunbaeError("cancelled", "The server is stopping."));
      await Promise.race([all, new Promise((resolve) => setTimeout(resolve, 2_000).unref())]);
    },
  };
  return runtime;
}

/** The answer at the end of a run; rejects with the run's own failure. */
export async function answerOf(events: AsyncIterable<NumberedRunEvent>): Promise<Answer> {
  let answer: Answer | null = null;
  for await (const { event } of events) {
    if (event.type === "answer-finished") answer = event.answer;
    if (event.type === "run-failed")
      throw new SunbaeError(event.code, event.message, event.fix ? { fix: event.fix } : {});
    if (event.type === "run-cancelled") throw new SunbaeError("cancelled", event.reason);
  }
  if (!answer) throw new SunbaeError("internal", "The run ended without an answer.");
  return answer;
}
