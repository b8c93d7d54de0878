import { z } from "zod";
import type { PlannedShift } from "./planned-time.ts";
import { machineList } from "./source-shape.ts";

export const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like "08:00" (in quotes)');

const dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const koreanDays = ["월", "화", "수", "목", "금", "토", "일"];

function weekdayOf(word: string): number {
  const plain = word.trim().toLowerCase();
  const english = plain.length === 3 || plain.endsWith("day") ? dayNames.indexOf(plain.slice(0, 3)) : -1;
  return (english >= 0 ? english : koreanDays.indexOf(plain.replace(/요일$/, ""))) + 1;
}

/** "mon-fri", "sat", "월-금" → ISO weekdays; null where it names no days. */
function readDays(text: string): number[] | null {
  const [first = "", last = first] = text.split("-");
  const [from, to] = [weekdayOf(first), weekdayOf(last)];
  if (from === 0 || to === 0) return null;
  const length = ((to - from + 7) % 7) + 1;
  return Array.from({ length }, (_, index) => ((from - 1 + index) % 7) + 1);
}

const days = z
  .union([z.string().transform((one) => [one]), z.array(z.string()).min(1)])
  .transform((words, ctx): number[] => {
    const read = words.map(readDays);
    const wrong = words[read.indexOf(null)];
    if (wrong !== undefined)
      ctx.addIssue({ code: "custom", message: `"${wrong}" names no days; write mon-fri, or [mon, wed, sat].` });
    return [...new Set(read.flatMap((one) => one ?? []))].sort();
  });

const pause = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, 'must be a span like "12:00-13:00" (in quotes)')
  .transform((text) => ({ start: text.slice(0, 5), end: text.slice(6) }));

const isDate = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
const holiday = z.string().transform((text, ctx) => {
  const [from = "", to = from] = text.split("..").map((one) => one.trim());
  const fits = isDate(from) && isDate(to);
  if (!fits || to < from)
    ctx.addIssue({ code: "custom", message: `"${text}" is no date; write "2026-01-01", or "2026-02-16..2026-02-18".` });
  return { from, to };
});

const plannedShift = z.strictObject({
  machines: machineList.optional(),
  days: days.default([1, 2, 3, 4, 5, 6, 7]),
  start: clock,
  end: clock,
  breaks: z.array(pause).default([]),
});

export const plannedTimeSettings = z.strictObject({
  shifts: z.array(plannedShift).min(1),
  holidays: z.array(holiday).default([]),
});

export function toPlannedShifts({ shifts }: z.output<typeof plannedTimeSettings>): PlannedShift[] {
  return shifts.map((shift) => ({ ...shift, machines: shift.machines ?? null }));
}
