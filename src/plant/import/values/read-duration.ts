import { readNumber } from "./read-number.ts";
import type { Decimal } from "./read-number.ts";

export type DurationUnit = "seconds" | "minutes" | "hours" | "days";
const minutesPer: Record<DurationUnit, number> = { seconds: 1 / 60, minutes: 1, hours: 60, days: 1440 };

const words: [RegExp, DurationUnit][] = [
  [/^(d|day|days|일)$/i, "days"],
  [/^(h|hr|hrs|hour|hours|시간)$/i, "hours"],
  [/^(m|min|mins|minute|minutes|분)$/i, "minutes"],
  [/^(s|sec|secs|second|seconds|초)$/i, "seconds"],
];
const colons = /^(-)?(\d{1,6}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?$/;
const iso = /^P(?:(\d+(?:[.,]\d+)?)D)?(?:T(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/i;

export type DurationSpelling = { unit?: DurationUnit; format?: string; decimal: Decimal };

/** A length of time in minutes: "3:00" (h:mm), "40:00:00", "1.5 h", "2시간 15분", "PT1H30M", or a number in the unit (minutes). */
export function readDuration(raw: string, spelling: DurationSpelling): number | undefined {
  const text = raw.normalize("NFKC").trim();
  const clock = colons.exec(text);
  if (clock) {
    const [, sign, first, second, third] = clock;
    if (Number(second) > 59 || Number(third ?? 0) > 59) return undefined;
    const seconds =
      spelling.format === "mm:ss" && third === undefined
        ? Number(first) * 60 + Number(second)
        : Number(first) * 3600 + Number(second) * 60 + Number(third ?? 0);
    return round((sign ? -seconds : seconds) / 60);
  }
  const plain = readNumber(text, spelling.decimal);
  if (plain) {
    const unit = plain.unit === null ? (spelling.unit ?? "minutes") : unitOf(plain.unit);
    return unit ? round(plain.value * minutesPer[unit]) : undefined;
  }
  const period = iso.exec(text);
  if (period && text.length > 2) {
    const [days = 0, hours = 0, minutes = 0, seconds = 0] = period
      .slice(1)
      .map((part) => Number((part ?? "0").replace(",", ".")));
    return round(days * 1440 + hours * 60 + minutes + seconds / 60);
  }
  return readParts(text);
}

/** "1h 30m", "2시간 15분": numbers, each with its unit, and nothing else. */
function readParts(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)\s*(\p{L}+)\s*/gu)];
  if (parts.length === 0 || parts.map((part) => part[0]).join("") !== text) return undefined;
  let minutes = 0;
  for (const [, number, word = ""] of parts) {
    const unit = unitOf(word);
    if (!unit) return undefined;
    minutes += Number(number) * minutesPer[unit];
  }
  return round(minutes);
}

const unitOf = (word: string): DurationUnit | undefined => words.find(([pattern]) => pattern.test(word))?.[1];
const round = (minutes: number): number => Math.round(minutes * 1e6) / 1e6;

/** A workbook writes a length of time as a moment after its epoch, the end of 1899. */
export const durationOfDate = (date: Date): number => round((date.getTime() - Date.UTC(1899, 11, 30)) / 60_000);
