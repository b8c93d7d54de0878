import { parsePeriods } from "../../src/core/periods/parse-periods.ts";
import { defaultShifts, type Period } from "../../src/core/periods/period.ts";

export type Clock = { now: Date; timeZone: string };

/** Wednesday, 18 November 2026, 10:30 in Seoul. */
export const seoul: Clock = { now: new Date("2026-11-18T01:30:00Z"), timeZone: "Asia/Seoul" };

export function periodsOf(text: string, clock = seoul, shifts = defaultShifts): Period[] {
  return parsePeriods(text, { ...clock, shifts });
}

/** The periods by the clock on the wall, minutes left out where both ends are midnight: "2020-06-01 – 2020-07-01". */
export function spans(text: string, clock = seoul): string[] {
  return periodsOf(text, clock).map(({ from, to }) => {
    const midnight = [from, to].every((end) => end === null || end.slice(11, 16) === "00:00");
    const show = (end: string | null): string => (end === null ? "…" : end.slice(0, midnight ? 10 : 16));
    return `${show(from)} – ${show(to)}`;
  });
}
