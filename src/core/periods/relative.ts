import type { DateTime, DurationLike } from "luxon";
import { dayPart } from "./combined.ts";
import type { Grain, PeriodRule, Shift, Span } from "./period.ts";

type Unit = "hour" | "day" | "week" | "month" | "quarter" | "year";

const unitWords: [RegExp, Unit][] = [
  [/^(?:hours?|hrs?|h|시간)$/i, "hour"],
  [/^(?:days?|일|날)$/i, "day"],
  [/^(?:weeks?|주|주일|주간)$/i, "week"],
  [/^(?:months?|개월|달)$/i, "month"],
  [/^(?:quarters?|분기)$/i, "quarter"],
  [/^(?:years?|년|해)$/i, "year"],
];
const words: Record<string, number> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  한: 1,
  두: 2,
  세: 3,
  네: 4,
  다섯: 5,
  여섯: 6,
  일곱: 7,
  여덟: 8,
  아홉: 9,
  열: 10,
};

function unitOf(word: string): Unit {
  return unitWords.find(([pattern]) => pattern.test(word))?.[1] ?? "day";
}

function amount(word: string | undefined): number {
  return word === undefined ? 1 : (words[word.toLowerCase()] ?? Number(word));
}

/** The whole calendar unit `offset` units from now. */
function calendar(now: DateTime, unit: Unit, offset: number): Span {
  const from = now.startOf(unit).plus({ [`${unit}s`]: offset } as DurationLike);
  return { from, to: from.plus({ [`${unit}s`]: 1 } as DurationLike), grain: unit as Grain };
}

function ago(now: DateTime, count: number, unit: Unit): Span {
  return { from: now.minus({ [`${unit}s`]: count } as DurationLike), to: now, grain: "range" };
}

const weekdays = ["월", "화", "수", "목", "금", "토", "일"];
const weekdaysEn = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const rule = (pattern: RegExp, resolve: PeriodRule["resolve"]): PeriodRule => ({ pattern, resolve });
const count = "(\\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|한|두|세|네|다섯|여섯)";

export const relativeRules: PeriodRule[] = [
  rule(
    new RegExp(
      `(?:in |over |during |for )?(?:the )?(?:last|past|previous)\\s+${count}\\s+(hours?|hrs?|days?|weeks?|months?|quarters?|years?)`,
      "gi",
    ),
    (m, now) => ago(now, amount(m[1]), unitOf(m[2] ?? "")),
  ),
  rule(
    new RegExp(`(?:최근|지난|과거|요\\s?근래)\\s?${count}\\s?(시간|일|주일|주간|주|개월|달|분기|년)(?:간|동안)?`, "g"),
    (m, now) => ago(now, amount(m[1]), unitOf(m[2] ?? "")),
  ),
  rule(new RegExp(`${count}\\s?(시간|일|주일|주|개월|달|년)\\s?(?:동안|사이|이내|내에|내)`, "g"), (m, now) =>
    ago(now, amount(m[1]), unitOf(m[2] ?? "")),
  ),
  rule(
    new RegExp(
      `${count}\\s+(hours?|days?|weeks?|months?|years?)\\s+ago|${count}\\s?(시간|일|주일|주|개월|달|년)\\s?전`,
      "gi",
    ),
    (m, now) => calendar(now, unitOf(m[2] ?? m[4] ?? ""), -amount(m[1] ?? m[3])),
  ),
  rule(/\bday before yesterday\b|그저께|그제|엊그제/gi, (_, now) => calendar(now, "day", -2)),
  rule(/\byesterday\b|어제|어저께|전일/gi, (_, now) => calendar(now, "day", -1)),
  rule(/\blast night\b|간밤|지난\s?밤|어젯밤/gi, (_, now) => dayPart(now, -1, 20, 32)),
  rule(/\btonight\b/gi, (_, now) => dayPart(now, 0, 18, 30)),
  rule(/\btoday\b|오늘|금일|당일/gi, (_, now) => calendar(now, "day", 0)),
  rule(/\bweek before last\b|지지난\s?주|저저번\s?주/gi, (_, now) => calendar(now, "week", -2)),
  rule(/\b(?:last|previous|past)\s+(week|month|quarter|year)\b/gi, (m, now) => calendar(now, unitOf(m[1] ?? ""), -1)),
  rule(/\b(?:this|current)\s+(week|month|quarter|year)\b/gi, (m, now) => calendar(now, unitOf(m[1] ?? ""), 0)),
  rule(/(?:지난|저번|전)\s?주(?!기|간조)|전주/g, (_, now) => calendar(now, "week", -1)),
  rule(/(?:이번|금)\s?주(?!기)/g, (_, now) => calendar(now, "week", 0)),
  rule(/지지난\s?달|저저번\s?달/g, (_, now) => calendar(now, "month", -2)),
  rule(/(?:지난|저번|전)\s?달|전월/g, (_, now) => calendar(now, "month", -1)),
  rule(/(?:이번|금)\s?달|금월|당월/g, (_, now) => calendar(now, "month", 0)),
  rule(/(?:지난|저번|전)\s?분기/g, (_, now) => calendar(now, "quarter", -1)),
  rule(/(?:이번|금)\s?분기/g, (_, now) => calendar(now, "quarter", 0)),
  rule(/\btomorrow\b|내일|명일/gi, (_, now) => calendar(now, "day", 1)),
  rule(/\bnext\s+(week|month|quarter)\b/gi, (m, now) => calendar(now, unitOf(m[1] ?? ""), 1)),
  rule(/다음\s?(주|달|분기)(?!기)/g, (m, now) => calendar(now, unitOf(m[1] ?? ""), 1)),
  rule(/재작년/g, (_, now) => calendar(now, "year", -2)),
  rule(/작년|지난\s?해|전년/g, (_, now) => calendar(now, "year", -1)),
  rule(/올해|금년|이번\s?해|(?<![가-힣])올(?=\s)/g, (_, now) => calendar(now, "year", 0)),
  rule(
    /(?:지난|저번)\s?([월화수목금토일])요일|\blast\s+(monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b/gi,
    (m, now) => {
      const index = m[1] ? weekdays.indexOf(m[1]) : weekdaysEn.indexOf((m[2] ?? "").toLowerCase());
      const back = (now.weekday - 1 - index + 7) % 7 || 7;
      return calendar(now, "day", -back);
    },
  ),
  rule(/\b(?:recently|lately|these days|in recent weeks)\b|요즘|최근에?(?!\s?\d)|요새/gi, (_, now) =>
    ago(now, 30, "day"),
  ),
];

/** Rules for the plant's shifts: "어제 야간조", "yesterday's night shift", "야간조", "this shift", "지난 근무조". */
export function shiftRules(shifts: Shift[]): PeriodRule[] {
  const rules = shifts.flatMap((shift) => {
    const names = shift.words.map((word) => word.replace(/\s+/g, "\\s?")).join("|");
    return [
      rule(
        new RegExp(
          `(그저께|그제|어제|오늘|yesterday'?s?|last|today'?s?|tonight'?s?|지난|이번|this)\\s*(?:의\\s*)?(?:${names})(?!\\s*생산)`,
          "gi",
        ),
        (m, now) => shiftSpan(now, shift, dayWord(m[1] ?? "", shift, now)),
      ),
      rule(new RegExp(`(?:${names})\\s+(yesterday|today|last night|어제|오늘)`, "gi"), (m, now) =>
        shiftSpan(now, shift, /last|yesterday|어제/i.test(m[1] ?? "") ? -1 : 0),
      ),
    ];
  });
  return [
    ...rules,
    rule(/\b(?:this|the current) shift\b|이번\s?(?:근무|조|교대)(?!\S*별)|현재\s?근무/gi, (_, now) =>
      currentShift(now, shifts, 0),
    ),
    rule(
      /\b(?:last|previous|the previous) shift\b|(?!전조(?:가|도|는)?\s?(?:증상|현상|징후|있|없|보))(?:지난|이전|앞|전)\s?(?:근무조?|조|교대)(?!\S*별)|전\s?근무/gi,
      (_, now) => currentShift(now, shifts, 1),
    ),
  ];
}

function dayWord(word: string, shift: Shift, now: DateTime): number {
  if (/그저께|그제/.test(word)) return -2;
  if (/어제|yesterday/i.test(word)) return -1;
  if (/last|지난/i.test(word)) {
    const latest = shiftSpan(now, shift, 0);
    return latest.to && latest.to <= now ? 0 : -1;
  }
  return 0;
}

function clock(day: DateTime, time: string): DateTime {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return day.startOf("day").set({ hour, minute });
}

/** The shift that starts on the day `offset` days from today. */
function shiftSpan(now: DateTime, shift: Shift, offset: number): Span {
  const from = clock(now.plus({ days: offset }), shift.start);
  const end = clock(from, shift.end);
  return { from, to: end > from ? end : end.plus({ days: 1 }), grain: "shift" };
}

/** The shift that holds now, or the n-th before it. */
function currentShift(now: DateTime, shifts: Shift[], back: number): Span | null {
  const spans = [-2, -1, 0]
    .flatMap((offset) => shifts.map((shift) => shiftSpan(now, shift, offset)))
    .filter((span) => span.from && span.from <= now)
    .sort((a, b) => (b.from?.toMillis() ?? 0) - (a.from?.toMillis() ?? 0));
  return spans[back] ?? null;
}
