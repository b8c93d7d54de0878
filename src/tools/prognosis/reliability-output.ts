// What review_reliability says. Hours are hours of the calendar unless `basis` says running hours.

export type Estimate = { value: number; low: number; high: number };

export type WeibullReport =
  | {
      found: true;
      /** Shape β and scale η (hours) with 95 % intervals; times by which 10 % and 50 % have failed. */
      shape: Estimate;
      scaleHours: Estimate;
      b10Hours: Estimate;
      medianHours: Estimate;
      failures: number;
      /** Times that still run: known to be longer than this. */
      censored: number;
      /** early: shape surely below 1. random: 1 can't be excluded. wear: surely above 1. */
      pattern: "early" | "random" | "wear";
    }
  | { found: false; reason: "few_failures" | "all_alike" | "no_estimate"; failures: number; censored: number };

export type UnitReliability = {
  equipmentId: string;
  failures: number;
  hours: number;
  /** Mean time between failures with its 95 % interval; null without a failure, then only `low` of `mtbfAtLeast`. */
  mtbfHours: Estimate | null;
  mtbfAtLeastHours: number | null;
  /** Mean time to repair by the recorded durations. */
  mttrHours: Estimate | null;
  repairs: number;
  availability: number | null;
  /** Failures against what its sisters' rate would give: ratio, and the chance of so many or more. */
  againstSisters: { ratio: number; p: number } | null;
  badActor: boolean;
};

export type CauseShare = { key: string; label: string; count: number; minutes: number | null; share: number };

export type ReliabilityReport = {
  found: boolean;
  label: string;
  from: string;
  to: string;
  failures: number;
  /** Which records were counted as failures. */
  basis: "work_orders" | "downtimes";
  units: UnitReliability[];
  mtbfHours: Estimate | null;
  mttrHours: Estimate | null;
  weibull: WeibullReport | null;
  /** Laplace's test on the times of failure of all machines: more and more often, less and less, or neither. */
  trend: { u: number; p: number; direction: "worse" | "better" | "none" } | null;
  causes: CauseShare[];
};
