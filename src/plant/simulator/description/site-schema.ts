import { z } from "zod";
import { bilingual, id, limit, range, severity } from "./words.ts";

// The plant as it stands: site, hierarchy, machines, people, and what each model measures and reports.

export const site = z.strictObject({
  id,
  name: z.string(),
  title: z.string(),
  time_zone: z.string().refine((zone) => isTimeZone(zone), "an IANA time zone such as Asia/Seoul"),
  shifts: z.array(z.strictObject({ id, name: bilingual, start: z.string(), end: z.string() })),
  history: z.strictObject({
    /** Alarms, work orders and stops reach back so far. */
    months: z.number().positive(),
    readings_days: z.number().positive(),
    /** Job orders, lots and inspections. */
    orders_days: z.number().positive(),
    orders_ahead_days: z.number().positive(),
  }),
});

export const area = z.strictObject({ id, name: bilingual, aliases: z.array(z.string()).default([]) });
export const workCenter = area.extend({ area: id });

export const machine = z.strictObject({
  id,
  model: id,
  work_center: id,
  name: bilingual,
  aliases: z.array(z.string()).min(1),
  criticality: z.enum(["A", "B", "C"]),
  /** What it makes, in turn; utilities make nothing. */
  products: z.array(id).default([]),
  /** Hours between an order's planned end and its due date, in turn. */
  due_slack_hours: z.array(z.number()).default([24]),
});

export const person = z.strictObject({
  id,
  name: z.string(),
  role: z.string(),
  skills: z.array(id),
  phone: z.string().optional(),
  leaves: z.iso.date().optional(),
  language: z.enum(["ko", "en"]).default("ko"),
});

export const tag = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]*$/u, "snake_case"),
  label: bilingual,
  aliases: z.array(z.string()),
  unit: z.string(),
  normal: range,
  warning: limit.optional(),
  alarm: limit,
  every_seconds: z.number().int().min(5),
  decimals: z.number().int().min(0).max(4),
  /** Mean while the machine runs. */
  running: z.number(),
  /** Mean while it stands; absent: it sends nothing then. */
  idle: z.number().optional(),
  /** Amplitude of the daily cycle, warmest in the afternoon. */
  daily: z.number().min(0).default(0),
  /** Standard deviation of the noise, cut at three. */
  noise: z.number().min(0),
  /** Time constant after a start or a stop. */
  settles_minutes: z.number().min(0).default(0),
  /** For what is used up and topped up: falls from `top` to `bottom` in so many days, again and again. */
  refill: z.strictObject({ top: z.number(), bottom: z.number(), days: z.number().positive() }).optional(),
});

export const alarm = z.strictObject({ code: z.string(), message: bilingual, severity });

export const model = z.strictObject({
  id,
  class: z.string(),
  maker: z.string(),
  year: z.number().int(),
  /** Without a network there are no readings, and alarms are written down by hand. */
  network: z.boolean(),
  tags: z.array(tag).default([]),
  alarms: z.array(alarm).min(1),
});

export type Site = z.infer<typeof site>;
export type Machine = z.infer<typeof machine>;
export type Person = z.infer<typeof person>;
export type TagDescription = z.infer<typeof tag>;
export type AlarmDescription = z.infer<typeof alarm>;
export type Model = z.infer<typeof model>;

function isTimeZone(zone: string): boolean {
  try {
    return Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
