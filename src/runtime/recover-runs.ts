import { and, eq, inArray, lt } from "drizzle-orm";
import { SunbaeError } from "../core/errors.ts";
import { isTerminal, type RunEvent } from "../core/run-event.ts";
import type { Database, Db } from "../db/database.ts";
import { runEvents, runs, type RunStatus } from "../db/schema/conversations.ts";
import { readRunEvents } from "./run-log/run-log.ts";

// Ends of runs that no worker of this process carries out: a dead process's, and those cancelled before they began.

/** Marks runs of dead processes as interrupted; returns how many, and the queued ones that nobody here waits for. */
export async function recoverRuns(
  database: Database,
  now: () => Date,
  isMine: (runId: string) => boolean,
): Promise<{ interrupted: number; queued: { id: string; conversationId: string }[] }> {
  const { db, engine } = database;
  const open = await db
    .select({ id: runs.id, conversationId: runs.conversationId, status: runs.status, leaseUntil: runs.leaseUntil })
    .from(runs)
    .where(inArray(runs.status, ["queued", "running"]))
    .orderBy(runs.createdAt);
  const others = open.filter((run) => !isMine(run.id));
  // One process owns an embedded database: whatever runs there and is not ours has died.
  const dead = others.filter(
    (run) => run.status === "running" && (engine === "embedded" || (run.leaseUntil?.getTime() ?? 0) < now().getTime()),
  );
  const ended = await Promise.all(
    dead.map((run) =>
      endRun(db, run.id, now(), engine, {
        type: "run-failed",
        code: "unavailable",
        message: "The server stopped in the middle of this turn.",
        fix: "Ask again: nothing was written.",
      }),
    ),
  );
  return { interrupted: ended.filter(Boolean).length, queued: others.filter((run) => run.status === "queued") };
}

/** Ends the log of a dead run; its number follows the last that was stored. False where its process is alive after all. */
async function endRun(db: Db, runId: string, at: Date, engine: Database["engine"], event: RunEvent): Promise<boolean> {
  const stillDead = engine === "embedded" ? undefined : lt(runs.leaseUntil, at);
  const [taken] = await db
    .update(runs)
    .set({ status: "interrupted", finishedAt: at, leaseOwner: null })
    .where(and(eq(runs.id, runId), eq(runs.status, "running"), stillDead))
    .returning({ id: runs.id });
  if (!taken) return false;
  await appendEnd(db, runId, at, event);
  return true;
}

async function appendEnd(db: Db, runId: string, at: Date, event: RunEvent): Promise<void> {
  const stored = await readRunEvents(db, runId, 0);
  if (stored.some((one) => isTerminal(one.event))) return;
  await db
    .insert(runEvents)
    .values({ runId, seq: (stored.at(-1)?.seq ?? 0) + 1, at, event })
    .onConflictDoNothing();
}

/** Asks for a run's end, wherever it runs; one that has not begun ends here. Rejects with `not_found`. */
export async function requestCancel(db: Db, runId: string, reason: string, at: Date): Promise<RunStatus> {
  const [run] = await db
    .update(runs)
    .set({ cancelRequested: true })
    .where(eq(runs.id, runId))
    .returning({ status: runs.status });
  if (!run) throw new SunbaeError("not_found", `There is no run ${runId}.`);
  if (run.status !== "queued") return run.status;
  const [ended] = await db
    .update(runs)
    .set({ status: "cancelled", finishedAt: at })
    .where(and(eq(runs.id, runId), eq(runs.status, "queued")))
    .returning({ id: runs.id });
  if (!ended) return "running";
  await appendEnd(db, runId, at, { type: "run-cancelled", reason });
  return "cancelled";
}
