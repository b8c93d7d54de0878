import type { DateTime } from "luxon";
import type { Grain, PeriodRule, Span } from "./period.ts";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
export const month =
  "(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\\.?";
export const yearNumber = "((?:19|20)\\d{2})";

export function monthNumber(name: string): number {
  return months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

/** The calendar unit that begins at the given date; null where the date doesn't exist. */
export function unit(
  now: DateTime,
  year: number,
  monthOf: number,
  day: number,
  grain: Grain & ("day" | "month" | "year" | "week" | "quarter"),
): Span | null {
  const from = now.set({ year, month: monthOf, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 }).set({ day });
  if (!from.isValid || from.month !== monthOf) return null;
  return {
    from,
    to: from.plus({ [grain === "quarter" ? "months" : `${grain}s`]: grain === "quarter" ? 3 : 1 }),
    grain,
  };
}

/** Monday of the week that holds the day, unless the day itself is meant as the week's start. */
function weekOf(span: Span | null): Span | null {
  if (!span?.from) return null;
  const from = span.from.startOf("week");
  return { from, to: from.plus({ weeks: 1 }), grain: "week" };
}

/** The year a bare month or day was meant in: the latest that is not in the future. */
export function latestYear(now: DateTime, monthOf: number, day = 1): number {
  return monthOf > now.month || (monthOf === now.month && day > now.day) ? now.year - 1 : now.year;
}

const isoDay = `${yearNumber}[-./]\\s?(\\d{1,2})[-./]\\s?(\\d{1,2})(?![\\d])`;
const koreanDay = `${yearNumber}\\s?년\\s?(\\d{1,2})\\s?월\\s?(\\d{1,2})\\s?일`;
/** "alarm 2010" is no year. */
const wordOfCode =
  "(?:alarm|error|fault|warning|code|number|no\\.?|part|lot|알람|에러|경보|경고|코드|번호|품번|로트)[:\\s#-]{0,2}";
const number = (text: string | undefined): number => spelledNumbers[text?.toLowerCase() ?? ""] ?? Number(text);

export const absoluteRules: PeriodRule[] = [
  // "first week of June 2020", "2020년 6월 첫째 주": weeks of seven days from the first of the month.
  {
    pattern: new RegExp(`\\b(first|second|third|fourth|last) week (?:of |in )${month},?\\s+${yearNumber}`, "gi"),
    resolve: (m, now) => weekOfMonth(unit(now, number(m[3]), monthNumber(m[2] ?? ""), 1, "month"), m[1] ?? ""),
  },
  {
    pattern: new RegExp(`${yearNumber}\\s?년\\s?(\\d{1,2})\\s?월\\s?(첫째|첫|둘째|셋째|넷째|마지막)\\s?주`, "g"),
    resolve: (m, now) => weekOfMonth(unit(now, number(m[1]), number(m[2]), 1, "month"), m[3] ?? ""),
  },
  // Two digits of a year: "20년 6월", "17년에"; "10년 동안" is a length.
  {
    pattern: /(?<![\d.])'?(\d{2})\s?년\s?(\d{1,2})\s?월(?!\s?\d)/g,
    resolve: (m, now) => unit(now, 2000 + number(m[1]), number(m[2]), 1, "month"),
  },
  {
    pattern: /(?<![\d.])'?([0-4]\d)\s?년(?:도)?(?=에|도|\s(?!동안|간|전|째|이상|이내|뒤|후)|$)(?!\s?\d{1,2}\s?월)/g,
    resolve: (m, now) => unit(now, 2000 + number(m[1]), 1, 1, "year"),
  },
  {
    pattern: /(?<![\d.])(\d{1,2})\s?월\s?(\d{1,2})\s?일\s?\(?((?:19|20)\d{2})년?\)?/g,
    resolve: (m, now) => unit(now, number(m[3]), number(m[1]), number(m[2]), "day"),
  },
  {
    pattern: new RegExp(`week (?:of|starting|beginning|from)\\s+(?:the\\s+)?${isoDay}`, "gi"),
    resolve: (m, now) => weekOf(unit(now, number(m[1]), number(m[2]), number(m[3]), "day")),
  },
  {
    pattern: new RegExp(
      `week (?:of|starting|beginning|from)\\s+${month}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+${yearNumber}`,
      "gi",
    ),
    resolve: (m, now) => weekOf(unit(now, number(m[3]), monthNumber(m[1] ?? ""), number(m[2]), "day")),
  },
  {
    pattern: new RegExp(
      `week (?:of|starting|beginning|from)\\s+(?:the\\s+)?(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${month},?\\s+${yearNumber}`,
      "gi",
    ),
    resolve: (m, now) => weekOf(unit(now, number(m[3]), monthNumber(m[2] ?? ""), number(m[1]), "day")),
  },
  {
    pattern: new RegExp(
      `(?:${isoDay}|${koreanDay})\\s?(?:이 있는|이 속한|이 포함된|부터 시작하는|로 시작하는|의|이 들어간|이 든)?\\s?(?:주간|주)(?!기)`,
      "g",
    ),
    resolve: (m, now) => weekOf(unit(now, number(m[1] ?? m[4]), number(m[2] ?? m[5]), number(m[3] ?? m[6]), "day")),
  },
  { pattern: new RegExp(isoDay, "g"), resolve: (m, now) => unit(now, number(m[1]), number(m[2]), number(m[3]), "day") },
  {
    pattern: new RegExp(koreanDay, "g"),
    resolve: (m, now) => unit(now, number(m[1]), number(m[2]), number(m[3]), "day"),
  },
  {
    pattern: new RegExp(`\\b${month}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+${yearNumber}\\b`, "gi"),
    resolve: (m, now) => unit(now, number(m[3]), monthNumber(m[1] ?? ""), number(m[2]), "day"),
  },
  {
    pattern: new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${month},?\\s+${yearNumber}\\b`, "gi"),
    resolve: (m, now) => unit(now, number(m[3]), monthNumber(m[2] ?? ""), number(m[1]), "day"),
  },
  {
    pattern: new RegExp(
      `(?:\\bQ([1-4])[ ,/-]?\\s?(?:of\\s)?${yearNumber}|${yearNumber}[ -]?Q([1-4])\\b|${yearNumber}\\s?년?\\s?([1-4])\\s?분기|(first|second|third|fourth|[1-4])(?:st|nd|rd|th)? quarter (?:of )?${yearNumber})`,
      "gi",
    ),
    resolve: (m, now) =>
      unit(now, number(m[2] ?? m[3] ?? m[5] ?? m[8]), (number(m[1] ?? m[4] ?? m[6] ?? m[7]) - 1) * 3 + 1, 1, "quarter"),
  },
  {
    pattern: /(?<!\d)([1-4])\s?분기/g,
    resolve: (m, now) => {
      const first = (number(m[1]) - 1) * 3 + 1;
      return unit(now, latestYear(now, first), first, 1, "quarter");
    },
  },
  {
    pattern: new RegExp(
      `(?:(first|second) half of ${yearNumber}|\\bH([12])[ -]?${yearNumber}|${yearNumber}[ -]?H([12])\\b|${yearNumber}\\s?년?\\s?(상|하)반기)`,
      "gi",
    ),
    resolve: (m, now) =>
      half(now, number(m[2] ?? m[4] ?? m[5] ?? m[7]), /second|2|하/i.test(m[1] ?? m[3] ?? m[6] ?? m[8] ?? "")),
  },
  {
    pattern: new RegExp(
      `(?:(summer|winter|spring|autumn|fall)\\s+(?:of\\s+)?${yearNumber}|${yearNumber}\\s?년?\\s?(여름|겨울|봄|가을))`,
      "gi",
    ),
    resolve: (m, now) => season(now, m[1] ?? m[4] ?? "", number(m[2] ?? m[3])),
  },
  {
    pattern: new RegExp(`\\b${month},?\\s+(?:of\\s+)?${yearNumber}\\b`, "gi"),
    resolve: (m, now) => unit(now, number(m[2]), monthNumber(m[1] ?? ""), 1, "month"),
  },
  {
    pattern: new RegExp(`\\b${yearNumber},?\\s+${month}(?![a-z])`, "gi"),
    resolve: (m, now) => unit(now, number(m[1]), monthNumber(m[2] ?? ""), 1, "month"),
  },
  {
    pattern: new RegExp(`${yearNumber}\\s?년\\s?(\\d{1,2})\\s?월(?:달)?`, "g"),
    resolve: (m, now) => unit(now, number(m[1]), number(m[2]), 1, "month"),
  },
  {
    pattern: new RegExp(`(?<![\\d-])${yearNumber}[-./](\\d{1,2})(?![-./\\d])`, "g"),
    resolve: (m, now) => unit(now, number(m[1]), number(m[2]), 1, "month"),
  },
  {
    pattern: /(?<![\d.])(\d{1,2})\s?월\s?(\d{1,2})\s?일/g,
    resolve: (m, now) => unit(now, latestYear(now, number(m[1]), number(m[2])), number(m[1]), number(m[2]), "day"),
  },
  {
    pattern: new RegExp(`\\b${month}\\s+(\\d{1,2})(?:st|nd|rd|th)?\\b`, "gi"),
    resolve: (m, now) =>
      unit(now, latestYear(now, monthNumber(m[1] ?? ""), number(m[2])), monthNumber(m[1] ?? ""), number(m[2]), "day"),
  },
  {
    pattern: /(?<![\d.])(\d{1,2})\s?월(?!요)(?:달)?/g,
    resolve: (m, now) => unit(now, latestYear(now, number(m[1])), number(m[1]), 1, "month"),
  },
  {
    pattern: new RegExp(
      `\\b(?:in|during|for|of|since|from|until|before|after|last|about|versus|vs)\\s+${month}(?![a-z])`,
      "gi",
    ),
    resolve: (m, now) => unit(now, latestYear(now, monthNumber(m[1] ?? "")), monthNumber(m[1] ?? ""), 1, "month"),
  },
  {
    pattern: new RegExp(`${yearNumber}\\s?년(?:도)?`, "g"),
    resolve: (m, now) => unit(now, number(m[1]), 1, 1, "year"),
  },
  {
    pattern: new RegExp(
      `(?:\\b(?:in|during|for|of|from|to|since|until|before|after|and|through|year|between|by)\\s+|^|(?<![\\w-])(?=(?:19|20)\\d{2}\\s+(?:to|through|until|till)\\s+(?:19|20)\\d{2}\\b)|(?<![A-Za-z0-9가-힣]|${wordOfCode})[-~(,]\\s?|(?<=(?<![\\w-])(?:19|20)\\d{2})(?:[-~]|,\\s?))${yearNumber}\\b(?![-./]\\d|\\s?(?:mm|rpm|bar|kg|°|℃|호기))`,
      "gi",
    ),
    resolve: (m, now) => unit(now, number(m[1]), 1, 1, "year"),
  },
  {
    pattern: new RegExp(
      `(?<![A-Za-z0-9][-_.]?|${wordOfCode})\\b(20[0-4]\\d|199\\d)\\b(?=\\s*(?:[?.!,~-]|$|work|events?|alerts?|alarms?|anomal|부터|까지|이후|이전|에|동안))`,
      "gi",
    ),
    resolve: (m, now) => unit(now, number(m[1]), 1, 1, "year"),
  },
];

export function half(now: DateTime, year: number, second: boolean): Span | null {
  const start = unit(now, year, second ? 7 : 1, 1, "month");
  return start?.from ? { from: start.from, to: start.from.plus({ months: 6 }), grain: "half" } : null;
}

export function season(now: DateTime, word: string, year: number): Span | null {
  const starts: Record<string, number> = {
    spring: 3,
    봄: 3,
    summer: 6,
    여름: 6,
    autumn: 9,
    fall: 9,
    가을: 9,
    winter: 12,
    겨울: 12,
  };
  const start = unit(now, year, starts[word.toLowerCase()] ?? 1, 1, "month");
  return start?.from ? { from: start.from, to: start.from.plus({ months: 3 }), grain: "range" } : null;
}

const ordinals: Record<string, number> = {
  first: 0,
  second: 1,
  third: 2,
  fourth: 3,
  첫째: 0,
  첫: 0,
  둘째: 1,
  셋째: 2,
  넷째: 3,
};

function weekOfMonth(span: Span | null, word: string): Span | null {
  if (!span?.from || !span.to) return null;
  const index = ordinals[word.toLowerCase()];
  const from = index === undefined ? span.to.minus({ days: 7 }) : span.from.plus({ days: 7 * index });
  return { from, to: from.plus({ days: 7 }), grain: "week" };
}

const spelledNumbers: Record<string, number> = { first: 1, second: 2, third: 3, fourth: 4 };
