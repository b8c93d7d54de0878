import { z } from "zod";
import { sourceShape, tagShape } from "../sensors/tag-settings.ts";
import { timeZoneName } from "../site/source-shape.ts";

// What the site file says of every collector, whatever it listens to.

/** Spread into the settings of every collector. */
export const collectorShape = {
  ...sourceShape,
  /** IANA zone of times that are written without one; the plant's where absent. */
  time_zone: timeZoneName.optional(),
  timeout_ms: z.number().int().min(100).max(120_000).default(5_000),
  /** What is heard within this span is written together. */
  batch_ms: z.number().int().min(10).max(10_000).default(200),
  batch_readings: z.number().int().min(1).max(50_000).default(1_000),
};

/** Spread into the settings of collectors that find tags by themselves. */
export const discoveryShape = {
  /** What is known of tags beyond what the source says; `id` as the source's data make it. */
  tags: z.array(z.strictObject(tagShape)).default([]),
  /** false: only the tags of `tags` are kept. */
  discover: z.boolean().default(true),
  most_tags: z.number().int().min(1).max(100_000).default(5_000),
  /** A time further ahead of ours than this is the sender's wrong clock: then the time of receipt stands. */
  clock_tolerance_s: z.number().min(1).max(86_400).default(300),
};

/** Adds a fault to each id that stands there twice. */
export function checkUniqueTags(tags: { id: string }[], context: z.core.$RefinementCtx): void {
  const ids = tags.map((one) => one.id);
  ids.forEach((id, at) => {
    if (ids.indexOf(id) < at)
      context.addIssue({ code: "custom", path: ["tags", at, "id"], message: `"${id}" is there twice; remove one` });
  });
}
