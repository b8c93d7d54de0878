import type { Ctx } from "../core/context.ts";
import type { Timer } from "../jobs/timers.ts";
import { embedMissing } from "../knowledge/embed-missing.ts";
import { indexVectors } from "../knowledge/index/index-vectors.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";

const embedEveryMs = 15_000;
const indexEveryMs = 5_000;

/** Work on vectors beside the requests: passages without one, and vectors that wait for their index. */
export function createVectorUpkeep(own: Ctx, knowledge: Knowledge): { timers: Timer[]; stop(): void } {
  const leaving = new AbortController();
  const { signal } = leaving;
  const ctx = { ...own, signal };
  const unlessLeaving = async (work: () => Promise<unknown>) => {
    if (signal.aborted) return;
    await work().catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  };
  return {
    timers: [
      {
        name: "missing embeddings",
        everyMs: embedEveryMs,
        run: () => unlessLeaving(() => embedMissing(ctx, knowledge)),
      },
      {
        name: "vector index",
        everyMs: indexEveryMs,
        run: () => unlessLeaving(() => indexVectors(knowledge.database, { signal })),
      },
    ],
    stop: () => leaving.abort(),
  };
}
