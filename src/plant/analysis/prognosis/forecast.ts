/**
 * too_few_points: under 8 usable. short_history: under 8 intervals of time. no_trend: Mann–Kendall finds none at 95 %.
 * wrong_way: it moves away from the limit. slope_uncertain: the slope's interval includes standstill. too_far: beyond
 * `horizonFactor` times the stretch it is drawn from. no_limit: there is none to reach.
 */
export type Refusal =
  | "too_few_points"
  | "short_history"
  | "no_trend"
  | "wrong_way"
  | "slope_uncertain"
  | "too_far"
  | "no_limit";

export type Forecast = {
  /** passed: the newest level is beyond the limit already. */
  verdict: "forecast" | "passed" | "refused";
  refusals: Refusal[];
  limit: { value: number; side: "high" | "low" } | null;
  /** The points it is drawn from: since the last reset of a saw-tooth, the last change of regime, or all. */
  stretch: { from: Date; to: Date; count: number; begins: "reset" | "change" | "start" } | null;
  /** Theil–Sen slope with its 95 % interval (Sen 1968); `p` is Mann–Kendall's, two-sided. `level` is the line's end. */
  trend: { perHour: number; low: number; high: number; p: number; level: number } | null;
  /** From the stretch's end. `latest` is null where the slope's interval includes standstill. */
  hours: { expected: number; earliest: number; latest: number | null } | null;
};
