// What review_alarm_limit says of one tag's limit. It proposes; nothing is written anywhere.

/** How a limit would have done on the record. */
export type LimitRecord = {
  value: number;
  /** Times the reading went beyond the limit, each counted once until it is back. */
  alarms: number;
  perWeek: number;
  /** Followed by a corrective work order or an unplanned stop within the time allowed. */
  justified: number;
  falseAlarms: number;
  /** Failures before which the limit was not passed. */
  missed: number;
};

export type AlarmLimitReview = {
  tagId: string;
  name: string;
  unit: string | null;
  side: "high" | "low";
  verdict: "keep" | "raise" | "lower" | "refused";
  /** Why it is refused or uncertain. */
  reasons: ("no_limit" | "few_readings" | "short_history" | "no_failures" | "level_shifted" | "doubtful_sensor")[];
  from: string;
  to: string;
  current: LimitRecord | null;
  proposed: LimitRecord | null;
  /** Of the healthy readings: median and robust sigma; the share of them beyond the current limit. */
  healthy: { count: number; center: number; sigma: number; beyondCurrent: number | null } | null;
  failures: number;
  /** Alarms on record of the asked code, with how many were followed by an outcome; null where no code is given. */
  recorded: { code: string; alarms: number; justified: number } | null;
};

export type AlarmLimitReport = { found: boolean; equipmentId: string; reviews: AlarmLimitReview[] };
