import type { AlarmReview } from "../../plant/analysis/operations/alarm-review.ts";

export type AlarmReport = AlarmReview & {
  found: boolean;
  label: string;
  from: string;
  to: string;
  operators: number;
  /** Records beyond what could be read. */
  left: number;
  /** Of the alarms, those that call themselves warnings. */
  warnings: number;
  /** True where no event calls itself an alarm, so that all were taken. */
  allEvents: boolean;
};
