import type { PageOrigin, ReadDocument } from "./loaded-document.ts";

// Reader: makes text and blocks of one format. Most read a file at once; those of paged formats read page by page, so
// that long work can be taken up at the page where it stopped.

export type ReaderInput = {
  /** File name without its extension. */
  name: string;
  bytes: Uint8Array;
  /** Another file, by its path relative to this one's folder; null where there is none or it lies outside. */
  sibling(path: string): Promise<Uint8Array | null>;
  /** Reads what is attached to a file, by its own kind; null where that is not of a kind read at once. */
  readInside?(path: string, bytes: Uint8Array): Promise<ReadDocument | null>;
};

/** Throws `invalid_input` with a sentence where the file can't be read. */
export type WholeReader = {
  format: string;
  read(input: ReaderInput): ReadDocument | Promise<ReadDocument>;
};

/** What was read from one page, before the whole is known. Plain JSON: it is kept while a long file is read. */
export type RawPage = { number: number; origin: PageOrigin; notices: string[] } & Record<string, unknown>;

export type PagedFile = {
  pageCount: number;
  title: string | null;
  /** Pages count from 1. A page that can't be read resolves as `unread` with a notice. */
  readPage(number: number, signal?: AbortSignal): Promise<RawPage>;
  /** A page that is not to be tried, in this format's own shape. */
  unreadPage?(number: number, why: string): RawPage;
  close(): Promise<void>;
};

/** What the caller knows of a long file's pages, and wants to be told while it is read. */
export type Paging = {
  /** Pages read before, by number. */
  staged: ReadonlyMap<number, RawPage>;
  /** Pages that are not to be tried again, with a sentence that says why. */
  givenUp: ReadonlyMap<number, string>;
  opened(pageCount: number): void;
  reading(number: number): void;
  read(page: RawPage): void;
  signal?: AbortSignal;
};

export type PagedReader = {
  format: string;
  open(input: ReaderInput): Promise<PagedFile>;
  /** Headings, columns, running heads and tables are settled over all pages. Pure. */
  assemble(title: string | null, pages: RawPage[]): ReadDocument;
};

export type Reader = WholeReader | PagedReader;

export const isPaged = (reader: Reader): reader is PagedReader => "open" in reader;
