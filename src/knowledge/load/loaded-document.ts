import type { Language } from "../../core/context.ts";
import type { DocumentKind, PageOrigin } from "../knowledge.ts";

// What every reader makes of a file: one text, and blocks that point into it. A block's text is text.slice(start, end).

export type BlockType = "heading" | "paragraph" | "list" | "table" | "code" | "quote";

/** A row of a table or an item of a list, with its place in the document's text. */
export type BlockPart = { cells: string[]; start: number; end: number };

export type Block = {
  type: BlockType;
  start: number;
  end: number;
  page: number | null;
  /** Titles of the sections around it, outermost first; for a heading its own comes last. */
  headings: string[];
  /** Heading level, 1 to 6. */
  level?: number;
  /** Table: header first, cells without markup. List: one cell an item. */
  parts?: BlockPart[];
  /** Where the table's header ends (the delimiter row of Markdown included). */
  headerEnd?: number;
  ordered?: boolean;
};

export type { PageOrigin } from "../knowledge.ts";

/** A line of text and where it stands on its page: left, top, width, height as shares of the page, 0 to 1. */
export type PageLine = { start: number; end: number; box: [left: number, top: number, width: number, height: number] };

export type LoadedPage = {
  /** Where the page's text starts in the document's. */
  start: number;
  origin: PageOrigin;
  /** Of the sheet, in points; null where there is no picture of it. */
  size: { width: number; height: number } | null;
  lines: PageLine[];
};

export type LoadedDocument = {
  path: string;
  title: string;
  format: string;
  language: Language;
  kind: DocumentKind;
  models: string[];
  equipmentIds: string[];
  revision: string | null;
  date: string | null;
  approved: boolean;
  translationOf: string | null;
  /** Editions that it says it replaces: ids, paths, file names or titles. */
  supersedes: string[];
  /** Roles that may see it, where its metadata says so. */
  audience: string[] | null;
  /** Everything of the front matter, for cards. */
  attributes: Record<string, unknown>;
  text: string;
  blocks: Block[];
  /** In order; null for formats without pages. */
  pages: LoadedPage[] | null;
  /** Other files that were read into it, relative to its folder: included text. */
  reads: string[];
  /** What was changed or left out while reading, as sentences. */
  notices: string[];
};

/** A reader returns this; metadata is settled by `load-file.ts`. */
export type ReadDocument = {
  text: string;
  blocks: Block[];
  title: string | null;
  attributes?: Record<string, unknown>;
  notices?: string[];
  pages?: LoadedPage[];
  reads?: string[];
};

/** Keeps the path of headings while blocks arrive in order. */
export function createHeadingTrail(): { enter(level: number, title: string): string[]; path(): string[] } {
  let trail: { level: number; title: string }[] = [];
  return {
    enter(level, title) {
      trail = trail.filter((heading) => heading.level < level);
      trail.push({ level, title });
      return trail.map((heading) => heading.title);
    },
    path: () => trail.map((heading) => heading.title),
  };
}
