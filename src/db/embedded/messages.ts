// What the main thread and the database's worker thread say to each other.

export type WorkerSettings = {
  /** A folder, or memory filled from a dump (tests). */
  storage: { kind: "folder"; path: string } | { kind: "memory"; template: Uint8Array | null };
  socketPath: string;
  /** False only in tests: commits then wait for no disk. */
  durable: boolean;
  upkeep: UpkeepSettings | null;
};

/** When the worker does what a Postgres server's background processes would do. */
export type UpkeepSettings = {
  tickMs: number;
  /** Quiet for so long counts as idle. */
  idleMs: number;
  /** A checkpoint is written when idle and the last is this old, if anything was written since. */
  checkpointEveryMs: number;
  /** A checkpoint is written even when busy once the log has grown so far. */
  checkpointLogBytes: number;
};

export type ToWorker = { type: "close" } | { type: "dump" };

export type FromWorker =
  | { type: "ready"; openMs: number }
  | { type: "log"; level: "debug" | "info" | "warn" | "error"; fields: object; message: string }
  /** The engine can't be trusted any more; the thread ends itself right after. */
  | { type: "fatal"; message: string }
  | { type: "dumped"; data: Uint8Array }
  | { type: "closed" };
