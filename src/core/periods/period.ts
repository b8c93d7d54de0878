import type { DateTime } from "luxon";

// Period: a half-open span of time [from, to) read from a question. Grain: the unit in which it was said.

export type Grain = "hour" | "shift" | "day" | "week" | "month" | "quarter" | "half" | "year" | "range";

export type Period = {
  /** ISO 8601 with offset; null where open. */
  from: string | null;
  to: string | null;
  grain: Grain;
  /** The words it was read from. */
  label: string;
  /** Where in the text: [start, end). */
  span: [number, number];
};

export type Shift = { name: string; words: string[]; start: string; end: string };
export type PeriodOptions = { now: Date; timeZone: string; shifts: Shift[] };

export const defaultShifts: Shift[] = [
  { name: "day", words: ["주간조", "주간", "day shift", "dayshift"], start: "08:00", end: "20:00" },
  { name: "night", words: ["야간조", "야간", "night shift", "nightshift"], start: "20:00", end: "08:00" },
];

/** What one rule made of its match. */
export type Span = { from: DateTime | null; to: DateTime | null; grain: Grain };
export type PeriodRule = { pattern: RegExp; resolve: (match: RegExpExecArray, now: DateTime) => Span | null };
