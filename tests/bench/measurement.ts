// Measurement: one budget of the design beside what was measured and a floor of the same run, because a figure of a
// busy machine says little by itself. Verdict: within; missed; "far off" beyond three times the budget.

export type Measurement = {
  what: string;
  /** In `unit`; the measured value must not be above it, or not below it where `atLeast`. Null: told, not judged. */
  budget: number | null;
  measured: number;
  unit: string;
  atLeast?: boolean;
  /** The same work without what is ours, where there is such a thing. */
  floor?: { what: string; measured: number };
  /** What a reader needs to judge the figure: sizes, counts, what was left out. */
  note?: string;
};

export type Verdict = "within" | "missed" | "far off" | "";

/** How much of the budget was used: 1 is all of it, whichever way the budget is meant. */
export function shareOfBudget({ budget, measured, atLeast }: Measurement): number | null {
  if (budget === null) return null;
  return atLeast ? budget / measured : measured / budget;
}

export function verdictOf(measurement: Measurement): Verdict {
  const share = shareOfBudget(measurement);
  if (share === null) return "";
  return share <= 1 ? "within" : share <= 3 ? "missed" : "far off";
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
