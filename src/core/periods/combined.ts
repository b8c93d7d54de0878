import type { DateTime } from "luxon";
import { half, month, monthNumber, latestYear, season, unit, yearNumber } from "./absolute.ts";
import type { PeriodRule, Span } from "./period.ts";

// Periods of two parts: a year or day in words and a piece of it ("작년 5월", "어제 오후"), and ranges whose ends share
// a month or year ("June 1-15, 2020", "5월부터 7월까지"). Tried before the rules for single parts.

const yearKo = "(재작년|작년|지난\\s?해|전년|올해|금년|이번\\s?해)";
const yearEn = "(?:of\\s+)?(this|last)\\s+year";
const halves: Record<string, boolean> = { first: false, second: true, 상: false, 하: true };

function yearOf(now: DateTime, word: string): number {
  const back = /재작년/.test(word) ? 2 : /^(?:작년|지난|전년|last)/i.test(word) ? 1 : 0;
  return now.year - back;
}

const number = (text: string | undefined): number => Number(text);

/** From the beginning of one span to the end of another; null where either doesn't exist. */
function through(first: Span | null, last: Span | null): Span | null {
  if (!first?.from || !last?.to || last.to <= first.from) return null;
  return { from: first.from, to: last.to, grain: "range" };
}

/** `year` is the first month's; the last is of the next where it stands earlier in the calendar. */
function monthsFrom(now: DateTime, year: number, first: number, last: number): Span | null {
  return through(unit(now, year, first, 1, "month"), unit(now, first > last ? year + 1 : year, last, 1, "month"));
}

/** `year` is the last month's. */
function monthsTo(now: DateTime, year: number, first: number, last: number): Span | null {
  return monthsFrom(now, first > last ? year - 1 : year, first, last);
}

function daySpan(now: DateTime, given: number | null, monthOf: number, first: number, last: number): Span | null {
  const year = given ?? latestYear(now, monthOf, first);
  return through(unit(now, year, monthOf, first, "day"), unit(now, year, monthOf, last, "day"));
}

const dayParts: [RegExp, number, number][] = [
  [/새벽/, 0, 6],
  [/아침|morning/i, 5, 12],
  [/오전/, 0, 12],
  [/오후|낮|afternoon/i, 12, 18],
  [/저녁|evening/i, 18, 24],
  [/밤|night/i, 20, 32],
];

/** Hours of a day by the clock on the wall, also on the days on which it is set; 24 and more are the next day's. */
export function dayPart(now: DateTime, dayOffset: number, fromHour: number, toHour: number): Span {
  const day = now.startOf("day").plus({ days: dayOffset });
  const at = (hour: number): DateTime => day.plus({ days: Math.floor(hour / 24) }).set({ hour: hour % 24 });
  return { from: at(fromHour), to: at(toHour), grain: "shift" };
}

function partOf(now: DateTime, day: string, part: string): Span | null {
  const offset = /그저께|그제/.test(day) ? -2 : /어제|yesterday/i.test(day) ? -1 : 0;
  const hours = dayParts.find(([pattern]) => pattern.test(part));
  return hours ? dayPart(now, offset, hours[1], hours[2]) : null;
}

const weekdays = "월화수목금토일";
const weekdayNames = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

function dayOfWeek(now: DateTime, week: string, day: string): Span {
  const weeks = /지지난/.test(week) ? -2 : /지난|저번|last/i.test(week) ? -1 : 0;
  const index = weekdays.includes(day) ? weekdays.indexOf(day) : weekdayNames.indexOf(day.toLowerCase());
  const from = now.startOf("week").plus({ weeks, days: index });
  return { from, to: from.plus({ days: 1 }), grain: "day" };
}

const rule = (pattern: string, resolve: PeriodRule["resolve"]): PeriodRule => ({
  pattern: new RegExp(pattern, "gi"),
  resolve,
});
const rangeKo = "\\s?(?:부터|에서|~|-|과|와)\\s?";
const rangeEn = "\\s*(?:-|~|to|and|through|until|till)\\s*";
const ordinal = "(\\d{1,2})(?:st|nd|rd|th)?";
const namedDay = weekdayNames.join("|");

export const combinedRules: PeriodRule[] = [
  rule(
    `(?:${yearNumber}\\s?년\\s?)?(\\d{1,2})\\s?월\\s?(\\d{1,2})\\s?일?${rangeKo}(\\d{1,2})\\s?일(?:까지)?`,
    (m, now) => daySpan(now, m[1] ? number(m[1]) : null, number(m[2]), number(m[3]), number(m[4])),
  ),
  rule(`\\b${month}\\s+${ordinal}${rangeEn}${ordinal}(?:,?\\s+${yearNumber})?(?![\\d])`, (m, now) =>
    daySpan(now, m[4] ? number(m[4]) : null, monthNumber(m[1] ?? ""), number(m[2]), number(m[3])),
  ),
  rule(`\\b${ordinal}${rangeEn}${ordinal}\\s+(?:of\\s+)?${month}(?![a-z])(?:,?\\s+${yearNumber})?`, (m, now) =>
    daySpan(now, m[4] ? number(m[4]) : null, monthNumber(m[3] ?? ""), number(m[1]), number(m[2])),
  ),
  rule(`${yearKo}\\s?(\\d{1,2})\\s?월${rangeKo}(\\d{1,2})\\s?월(?:까지|달)?`, (m, now) =>
    monthsFrom(now, yearOf(now, m[1] ?? ""), number(m[2]), number(m[3])),
  ),
  rule(
    `(?:${yearNumber}\\s?년\\s?)?(?<![\\d.])(\\d{1,2})\\s?월${rangeKo}(\\d{1,2})\\s?월(?!\\s?\\d)(?:까지|달)?`,
    (m, now) =>
      m[1]
        ? monthsFrom(now, number(m[1]), number(m[2]), number(m[3]))
        : monthsTo(now, latestYear(now, number(m[3])), number(m[2]), number(m[3])),
  ),
  rule(`\\b${month}${rangeEn}${month},?\\s+(?:of\\s+)?${yearNumber}\\b`, (m, now) =>
    monthsTo(now, number(m[3]), monthNumber(m[1] ?? ""), monthNumber(m[2] ?? "")),
  ),
  rule(`\\b(?:from|between|in)\\s+${month}${rangeEn}${month}(?![a-z])(?!,?\\s+\\d)`, (m, now) =>
    monthsTo(now, latestYear(now, monthNumber(m[2] ?? "")), monthNumber(m[1] ?? ""), monthNumber(m[2] ?? "")),
  ),
  rule(`${yearKo}\\s?(\\d{1,2})\\s?월\\s?(\\d{1,2})\\s?일`, (m, now) =>
    unit(now, yearOf(now, m[1] ?? ""), number(m[2]), number(m[3]), "day"),
  ),
  rule(`${yearKo}\\s?(\\d{1,2})\\s?월`, (m, now) => unit(now, yearOf(now, m[1] ?? ""), number(m[2]), 1, "month")),
  rule(`${yearKo}\\s?([1-4])\\s?분기`, (m, now) =>
    unit(now, yearOf(now, m[1] ?? ""), (number(m[2]) - 1) * 3 + 1, 1, "quarter"),
  ),
  rule(`${yearKo}\\s?(상|하)반기`, (m, now) => half(now, yearOf(now, m[1] ?? ""), halves[m[2] ?? ""] ?? false)),
  rule(`${yearKo}\\s?(여름|겨울|봄|가을)`, (m, now) => season(now, m[2] ?? "", yearOf(now, m[1] ?? ""))),
  rule(`\\b${month}\\s+${yearEn}`, (m, now) => unit(now, yearOf(now, m[2] ?? ""), monthNumber(m[1] ?? ""), 1, "month")),
  rule(`\\bQ([1-4])\\s+${yearEn}`, (m, now) =>
    unit(now, yearOf(now, m[2] ?? ""), (number(m[1]) - 1) * 3 + 1, 1, "quarter"),
  ),
  rule(`\\b(first|second) half\\s+${yearEn}`, (m, now) =>
    half(now, yearOf(now, m[2] ?? ""), halves[(m[1] ?? "").toLowerCase()] ?? false),
  ),
  rule(`(지지난|지난|저번|이번)\\s?주\\s?([${weekdays}])요일`, (m, now) => dayOfWeek(now, m[1] ?? "", m[2] ?? "")),
  rule(`\\b(${namedDay})\\s+(?:of\\s+)?(last|this) week\\b`, (m, now) => dayOfWeek(now, m[2] ?? "", m[1] ?? "")),
  rule("(?:지난|저번)\\s?주말|\\blast weekend\\b", (_, now) => {
    const monday = now.startOf("week");
    return { from: monday.minus({ days: 2 }), to: monday, grain: "range" };
  }),
  rule("(그저께|그제|어제|오늘)\\s?(새벽|아침|오전|오후|낮|저녁|밤)", (m, now) => partOf(now, m[1] ?? "", m[2] ?? "")),
  rule("\\b(yesterday|this)\\s+(morning|afternoon|evening|night)\\b(?!\\s*shift)", (m, now) =>
    partOf(now, m[1] ?? "", m[2] ?? ""),
  ),
];
