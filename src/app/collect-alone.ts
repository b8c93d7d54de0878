import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../db/database.ts";
import { holdLock } from "../db/hold-lock.ts";
import type { Collector } from "../plant/source.ts";

const askAgainMs = 5_000;

/**
 * Starts the collectors in one of the processes that share a database: two would poll a machine twice and put each
 * other out at a broker. Another takes over where that one ends. Returns at once; never rejects.
 */
export async function collectAlone(
  database: Pick<Database, "pool" | "engine">,
  collectors: Pick<Collector, "start">[],
  signal: AbortSignal,
): Promise<void> {
  if (collectors.length === 0) return;
  const start = () => collectors.forEach((one) => one.start());
  // An embedded database has one process by itself.
  if (database.engine === "embedded") return start();
  const collect = async () => {
    start();
    if (!signal.aborted) await once(signal, "abort");
  };
  while (!signal.aborted) {
    await holdLock(database, "collectors", collect, { wait: false }).catch(() => null);
    await sleep(askAgainMs, undefined, { signal }).catch(() => {});
  }
}
