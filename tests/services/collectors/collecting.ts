import { spawn } from "node:child_process";
import { cpSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { openDatabase } from "../../../src/db/open-database.ts";
import { createEmbeddedSensorStore } from "../../../src/plant/sensors/embedded-sensor-store.ts";
import { templateFolder } from "../../support/database.ts";
import type { SensorStore } from "../../../src/plant/sensor-store.ts";
import type { CollectorStatus } from "../../../src/plant/source.ts";

export type Collecting = {
  /** The newest line of the process; null before the first. */
  status(): CollectorStatus | null;
  /** What a library printed where only answers may stand. */
  strangeLines(): string[];
  until(what: (status: CollectorStatus) => boolean, limitMs?: number): Promise<CollectorStatus>;
  /** As a power cut does it. */
  kill(): Promise<void>;
  /** As an orderly stop does it. */
  stop(): Promise<void>;
};

/** A migrated, empty database in the folder, so that no test waits for one. */
export async function prepareDatabase(dataDir: string): Promise<string> {
  cpSync(await templateFolder(), join(dataDir, "postgres"), { recursive: true, filter: () => true });
  return dataDir;
}

/** A collector in a process of its own, on an embedded database in `dataDir`. */
export function startCollecting(dataDir: string, settings: object): Collecting {
  const script = join(import.meta.dirname, "collector-child.ts");
  const child = spawn(process.execPath, [script, dataDir, JSON.stringify(settings)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  let last: CollectorStatus | null = null;
  const strange: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line.startsWith("{")) last = JSON.parse(line) as CollectorStatus;
    else strange.push(line);
  });
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  // A test that failed leaves no process behind.
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) await end("SIGKILL");
  });
  return {
    status: () => last,
    strangeLines: () => strange,
    async until(what, limitMs = 40_000) {
      for (const end = Date.now() + limitMs; Date.now() < end; await sleep(20)) {
        if (child.exitCode !== null) throw new Error("The collector's process ended.");
        if (last && what(last)) return last;
      }
      throw new Error(`It did not come to that; it is ${JSON.stringify(last)}`);
    },
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}

/** What is in the database that such a process left behind. */
export async function readAfterwards<T>(dataDir: string, read: (store: SensorStore) => Promise<T>): Promise<T> {
  const database = await openDatabase({ dataDir });
  try {
    return await read(createEmbeddedSensorStore(database));
  } finally {
    await database.close();
  }
}

/** Readings of each tag, and their sum. */
export async function countReadings(store: SensorStore): Promise<Record<string, { count: number; sum: number }>> {
  const tagIds = (await store.tags()).map((tag) => tag.id);
  const counts = await store.coverage(tagIds);
  const entries = counts.map(async ({ tagId, from, to, count }) => {
    const span = { tagId, from, to: new Date(to.getTime() + 1), maxPoints: 1 };
    const [point] = await store.window(span);
    return [tagId, { count, sum: Math.round((point?.mean ?? 0) * (point?.count ?? 0)) }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
