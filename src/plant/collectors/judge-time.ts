import { readTime } from "../import/values/read-time.ts";
import type { Zone } from "../import/values/zoned-time.ts";
import type { Quality } from "../sensor-store.ts";

/** Before collectors there were no readings: a clock that says so was never set. */
const firstInstant = Date.UTC(2000, 0, 1);

/** ok: as the sender said. received: it said none. doubtful: it said nonsense, so the time of receipt stands. */
export type JudgedTime =
  | { atMs: number; from: "sender" | "receipt" }
  | { atMs: number; from: "receipt"; doubt: string };

/**
 * The instant of a reading. `sent` is what the sender wrote (text, epoch number, Date; null or undefined where nothing),
 * read in `zone` where it has no offset; `receivedMs` our own clock.
 */
export function judgeTime(sent: unknown, receivedMs: number, toleranceMs: number, zone: Zone): JudgedTime {
  if (sent === undefined || sent === null || sent === "") return { atMs: receivedMs, from: "receipt" };
  const atMs = instantOf(sent, zone);
  if (atMs === null) return { atMs: receivedMs, from: "receipt", doubt: "a time that can't be read" };
  if (atMs < firstInstant) return { atMs: receivedMs, from: "receipt", doubt: "a sender's clock that is not set" };
  if (atMs > receivedMs + toleranceMs)
    return { atMs: receivedMs, from: "receipt", doubt: "a sender's clock that is ahead" };
  return { atMs, from: "sender" };
}

function instantOf(sent: unknown, zone: Zone): number | null {
  if (sent instanceof Date) return Number.isFinite(sent.getTime()) ? sent.getTime() : null;
  if (typeof sent === "bigint") return instantOf(Number(sent), zone);
  // A number below the year 1973 in seconds is no date that a text could be, but an unset clock.
  if (typeof sent === "number" && sent >= 0 && sent < 1e8) return sent;
  if (typeof sent !== "number" && typeof sent !== "string") return null;
  const read = readTime(String(sent));
  if (!read) return null;
  return read.offsetMinutes === undefined ? zone.instantOf(read.localMs) : read.localMs - read.offsetMinutes * 60_000;
}

/** Quality of a reading whose time is doubtful: usable, but not good. */
export const doubted = (quality: Quality, time: JudgedTime): Quality =>
  "doubt" in time && quality === "good" ? "uncertain" : quality;
