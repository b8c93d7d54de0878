import type { Pool } from "pg";
import type { Timer } from "../jobs/timers.ts";
import type { Logger } from "../observability/logger.ts";
import { retainReadings } from "../plant/sensors/retain-readings.ts";
import type { RetentionSettings } from "../plant/sensors/retention-settings.ts";

const everyMs = 60_000;

/** Readings that are older than the site file keeps them become roll-ups beside the requests; nothing where it is silent. */
export function createReadingUpkeep(deps: {
  pool: Pool;
  retention: RetentionSettings | null;
  logger: Logger;
  now: () => Date;
}): { timers: Timer[]; stop(): void } {
  const { pool, retention, logger, now } = deps;
  const leaving = new AbortController();
  if (!retention) return { timers: [], stop: () => {} };
  const run = async () => {
    const { readings, removed } = await retainReadings(pool, retention, { now: now(), signal: leaving.signal });
    if (readings + removed > 0) logger.info({ readings, removed }, "readings older than they are kept were rolled up");
  };
  return { timers: [{ name: "readings to roll up", everyMs, run }], stop: () => leaving.abort() };
}
