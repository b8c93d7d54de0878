import type pg from "pg";
import type { Ctx } from "../../core/context.ts";
import { hasRole } from "../../core/context.ts";
import { SunbaeError, toSunbaeError } from "../../core/errors.ts";
import { checkCorrections } from "../cards/check-corrections.ts";
import { settleSegments } from "../index/settle-segments.ts";
import { reserveChunkIds } from "../index/versions.ts";
import type { Knowledge } from "../knowledge.ts";
import { endJob } from "./end-job.ts";
import { readOneFile } from "./ingest-file.ts";
import type { FileTask, ReadFile, ReadingJob, Verdict } from "./file-task.ts";
import type { MetadataByHand } from "./ingest-job.ts";
import { beat, beatMs, giveBack, takeJob } from "./job-lease.ts";
import type { LeasedJob } from "./job-lease.ts";
import { readKeptFolders } from "./kept-files.ts";
import type { ReadingPool } from "./reading-pool.ts";
import { createReadingThread } from "./reading-thread.ts";
import type { ReadingLimits } from "./reading-thread.ts";
import { removeVanished } from "./remove-vanished.ts";
import { createJobLog, readTasks } from "./job-log.ts";
import type { JobLog } from "./job-log.ts";
import { writeFile } from "./write-file.ts";

export type RunDeps = {
  knowledge: Knowledge;
  /** Names this process among those on the database. */
  worker: string;
  reading?: Partial<ReadingLimits>;
  /** Where threads are kept for the next job; without it each job has one of its own. */
  threads?: ReadingPool;
  /** Models of the plant's machines, by which a document's own is recognised. */
  knownModels?: () => Promise<string[]>;
};

export type RunHooks = {
  onFile?: (task: FileTask, verdict: Verdict, progress: { done: number; total: number }) => void;
};

/**
 * Works on a stored job until it ends; what was done before is not done again. False where it is another's or has
 * ended. `ctx.signal` stops it: the job is then given back and taken up by whoever runs it next.
 */
export async function runIngest(
  ctx: Pick<Ctx, "timeZone" | "now" | "signal">,
  deps: RunDeps,
  jobId: string,
  hooks: RunHooks = {},
): Promise<boolean> {
  const { pool } = deps.knowledge.database;
  const job = await takeJob(pool, jobId, deps.worker);
  if (!job) return false;
  const lease = holdLease(deps, jobId, ctx.signal);
  const thread = deps.threads?.open() ?? createReadingThread(deps.reading);
  const own: Ctx = { actor: job.actor, timeZone: ctx.timeZone, now: ctx.now, signal: lease.signal };
  try {
    const log = await createJobLog(deps.knowledge, job, ctx.now);
    const reading: ReadingJob = {
      ctx: own,
      knowledge: deps.knowledge,
      thread,
      audience: job.input.audience,
      metadata: toMetadata(job.input.metadata ?? {}),
      mayApprove: hasRole(job.actor, "supervisor"),
      knownModels: (await deps.knownModels?.()) ?? [],
      keptFolders: [...(await readKeptFolders(pool)), ...(job.input.folder === undefined ? [] : [job.input.folder])],
      isTakenUpAgain: () => lease.cause() !== "cancel",
      takeIds: createIdSupply(pool),
      onPages: log.pages,
    };
    const changed = await workOff(reading, job, log, hooks);
    if (changed) await settleSegments(deps.knowledge.database);
    if (changed) await checkCorrections(deps.knowledge);
    await endJob(own, deps.knowledge, job, deps.worker, { state: "done" });
  } catch (thrown) {
    const error = toSunbaeError(thrown);
    if (!lease.signal.aborted)
      await endJob(own, deps.knowledge, job, deps.worker, { state: "failed", error: error.message });
    else if (lease.cause() === "cancel") {
      await settleSegments(deps.knowledge.database);
      await endJob(own, deps.knowledge, job, deps.worker, { state: "cancelled" });
    } else await giveBack(pool, jobId, deps.worker);
  } finally {
    lease.release();
    await thread.close();
  }
  return true;
}

/** Reads the next file while the last one is written; writes in order. True if anything was changed. */
async function workOff(reading: ReadingJob, job: LeasedJob, log: JobLog, hooks: RunHooks): Promise<boolean> {
  const { knowledge, ctx } = reading;
  const tasks = await readTasks(knowledge.database.pool, job.id);
  let done = log.done;
  let changed = log.done > 0;
  let writing: Promise<void> = Promise.resolve();
  const fell = (task: FileTask, verdict: Verdict) => {
    done += 1;
    if (["added", "updated", "removed"].includes(verdict.verdict)) changed = true;
    hooks.onFile?.(task, verdict, { done, total: log.total });
  };
  try {
    for (const task of tasks) {
      if (ctx.signal?.aborted) throw cancelled();
      const read = task.removes ? null : await readOneFile(reading, task);
      await writing;
      if (ctx.signal?.aborted) throw cancelled();
      if (read === null) fell(task, await removeVanished(ctx, knowledge, task, log.record));
      else if ("result" in read) {
        writing = write(reading, read, log.record).then((verdict) => fell(task, verdict));
        writing.catch(() => undefined); // told where it is awaited
      } else {
        await log.add(task, read);
        fell(task, read);
      }
    }
  } finally {
    await writing;
    await log.flush();
  }
  return changed;
}

type Record = (client: Pick<pg.PoolClient, "query">, task: FileTask, verdict: Verdict) => Promise<void>;

async function write(reading: ReadingJob, read: ReadFile, record: Record): Promise<Verdict> {
  const { ctx, knowledge } = reading;
  try {
    const verdict = await writeFile(ctx, knowledge, read, record);
    if (verdict.verdict === "failed") await record(knowledge.database.pool, read.task, verdict);
    return verdict;
  } catch (thrown) {
    if (toSunbaeError(thrown).code !== "conflict") throw thrown;
    const again = await readOneFile(reading, read.task);
    if ("result" in again) return await writeFile(ctx, knowledge, again, record);
    await record(knowledge.database.pool, read.task, again);
    return again;
  }
}

const cancelled = () => new SunbaeError("cancelled", "The work was stopped.");

const idsAtOnce = 400;

/** Ids for a few files at a time: each reservation is a commit of its own, as dear as a small file's. */
function createIdSupply(pool: Knowledge["database"]["pool"]): (chunks: number) => Promise<number> {
  let [next, end] = [0, 0];
  return async (chunks) => {
    if (next + chunks > end) {
      const count = Math.max(chunks, idsAtOnce);
      next = await reserveChunkIds(pool, count);
      end = next + count;
    }
    next += chunks;
    return next - chunks;
  };
}

/** Says every moment that the job is worked on, and hears whether it is to stop. */
function holdLease({ knowledge, worker }: RunDeps, jobId: string, stop: AbortSignal | undefined) {
  const ending = new AbortController();
  let cause: "stop" | "cancel" | "lost" | null = null;
  const end = (why: typeof cause) => {
    cause ??= why;
    ending.abort();
  };
  const stopped = () => end("stop");
  if (stop?.aborted) stopped();
  stop?.addEventListener("abort", stopped, { once: true });
  let isBusy = false;
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    beat(knowledge.database.pool, jobId, worker)
      .then((heard) => heard !== "go on" && end(heard))
      .catch(() => undefined) // a database that is away is told by the work itself
      .finally(() => (isBusy = false));
  }, beatMs);
  return {
    signal: ending.signal,
    cause: () => cause,
    release() {
      clearInterval(timer);
      stop?.removeEventListener("abort", stopped);
    },
  };
}

const toMetadata = ({ equipmentIds, ...rest }: MetadataByHand) => ({
  ...rest,
  ...(equipmentIds && { equipment: equipmentIds }),
});
