import type { Language } from "../../core/context.ts";

/** A passage of a document, before it has a number. */
export type Chunk = {
  ordinal: number;
  headings: string[];
  /** contents: a table of contents or an index, which names everything and explains nothing. */
  kind: "text" | "table" | "steps" | "code" | "contents";
  /** The document's text of the span; a later part of a split table has the header before it. */
  text: string;
  start: number;
  end: number;
  page: number | null;
  language: Language;
  /** Contains lockout or warning text; safety text only where its document is approved. */
  safety: boolean;
};
