import { z } from "zod";

// How long single readings are kept; after that only each hour's summary stays. Where nothing is said, all are kept.

const patterns = z.array(z.string().min(1)).min(1);

export const retentionRule = z
  .strictObject({
    /** Of tags of these sources; ids and globs with * and ?. */
    sources: patterns.optional(),
    tags: patterns.optional(),
    keep_days: z.number().min(1, "must be at least 1").max(36_500),
  })
  .refine(({ sources, tags }) => sources ?? tags, 'says nothing of which tags: name sources or tags ("*" is all)');

/** The first rule that fits a tag holds for it. */
export const retentionSettings = z.array(retentionRule);
export type RetentionRule = z.infer<typeof retentionRule>;
