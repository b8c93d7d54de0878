import type { Job, PgBoss } from "pg-boss";
import type { Database } from "../db/database.ts";
import type { Logger } from "../observability/logger.ts";

// Queue: work that outlives the request that asked for it, in the same database. Task: one kind of such work.
// A job whose process dies is taken up again after its heartbeat has lapsed.

export type Task<Input extends object, Output extends object> = {
  name: string;
  /** Rejects to be tried again; what it returns is kept as the job's output. */
  run(input: Input, signal: AbortSignal): Promise<Output>;
};

export type JobState<Output> = {
  state: "waiting" | "working" | "done" | "failed";
  output: Output | null;
  error: string | null;
};

export type Queue = {
  /** Takes a job; resolves with its id once it is stored. */
  send<Input extends object>(task: Pick<Task<Input, object>, "name">, input: Input): Promise<string>;
  state<Output>(name: string, id: string): Promise<JobState<Output> | null>;
  stop(): Promise<void>;
};

export type QueueOptions = {
  database: Pick<Database, "pool" | "engine">;
  logger: Logger;
  // A task knows its own input; the queue only passes it on.
  // oxlint-disable-next-line typescript/no-explicit-any
  tasks: Task<any, object>[];
};

const heartbeatSeconds = 15;
const pollingSeconds = 2;

/** Starts pg-boss on the pool that is there, creates its tables where they are missing, and works the tasks. */
export async function startQueue({ database, logger, tasks }: QueueOptions): Promise<Queue> {
  const { PgBoss: Boss } = await import("pg-boss");
  const boss: PgBoss = new Boss({
    db: { executeSql: (text, values) => database.pool.query(text, values) },
    schedule: false,
    // NOTIFY does not reach us over the embedded engine's socket, and one backend needs no index rebuilt beside it.
    ...(database.engine === "embedded" ? { reindex: false, monitorVacuum: false } : {}),
  });
  boss.on("error", (error) => logger.warn({ err: error }, "the job queue had trouble"));
  await boss.start();
  const workers = new Map<string, string>();
  for (const task of tasks) {
    await boss.createQueue(task.name, {
      retryLimit: 2,
      retryBackoff: true,
      heartbeatSeconds,
      expireInSeconds: 3_600,
      deleteAfterSeconds: 3_600,
    });
    const worker = await boss.work(
      task.name,
      { pollingIntervalSeconds: pollingSeconds },
      async ([job]: Job<object>[]) => {
        if (job) return await task.run(job.data, job.signal);
      },
    );
    workers.set(task.name, worker);
  }
  return {
    async send({ name }, input) {
      const id = await boss.send(name, input);
      if (id === null) throw new Error(`The queue ${name} took no job.`);
      const worker = workers.get(name);
      if (worker !== undefined) boss.notifyWorker(worker);
      return id;
    },
    async state<Output>(name: string, id: string) {
      const [job] = await boss.findJobs<object>(name, { id });
      if (!job) return null;
      const output = (job.output ?? null) as Output | null;
      if (job.state === "completed") return { state: "done", output, error: null };
      if (job.state === "failed" || job.state === "cancelled")
        return { state: "failed", output: null, error: messageOf(job.output) };
      return { state: job.state === "active" ? "working" : "waiting", output: null, error: null };
    },
    stop: async () => await boss.stop({ graceful: true, timeout: 5_000 }),
  };
}

function messageOf(output: unknown): string {
  const message = (output as { message?: unknown } | null)?.message;
  return typeof message === "string" ? message : "The job failed.";
}
