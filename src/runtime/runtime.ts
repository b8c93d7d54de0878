import { randomUUID } from "node:crypto";
import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import type { Answer, NumberedRunEvent } from "../core/run-event.ts";
import { executeRun } from "./execute-run.ts";
import { recoverRuns, requestCancel } from "./recover-runs.ts";
import { createLiveRuns, followRun } from "./run-log/follow-run.ts";
import { startRun, type AskInput } from "./start-run.ts";
import { createGathering } from "./turn/gathering.ts";
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
  /** Ends a run, also one that waits or runs elsewhere; of one that is over nothing changes. */
  cancel(ctx: Ctx, runId: string, reason: string): Promise<void>;
  /** Ends runs that a killed process left behind as interrupted, then takes up queued ones. Also called on a timer. */
  recover(): Promise<{ interrupted: number; requeued: number }>;
  /** Takes no more, lets running turns end, cancels what is left. */
  drain(timeoutMs: number): Promise<void>;
};

type Waiting = { runId: string; conversationId: string; ctx: Ctx | null };
type Running = { controller: AbortController; conversationId: string; done: Promise<void> };

export function createRuntime(deps: RuntimeDeps): Runtime {
  const { database, logger, now = () => new Date(), concurrency = 256 } = deps;
  const { db } = database;
  const owner = `${process.pid}-${randomUUID().slice(0, 8)}`;
  const live = createLiveRuns();
  const gathering = createGathering(8);
  const running = new Map<string, Running>();
  const waiting: Waiting[] = [];
  let draining = false;

  /** Turns of one conversation run one after the other, so that a follow-up knows what came before it. */
  function nextWaiting(): Waiting | undefined {
    const busy = new Set([...running.values()].map((run) => run.conversationId));
    const index = waiting.findIndex((one) => !busy.has(one.conversationId));
    return index < 0 ? undefined : waiting.splice(index, 1)[0];
  }

  function wake(): void {
    while (!draining && running.size < concurrency) {
      const next = nextWaiting();
      if (!next) return;
      const { runId, conversationId } = next;
      const controller = new AbortController();
      const done = executeRun({ ...deps, gathering, now, owner, live }, runId, next.ctx, controller)
        .catch((error: unknown) => logger.error({ err: error, runId }, "a run could not be recorded"))
        .finally(() => {
          running.delete(runId);
          wake();
        });
      running.set(runId, { controller, conversationId, done });
    }
  }

  const runtime: Runtime = {
    async start(ctx, input) {
      if (draining) throw new SunbaeError("unavailable", "The server is stopping.", { fix: "Ask again in a moment." });
      const models = await deps.models();
      const started = await startRun(ctx, db, input, models.length > 0 ? "model" : "extractive");
      if (!started.duplicate) {
        live.begin(started.runId);
        waiting.push({ runId: started.runId, conversationId: started.conversationId, ctx });
        wake();
      }
      return started;
    },
    follow: (runId, options = {}) => followRun(db, live, runId, options),
    async ask(ctx, input) {
      ctx.signal?.throwIfAborted();
      const { runId } = await runtime.start(ctx, input);
      const stop = (): void => {
        runtime.cancel(ctx, runId, "The caller went away.").catch((error: unknown) => {
          logger.warn({ err: error, runId }, "a run could not be cancelled");
        });
      };
      if (ctx.signal?.aborted) stop();
      ctx.signal?.addEventListener("abort", stop, { once: true });
      try {
        return await answerOf(runtime.follow(runId));
      } finally {
        ctx.signal?.removeEventListener("abort", stop);
      }
    },
    async cancel(_ctx, runId, reason) {
      const status = await requestCancel(db, runId, reason, now());
      const index = waiting.findIndex((one) => one.runId === runId);
      if (status === "cancelled" && index >= 0) {
        waiting.splice(index, 1);
        live.end(runId);
      }
      running.get(runId)?.controller.abort(new SunbaeError("cancelled", reason));
    },
    async recover() {
      const isMine = (id: string): boolean => running.has(id) || waiting.some((one) => one.runId === id);
      const { interrupted, queued } = await recoverRuns(database, now, isMine);
      const missed = queued.filter(({ id }) => !isMine(id));
      waiting.push(...missed.map(({ id, conversationId }) => ({ runId: id, conversationId, ctx: null })));
      wake();
      return { interrupted, requeued: missed.length };
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
