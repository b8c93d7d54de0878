import { z } from "zod";

// How long readings are kept as they came, and how long the roll-ups of each hour that then take their place. What is
// not said is kept for ever.

const patterns = z.array(z.string().min(1)).min(1);
const days = z.number().int().min(1).max(36_500);
const times = {
  raw_days: days.optional(),
  /** Hourly means, minima and maxima. */
  hourly_days: days.optional(),
};
type Times = { raw_days?: number | undefined; hourly_days?: number | undefined };
const inOrder = ({ raw_days: raw, hourly_days: hourly }: Times) =>
  hourly === undefined || (raw !== undefined && hourly >= raw);
const order = { path: ["hourly_days"], message: "must be at least raw_days, which must be there" };

const rule = z
  .strictObject({
    /** Of tags of these sources; ids and globs with * and ?. */
    sources: patterns.optional(),
    tags: patterns.optional(),
    ...times,
  })
  .refine((one) => one.sources ?? one.tags, "says nothing of which tags: name sources or tags")
  .refine(inOrder, order);

/** The first rule that fits a tag holds for it, else what is said for all. */
export const retentionSettings = z.strictObject({ ...times, rules: z.array(rule).optional() }).refine(inOrder, order);
export type RetentionSettings = z.output<typeof retentionSettings>;
