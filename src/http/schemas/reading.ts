import { z } from "zod";
import { named } from "../schema.ts";

/** What this server reads of documents, and how far it is with those it has. */
export type ReadingStatus = {
  /** "pdf", "docx" … */
  formats: string[];
  ocr: {
    available: boolean;
    /** "tesseract 5.3.0"; null where there is none. */
    tool: string | null;
    /** Of its data, as it calls them: "kor", "eng". */
    languages: string[];
    /** What to install. */
    fix: string | null;
  };
  pages: number;
  /** Pages without text: scans that nothing could read. */
  unreadPages: number;
  documentsWithUnread: number;
  /** Passages with a vector of the embedder that is set, of all; `serving`: whose vectors answer meanwhile. */
  embedded: { model: string; done: number; total: number; serving: string | null };
};

export const readingStatus: z.ZodType<ReadingStatus> = named(
  "ReadingStatus",
  z.object({
    formats: z.array(z.string()),
    ocr: z.object({
      available: z.boolean(),
      tool: z.string().nullable(),
      languages: z.array(z.string()),
      fix: z.string().nullable(),
    }),
    pages: z.number(),
    unreadPages: z.number(),
    documentsWithUnread: z.number(),
    embedded: z.object({ model: z.string(), done: z.number(), total: z.number(), serving: z.string().nullable() }),
  }),
);
