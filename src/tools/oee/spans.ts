import { DateTime } from "luxon";
import type { Interval } from "../../plant/analysis/operations/intervals.ts";
import { formatSpan } from "../../core/format/format.ts";
import type { ToolContext } from "../tool.ts";
import type { OeeBy } from "./oee-output.ts";

/** The span before: the same calendar months before whole or begun months, else as long a stretch just before, by days where it has days. */
export function spanBefore({ from, to }: Interval, timeZone: string): Interval {
  const [start, end] = [DateTime.fromMillis(from, { zone: timeZone }), DateTime.fromMillis(to, { zone: timeZone })];
  const midnight = (at: DateTime): boolean => at.equals(at.startOf("day"));
  const monthly = start.equals(start.startOf("month")) && to > from;
  if (monthly) {
    const last = end.minus({ milliseconds: 1 });
    const months = (last.year - start.year) * 12 + last.month - start.month + 1;
    const whole = end.equals(end.startOf("month"));
    if (whole || months === 1)
      return {
        from: start.minus({ months }).toMillis(),
        to: whole ? start.toMillis() : end.minus({ months }).toMillis(),
      };
  }
  if (midnight(start) && midnight(end)) {
    const days = Math.round(end.diff(start, "days").days);
    return { from: start.minus({ days }).toMillis(), to: from };
  }
  return { from: from - (to - from), to: from };
}

/** The days, weeks (from Monday) or months of a span, cut to it, with their names. */
export function bucketsOf(
  { from, to }: Interval,
  by: Exclude<OeeBy, "machine">,
  { ctx, language }: ToolContext,
): (Interval & { key: string; label: string })[] {
  const out: (Interval & { key: string; label: string })[] = [];
  let at = DateTime.fromMillis(from, { zone: ctx.timeZone }).startOf(by);
  for (; at.toMillis() < to; at = at.plus({ [`${by}s`]: 1 })) {
    const own = { from: Math.max(from, at.toMillis()), to: Math.min(to, at.plus({ [`${by}s`]: 1 }).toMillis()) };
    const key = by === "month" ? at.toFormat("yyyy-MM") : at.toFormat("yyyy-MM-dd");
    const label = by === "week" ? formatSpan(new Date(own.from), new Date(own.to), ctx.timeZone, language) : key;
    if (own.to > own.from) out.push({ ...own, key, label });
  }
  return out;
}

/** Buckets that can still be read: days up to a fortnight, weeks up to a quarter, else months. */
export function usualBucket({ from, to }: Interval): Exclude<OeeBy, "machine"> {
  const days = (to - from) / 86_400_000;
  return days <= 16 ? "day" : days <= 100 ? "week" : "month";
}
