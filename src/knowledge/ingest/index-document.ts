import { familyOf } from "../editions/family-of.ts";
import { buildLiveSegment } from "../index/live-segment.ts";
import type { DocumentTrust } from "../knowledge.ts";
import type { LoadedDocument } from "../load/loaded-document.ts";
import { tokenize } from "../text/tokenize.ts";
import { rowsOf } from "./document-rows.ts";
import type { TableRows } from "./document-rows.ts";
import { indexedText } from "./prepare-document.ts";
import type { PreparedDocument } from "./prepare-document.ts";

/** What the documents table says of a document. */
export type DocumentFacts = Omit<LoadedDocument, "text" | "blocks" | "pages" | "attributes" | "reads"> & {
  trust: DocumentTrust;
  family: string;
  pages: number | null;
  unreadPages: number;
  /** A picture of its pages can be made from its file. */
  hasPictures: boolean;
  chunks: number;
  entries: number;
};

/** A document as it goes into the database: made by one thread, written by another. */
export type IndexedDocument = {
  facts: DocumentFacts;
  firstChunk: number;
  rows: TableRows[];
  segment: { data: Uint8Array; tokens: number };
};

/** The text of each chunk that is embedded. */
export const textsOf = (prepared: PreparedDocument): string[] =>
  prepared.chunks.map((chunk) => indexedText(prepared.document, chunk));

/** Pure. `firstChunk` is the first of as many reserved chunk ids as there are chunks. */
export function indexDocument(prepared: PreparedDocument, texts: string[], firstChunk: number): IndexedDocument {
  const chunks = texts.map((text, ordinal) => ({ chunkId: firstChunk + ordinal, terms: tokenize(text) }));
  return {
    facts: factsOf(prepared),
    firstChunk,
    rows: rowsOf(prepared, firstChunk),
    segment: buildLiveSegment(chunks),
  };
}

function factsOf({ document, trust, chunks, entries }: PreparedDocument): DocumentFacts {
  const { text: _text, blocks: _blocks, attributes: _attributes, reads: _reads, pages, ...described } = document;
  return {
    ...described,
    trust,
    family: familyOf(document),
    pages: pages?.length ?? null,
    unreadPages: pages?.filter((page) => page.origin === "unread").length ?? 0,
    hasPictures: pages?.some((page) => page.size !== null) ?? false,
    chunks: chunks.length,
    entries: entries.length,
  };
}
