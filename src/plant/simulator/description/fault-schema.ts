import { z } from "zod";
import { bilingual, fraction, id, range, variants } from "./words.ts";

// One entry per fault. Progress runs from 0 (onset) to 1 (the stop). A fault develops over days; its tags drift, its
// alarms come where a drift crosses its limit; then the machine stops. It either waits for the repair, or limps: it runs
// on gently, relapses now and then, and makes scrap. The repair closes a work order.

/** The tag moves from its healthy value towards `to`: healthy + (to − healthy) · ((progress − from) / (1 − from))^power. */
export const drift = z.strictObject({
  tag: z.string(),
  to: z.number(),
  from: fraction.default(0),
  power: z.number().positive().default(2),
  /** The drift shows while the machine stands, too. */
  standing: z.boolean().default(false),
});

/** With `tag`: where its drift crosses the alarm limit, or `level`. Without: at a given progress. */
const faultAlarm = z
  .strictObject({
    code: z.string(),
    tag: z.string().optional(),
    level: z.number().optional(),
    at: fraction.optional(),
    group: z.enum(["alarm", "warning"]).default("alarm"),
    /** How often it comes again before the stop. */
    repeats: z.number().int().min(0).default(0),
  })
  .refine((each) => (each.tag === undefined) !== (each.at === undefined), "needs either tag or at");

/** Measured values shift and spread, and a defect grows more frequent, from a progress on; from 1: only while limping. */
const qualityEffect = z.strictObject({
  from: fraction,
  characteristic: z.string().optional(),
  shift: z.number().default(0),
  spread: z.number().min(1).default(1),
  defect: id.optional(),
  rate: fraction.default(0),
});

export const solver = z.strictObject({ person: id, minutes: range, share: z.number().positive().default(1) });

/** An attempt before the real repair that did not hold. */
export const misstep = z.strictObject({
  person: id,
  chance: fraction,
  at: fraction,
  minutes: range,
  cause: variants,
  remedy: variants,
});

export const fault = z.strictObject({
  id,
  machine: id,
  component: z.string(),
  name: bilingual,
  code: id,
  /** How often in the history, without the one that is under way. */
  times: z.number().int().min(0),
  /** Once each on a sister machine. */
  elsewhere: z.array(id).default([]),
  /** Months of the year in which it happens. */
  months: z.array(z.number().int().min(1).max(12)).optional(),
  /** When the newest repair was, so that the readings still show it. */
  last_days_ago: z.number().positive().optional(),
  /** Under way now: the machine stopped so many hours ago and limps since; repaired so many hours after that stop. */
  ongoing: z
    .strictObject({ hours_ago: z.number().positive(), repaired_after_hours: z.number().positive(), note: variants })
    .optional(),
  develops_days: range,
  drifts: z.array(drift).default([]),
  alarms: z.array(faultAlarm).default([]),
  limps: z
    .strictObject({
      hours: range,
      /** Share of the deviation that is left when it runs gently. */
      eased: fraction,
      relapse_hours: z.number().positive(),
      cooldown_minutes: z.number().positive(),
    })
    .optional(),
  quality: z.array(qualityEffect).default([]),
  waits_minutes: range,
  solvers: z.array(solver).min(1),
  crew: z.number().int().positive().default(1),
  missteps: z.array(misstep).default([]),
  parts: z.array(id).default([]),
  priority: z.number().int().min(1).max(5),
  /** May begin while the server runs, in minutes instead of days. */
  live: z.boolean().default(false),
  texts: z.strictObject({ description: variants, cause: variants, remedy: variants }),
});

export type Drift = z.infer<typeof drift>;
export type FaultAlarm = z.infer<typeof faultAlarm>;
export type QualityEffect = z.infer<typeof qualityEffect>;
export type Fault = z.infer<typeof fault>;
