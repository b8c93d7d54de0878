import { fullYear, isAfternoon, months, timeOf } from "./time-format.ts";
import type { ReadTime, SpecialTimeFormat } from "./time-format.ts";

/** In which order a date of three small numbers is written: 4/6/16 is mdy in America, dmy in Europe, ymd in 16.04.06. */
export type DateOrder = "mdy" | "dmy" | "ymd";

const clock =
  "(?:[T\\s,]+(?<half>오전|오후|[AaPp]\\.?[Mm]\\.?)?\\s*(?<hour>\\d{1,2})\\s*(?:[:시])\\s*(?:(?<minute>\\d{1,2})\\s*분?(?:\\s*:?\\s*(?<second>\\d{1,2})(?:[.,](?<fraction>\\d{1,9}))?\\s*초?)?)?\\s*(?<halfAfter>[AaPp]\\.?[Mm]\\.?)?)?\\s*(?<offset>Z|[+-]\\d{2}:?\\d{2}|[+-]\\d{2})?";
const yearFirst = new RegExp(
  `^(?<a>\\d{4})\\s*(?:[-/.]|년)\\s*(?<b>\\d{1,2})\\s*(?:[-/.]|월)\\s*(?<c>\\d{1,2})\\s*[.일]?${clock}$`,
  "u",
);
const threeNumbers = new RegExp(
  `^(?<a>\\d{1,2})\\s*(?<mark>[-/.])\\s*(?<b>\\d{1,2})\\s*\\k<mark>\\s*(?<c>\\d{4}|\\d{2})\\.?${clock}$`,
  "u",
);
const dayMonthName = new RegExp(
  `^(?<c>\\d{1,2})[\\s-]+(?<b>[A-Za-z]{3,9})\\.?[\\s,-]+(?<a>\\d{4}|\\d{2})${clock}$`,
  "u",
);
const monthNameDay = new RegExp(
  `^(?<b>[A-Za-z]{3,9})\\.?\\s+(?<c>\\d{1,2})(?:st|nd|rd|th)?,?\\s+(?<a>\\d{4})${clock}$`,
  "u",
);
const plainIso = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z)?$/;

/** Orders that fit a date of three small numbers; undefined where the text is no such date. */
export function possibleOrders(text: string): DateOrder[] | undefined {
  const found = threeNumbers.exec(tidy(text))?.groups;
  if (!found) return undefined;
  const { a = "", b = "", c = "" } = found;
  return (["mdy", "dmy", "ymd"] as const).filter((order) => {
    if (order === "ymd" && (a.length < 2 || c.length > 2)) return false;
    const [year, month, day] = inOrder(a, b, c, order);
    return timeOf({ year: fullYear(year), month: Number(month), day: Number(day) }) !== undefined;
  });
}

/** A time in any of the usual spellings. A date of three small numbers needs the order. undefined where it is none. */
export function readTime(raw: string, order?: DateOrder): ReadTime | undefined {
  const iso = plainIso.exec(raw);
  if (iso) {
    const [, year, month, day, hour, minute, second, fraction, offset] = iso;
    return timeOf({
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second ?? 0),
      ms: milliseconds(fraction),
      offset,
    });
  }
  const text = tidy(raw);
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) return readDigits(text);
  const first = yearFirst.exec(text)?.groups;
  if (first) return withClock(first, first.a ?? "", Number(first.b), first.c ?? "");
  const numbers = threeNumbers.exec(text)?.groups;
  if (numbers) {
    if (!order) return undefined;
    const { a = "", b = "", c = "" } = numbers;
    if (order === "ymd" && c.length > 2) return undefined;
    const [year, month, day] = inOrder(a, b, c, order);
    return withClock(numbers, year, Number(month), day);
  }
  const named = (dayMonthName.exec(text) ?? monthNameDay.exec(text))?.groups;
  if (!named) return undefined;
  return withClock(named, named.a ?? "", months.indexOf((named.b ?? "").slice(0, 3).toLowerCase()) + 1, named.c ?? "");
}

/** Seconds, milliseconds or microseconds since 1970, or days of a workbook since 1900. */
export function readSpecialTime(text: string, format: SpecialTimeFormat): ReadTime | undefined {
  if (format === "iso") return yearFirst.test(tidy(text)) ? readTime(text) : undefined;
  const number = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) return undefined;
  if (format === "excel") return number > 0 && number < 110_000 ? { localMs: serialMs(number) } : undefined;
  const ms = number * { epoch_s: 1000, epoch_ms: 1, epoch_us: 0.001 }[format];
  return Math.abs(ms) < 7.3e12 ? { localMs: Math.round(ms), offsetMinutes: 0 } : undefined;
}

/** A workbook's serial day number as wall-clock milliseconds. */
const serialMs = (days: number): number => steadySecond((days - 25_569) * 86_400_000);

/** Days are kept as fractions, so that 14:00 comes out as 13:59:59.99: what is that near a whole second is meant to be it. */
export function steadySecond(ms: number): number {
  const second = Math.round(ms / 1000) * 1000;
  return Math.abs(ms - second) < 50 ? second : Math.round(ms);
}

/** Digits alone tell by their size: 20160406, 201604061400, 20160406140000, epoch seconds to nanoseconds, a workbook's day. */
function readDigits(text: string): ReadTime | undefined {
  const compact = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?$/.exec(text);
  if (compact) {
    const [, year, month, day, hour, minute, second] = compact;
    const time = timeOf({
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: Number(hour ?? 0),
      minute: Number(minute ?? 0),
      second: Number(second ?? 0),
    });
    if (time) return time;
  }
  const number = Number(text);
  if (number >= 20_000 && number < 80_000) return { localMs: serialMs(number) };
  const units: [number, number][] = [
    [1e8, 1e3],
    [1e11, 1],
    [1e14, 1e-3],
    [1e17, 1e-6],
  ];
  const unit = units.find(([least]) => number >= least && number < least * 100);
  return unit ? { localMs: Math.round(number * unit[1]), offsetMinutes: 0 } : undefined;
}

function inOrder(a: string, b: string, c: string, order: DateOrder): [string, string, string] {
  if (order === "ymd") return [a, b, c];
  return order === "mdy" ? [c, a, b] : [c, b, a];
}

function withClock(
  found: Record<string, string | undefined>,
  year: string,
  month: number,
  day: string,
): ReadTime | undefined {
  const half = found.half ?? found.halfAfter;
  return timeOf({
    year: fullYear(year),
    month,
    day: Number(day),
    hour: Number(found.hour ?? 0),
    minute: Number(found.minute ?? 0),
    second: Number(found.second ?? 0),
    ms: milliseconds(found.fraction),
    afternoon: half === undefined ? undefined : isAfternoon(half),
    offset: found.offset,
  });
}

const milliseconds = (fraction: string | undefined): number =>
  fraction ? Math.round(Number(`0.${fraction}`) * 1000) : 0;

/** Full-width digits become plain; a weekday in brackets and one before a comma go. */
function tidy(text: string): string {
  return text
    .normalize("NFKC")
    .trim()
    .replace(/\s*\((?:[월화수목금토일]|[A-Za-z]{2,9})\)\s*/u, " ")
    .replace(/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+/i, "")
    .trim();
}
