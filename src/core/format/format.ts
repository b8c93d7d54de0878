import { DateTime } from "luxon";
import type { Language } from "../context.ts";

// How figures, dates and durations are written for people, the same in every door.

/** At most four significant decimals, no trailing zeros, thousands separated. */
export function formatNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return "–";
  const magnitude = Math.abs(value);
  const decimals = magnitude >= 1000 ? 1 : magnitude >= 100 ? 2 : magnitude >= 1 ? 3 : digits;
  return new Intl.NumberFormat("en-US", { maximumFractionDigits: decimals }).format(value);
}

/** "2020-06-01 09:30" in the zone; seconds are left out. */
export function formatTime(value: Date | string, timeZone: string): string {
  const at = value instanceof Date ? DateTime.fromJSDate(value) : DateTime.fromISO(value);
  return at.setZone(timeZone).toFormat("yyyy-MM-dd HH:mm");
}

export function formatDay(value: Date | string, timeZone: string): string {
  return formatTime(value, timeZone).slice(0, 10);
}

/** A half-open span as inclusive days: "2020-06-01 – 2020-06-30"; with hours where it does not begin at midnight. */
export function formatSpan(
  from: string | Date | null,
  to: string | Date | null,
  timeZone: string,
  language: Language,
): string {
  const dash = language === "ko" ? "~" : "–";
  const end = to === null ? null : DateTime.fromJSDate(new Date(to)).setZone(timeZone);
  const start = from === null ? null : DateTime.fromJSDate(new Date(from)).setZone(timeZone);
  const whole = (at: DateTime | null): boolean => at === null || at.toFormat("HHmm") === "0000";
  if (whole(start) && whole(end)) {
    const last = end?.minus({ days: 1 }).toFormat("yyyy-MM-dd") ?? "";
    const first = start?.toFormat("yyyy-MM-dd") ?? "";
    return first === last ? first : `${first} ${dash} ${last}`.trim();
  }
  return `${start?.toFormat("yyyy-MM-dd HH:mm") ?? ""} ${dash} ${end?.toFormat("yyyy-MM-dd HH:mm") ?? ""}`.trim();
}

/** "35분", "2시간 5분", "3일 4시간" / "35 min", "2 h 5 min", "3 d 4 h". */
export function formatMinutes(minutes: number, language: Language): string {
  const [day, hour, minute] = language === "ko" ? ["일", "시간", "분"] : [" d", " h", " min"];
  const whole = Math.round(minutes);
  if (!Number.isFinite(whole)) return "–";
  if (whole < 60) return `${whole}${minute}`;
  if (whole < 48 * 60) return join(`${Math.floor(whole / 60)}${hour}`, whole % 60, minute);
  return join(`${Math.floor(whole / 1440)}${day}`, Math.floor((whole % 1440) / 60), hour);
}

function join(head: string, rest: number, unit: string): string {
  return rest === 0 ? head : `${head} ${rest}${unit}`;
}

/** How long ago, in the largest sensible unit: "3분 전", "2 h ago". */
export function formatAge(at: Date, now: Date, language: Language): string {
  const minutes = Math.max(0, (now.getTime() - at.getTime()) / 60_000);
  if (minutes < 1) return language === "ko" ? "방금" : "just now";
  return language === "ko" ? `${formatMinutes(minutes, "ko")} 전` : `${formatMinutes(minutes, "en")} ago`;
}
