import { z } from "zod";
import type { PageText } from "../../knowledge/read-page.ts";
import { named } from "../schema.ts";
import { anchor, documentSummary, origin } from "./knowledge.ts";

const share = z.number();
const line = z.object({ start: z.number(), end: z.number(), box: z.tuple([share, share, share, share]) });

export const documentPage: z.ZodType<PageText> = named(
  "DocumentPage",
  z.object({
    document: documentSummary,
    number: z.number(),
    pages: z.number(),
    text: z.string(),
    start: z.number(),
    origin,
    size: z.object({ width: z.number(), height: z.number() }).nullable(),
    picture: z.string().nullable(),
    lines: z.array(line),
    anchors: z.array(anchor),
  }),
);
