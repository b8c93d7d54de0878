import type { Database } from "../../db/database.ts";
import { quietMoments } from "./quiet-moments.ts";

/** One statement, of ten milliseconds or so. */
export type Slice = { text: string; values: unknown[] };

/** Somebody waits for what is written: it is less patient than what goes on in the background. */
const quiet = { quietMs: 8, longestWaitMs: 120 };

/**
 * Does long work statement by statement, each a transaction of its own. The embedded database has one backend, which a
 * question takes a dozen times: between two slices all of a question that has begun is answered.
 */
export async function inSlices(
  { pool, engine }: Pick<Database, "pool" | "engine">,
  slices: Iterable<Slice>,
  signal?: AbortSignal,
): Promise<void> {
  const moments = engine === "embedded" ? quietMoments(pool, quiet) : null;
  try {
    for (const { text, values } of slices) {
      signal?.throwIfAborted();
      await moments?.next();
      await pool.query(text, values);
    }
  } finally {
    moments?.stop();
  }
}
