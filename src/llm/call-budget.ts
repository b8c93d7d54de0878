import { ModelError } from "./model-error.ts";

/** plan: choose tools, make plans, short and cold. answer: write the answer, streamed. */
export type ModelRole = "plan" | "answer";

export type CallUsage = { ms: number; inputTokens: number; outputTokens: number };

/** What one turn may spend on models. Every request that goes out counts, a retry too. */
export type CallBudget = {
  /** Throws ModelError `budget` where none is left; `plan` leaves the reserve for `answer`. */
  take(role: ModelRole): void;
  /** For a request that reached no model. */
  giveBack(): void;
  settle(usage: CallUsage): void;
  left(role: ModelRole): number;
  spent(): CallUsage & { calls: number };
};

export function createCallBudget(options: { limit?: number; reserve?: number } = {}): CallBudget {
  const { limit = 6, reserve = 1 } = options;
  let calls = 0;
  const sum: CallUsage = { ms: 0, inputTokens: 0, outputTokens: 0 };
  const left = (role: ModelRole) => Math.max(0, limit - calls - (role === "plan" ? reserve : 0));
  return {
    take(role) {
      if (left(role) === 0) throw new ModelError("budget", `The turn's ${limit} model calls are spent.`);
      calls += 1;
    },
    giveBack() {
      calls -= 1;
    },
    settle(usage) {
      sum.ms += usage.ms;
      sum.inputTokens += usage.inputTokens;
      sum.outputTokens += usage.outputTokens;
    },
    left,
    spent: () => ({ calls, ...sum }),
  };
}
