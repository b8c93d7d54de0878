import { z } from "zod";

// Shapes that every part of the description uses.

export const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/u, "an id of letters, digits, dots and hyphens");
export const bilingual = z.strictObject({ ko: z.string().min(1), en: z.string().min(1) });
/** Variants of one text; where English is absent, Korean serves both. */
export const variants = z.strictObject({
  ko: z.array(z.string().min(1)).min(1),
  en: z.array(z.string().min(1)).optional(),
});
/** [low, high] */
export const range = z.tuple([z.number(), z.number()]).refine(([low, high]) => low <= high, "low first, then high");
export const limit = z
  .strictObject({ above: z.number().optional(), below: z.number().optional() })
  .refine((each) => each.above !== undefined || each.below !== undefined, "needs above, below or both");
export const fraction = z.number().min(0).max(1);
export const severity = z.enum(["critical", "major", "minor"]);

export type Bilingual = z.infer<typeof bilingual>;
export type Variants = z.infer<typeof variants>;
export type Range = z.infer<typeof range>;
export type Limit = z.infer<typeof limit>;
