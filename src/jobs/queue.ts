import type { Job, PgBoss } from "pg-boss";
import type { Database } from "../db/database.ts";
import type { Logger } from "../observability/logger.ts";

// Queue: work that outlives the request that asked for it, in the same database. Task: one kind of such work.
// A job whose process dies is taken up again after its heartbeat has lapsed.

export type Task<Input extends object, Output extends object> = {
  name: string;
  /** After which it is taken to hang; an hour unless told. */
  longestSeconds?: number;
  /** How many of it a process works on side by side; one unless told. */
  atOnce?: number;
  /** Rejects to be tried again; what it returns is kept as the job's output. */
  run(input: Input, signal: AbortSignal): Promise<Output>;
};

export type Queue = {
  /** Takes a job; resolves once it is stored. */
  send<Input extends object>(task: Pick<Task<Input, object>, "name">, input: Input): Promise<void>;
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
      expireInSeconds: task.longestSeconds ?? 3_600,
      deleteAfterSeconds: 3_600,
    });
    const worker = await boss.work(
      task.name,
      { pollingIntervalSeconds: pollingSeconds, localConcurrency: task.atOnce ?? 1 },
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
    },
    stop: async () => await boss.stop({ graceful: true, timeout: 5_000 }),
  };
}
