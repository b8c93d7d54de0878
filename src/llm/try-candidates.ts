import { setTimeout as wait } from "node:timers/promises";
import type { Model } from "./model.ts";
import { isWorthRetrying, ModelError, toModelError } from "./model-error.ts";

/**
 * Runs a call on the candidates in order: a failure worth it is tried once more on the same model, then the next one.
 * `isFinal` says that the caller has shown something already, so that no other model may start over.
 * Rejects with the last ModelError, at once for a cancelled turn or a spent budget; `none` where there is no candidate.
 */
export async function tryCandidates<Result>(
  models: readonly Model[],
  call: (model: Model) => Promise<Result>,
  options: { isFinal?: () => boolean; retryAfterMs?: number } = {},
): Promise<Result> {
  const { isFinal = () => false, retryAfterMs = 300 } = options;
  let last: Error = new ModelError("none", "No model is connected.");
  for (const model of models) {
    for (const isRetry of [false, true]) {
      try {
        if (isRetry) await wait(retryAfterMs);
        return await call(model);
      } catch (thrown) {
        const error = toModelError(thrown);
        if (!(error instanceof ModelError) || error.reason === "budget" || isFinal()) throw error;
        last = error;
        if (!isWorthRetrying(error)) break;
      }
    }
  }
  throw last;
}
