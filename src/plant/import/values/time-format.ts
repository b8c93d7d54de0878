/** Wall-clock time as if it were UTC, in milliseconds; with an offset where the text gives one. */
export type ReadTime = { localMs: number; offsetMinutes?: number };
export type TimeParts = {
  year: number;
  month: number;
  day: number;
  hour?: number;
  minute?: number;
  second?: number;
  ms?: number;
  afternoon?: boolean;
  offset?: string;
};

const specialTimeFormats = ["iso", "epoch_s", "epoch_ms", "epoch_us", "excel"] as const;
export type SpecialTimeFormat = (typeof specialTimeFormats)[number];
export const isSpecialTimeFormat = (format: string): format is SpecialTimeFormat =>
  (specialTimeFormats as readonly string[]).includes(format);

export const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const tokens: Record<string, string> = {
  YYYY: "(?<year>\\d{4})",
  YY: "(?<year>\\d{2})",
  MMM: "(?<monthName>[A-Za-z]{3,9})\\.?",
  MM: "(?<month>\\d{2})",
  M: "(?<month>\\d{1,2})",
  DD: "(?<day>\\d{2})",
  D: "(?<day>\\d{1,2})",
  HH: "(?<hour>\\d{2})",
  H: "(?<hour>\\d{1,2})",
  hh: "(?<hour>\\d{2})",
  h: "(?<hour>\\d{1,2})",
  mm: "(?<minute>\\d{2})",
  m: "(?<minute>\\d{1,2})",
  ss: "(?<second>\\d{2})",
  s: "(?<second>\\d{1,2})",
  SSS: "(?<ms>\\d{1,9})",
  A: "(?<half>[AaPp]\\.?[Mm]\\.?|오전|오후)",
  Z: "(?<offset>Z|[+-]\\d{2}:?\\d{2})",
};

/** "M/D/YY H:mm" → a reader. Other letters stand in [brackets]; Korean letters stand for themselves. Throws on an unknown one. */
export function compileTimeFormat(format: string): (text: string) => ReadTime | undefined {
  let pattern = "";
  for (const [part, quoted] of format.matchAll(
    /\[([^\]]*)\]|YYYY|YY|MMM|MM|M|DD|D|HH|H|hh|h|mm|m|ss|s|SSS|A|Z|\s+|./gsu,
  )) {
    const token = tokens[part];
    if (token) pattern += token;
    else if (quoted === undefined && /[A-SU-Za-z]/.test(part))
      throw new Error(
        `"${part}" in the time format is unknown; use YYYY YY MMM MM M DD D HH H hh h mm m ss s SSS A Z, or iso, epoch_s, epoch_ms, epoch_us, excel.`,
      );
    else pattern += /^\s+$/.test(part) ? "\\s+" : (quoted ?? part).replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  }
  if (!/<year>/.test(pattern) || !/<month(Name)?>/.test(pattern))
    throw new Error("a time format needs a year and a month.");
  const regexp = new RegExp(`^${pattern}$`, "u");
  return (text) => {
    const found = regexp.exec(text)?.groups;
    if (!found) return undefined;
    const { year = "", monthName, half } = found;
    const month = monthName ? months.indexOf(monthName.slice(0, 3).toLowerCase()) + 1 : Number(found.month);
    return timeOf({
      year: fullYear(year),
      month,
      day: Number(found.day ?? 1),
      hour: Number(found.hour ?? 0),
      minute: Number(found.minute ?? 0),
      second: Number(found.second ?? 0),
      ms: found.ms ? Math.round(Number(`0.${found.ms}`) * 1000) : 0,
      afternoon: half === undefined ? undefined : isAfternoon(half),
      offset: found.offset,
    });
  };
}

export const isAfternoon = (half: string): boolean => /^(p|오후)/i.test(half);
/** Two digits: 70–99 are the last century. */
export const fullYear = (digits: string): number =>
  digits.length > 2 ? Number(digits) : Number(digits) + (Number(digits) < 70 ? 2000 : 1900);

/** undefined where there is no such day or time (31 February, 25:00). 24:00 is the day's end. */
export function timeOf(parts: TimeParts): ReadTime | undefined {
  const { year, month, day, minute = 0, second = 0, ms = 0, afternoon } = parts;
  let hour = parts.hour ?? 0;
  if (afternoon !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (afternoon ? 12 : 0);
  }
  const midnight = hour === 24 && minute === 0 && second === 0;
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return undefined;
  if ((hour > 23 && !midnight) || minute > 59 || second > 60) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const localMs = date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + ms;
  return parts.offset ? { localMs, offsetMinutes: offsetMinutes(parts.offset) } : { localMs };
}

function offsetMinutes(text: string): number {
  if (/^z$/i.test(text)) return 0;
  const [, sign, hours = "0", minutes = "0"] = /^([+-])(\d{2}):?(\d{2})?$/.exec(text) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
