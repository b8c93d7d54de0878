import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";

/** How long nobody has asked anything in a quiet moment, and how long one is waited for. */
export type Quiet = { quietMs: number; longestWaitMs: number };

const background: Quiet = { quietMs: 40, longestWaitMs: 400 };

export type QuietMoments = { next(): Promise<void>; stop(): void };

/**
 * Moments in which nobody else asks the database anything. A question is a hundred short statements: work in between
 * each two of them would make it many times slower. Where it never gets quiet, work goes on all the same, seldom.
 * Between two moments its owner asks for one connection.
 */
export function quietMoments(pool: pg.Pool, { quietMs, longestWaitMs }: Quiet = background): QuietMoments {
  let acquired = 0;
  let before = -1;
  const count = () => void (acquired += 1);
  pool.on("acquire", count);
  return {
    async next() {
      const others = acquired - before - 1;
      const began = performance.now();
      for (let seen = others > 0 ? -1 : acquired; seen !== acquired && performance.now() - began < longestWaitMs;) {
        seen = acquired;
        await sleep(quietMs);
      }
      before = acquired;
    },
    stop: () => void pool.off("acquire", count),
  };
}
