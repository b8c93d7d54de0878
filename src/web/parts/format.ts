import type { Language } from "../../core/context.ts";

/** "14:32", or "11. 3. 14:32" on another day; in the device's time zone. */
export function shortTime(iso: string, language: Language): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  const locale = language === "ko" ? "ko-KR" : "en-GB";
  const time = at.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit", hour12: false });
  const today = new Date().toDateString() === at.toDateString();
  const year = at.getFullYear() === new Date().getFullYear() ? {} : ({ year: "numeric" } as const);
  return today ? time : `${at.toLocaleDateString(locale, { month: "short", day: "numeric", ...year })} ${time}`;
}

/** A figure as one reads it on a panel: four digits at most behind a long one. */
export function figure(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 3;
  return value.toLocaleString("en-US", { maximumFractionDigits: digits });
}
