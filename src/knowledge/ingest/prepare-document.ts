import { cardAsDocument } from "../cards/card-document.ts";
import { parseCard } from "../cards/parse-card.ts";
import type { Card } from "../card.ts";
import { isGlossary, parseGlossary } from "../glossary/parse-glossary.ts";
import type { GlossaryTerm } from "../glossary/parse-glossary.ts";
import type { DocumentTrust } from "../knowledge.ts";
import type { GivenMetadata } from "../load/describe-document.ts";
import { loadDocument } from "../load/load-file.ts";
import type { LoadedDocument } from "../load/loaded-document.ts";
import type { Paging, ReaderInput } from "../load/reader.ts";
import { alarmEntriesOf } from "../structure/alarm-entries.ts";
import type { ExtractedEntry } from "../structure/alarm-entries.ts";
import { chunkDocument } from "../structure/chunk-document.ts";
import type { Chunk } from "../structure/chunk.ts";
import { safetySpansOf } from "../structure/safety-text.ts";
import { trustOf } from "../structure/trust-of.ts";
import type { SafetySpan } from "../structure/safety-text.ts";

export type PreparedDocument = {
  document: LoadedDocument;
  trust: DocumentTrust;
  chunks: Chunk[];
  entries: ExtractedEntry[];
  safety: SafetySpan[];
  card: Omit<Card, "documentId" | "path"> | null;
  glossary: GlossaryTerm[];
};

/** How a file is read: which other files it may ask for, and how its pages are gone through. */
export type ReadingOptions = { sibling?: ReaderInput["sibling"]; paging?: Paging };

/** Everything that a file becomes, without touching the database. Throws a sentence for a bad file. */
export async function prepareDocument(
  path: string,
  bytes: Uint8Array,
  given: GivenMetadata = {},
  { sibling, paging }: ReadingOptions = {},
): Promise<PreparedDocument> {
  const document = await loadDocument(path, bytes, sibling, given, paging);
  const nothing = { chunks: [], entries: [], safety: [], card: null, glossary: [] };
  if (isGlossary(path, bytes))
    return {
      ...nothing,
      document: { ...document, kind: "glossary" },
      trust: "reference",
      glossary: parseGlossary(bytes),
    };
  if (document.kind === "card") {
    const card = parseCard(document);
    const published = card.status === "published";
    const shown = cardAsDocument(card, document);
    const trust = published ? "reviewed" : "reference";
    return { ...nothing, document: shown, trust, card, chunks: published ? chunkDocument(shown) : [] };
  }
  const chunks = chunkDocument(document);
  return {
    document,
    trust: trustOf(document),
    chunks,
    entries: alarmEntriesOf(document, given.knownModels),
    safety: safetySpansOf(document, chunks),
    card: null,
    glossary: [],
  };
}

/**
 * What is tokenised and embedded for a chunk: where it stands, then what it says. Its own heading stands three times:
 * a section named after the subject is about it, though a table elsewhere may name it more often.
 */
export function indexedText(document: { title: string }, chunk: Pick<Chunk, "headings" | "text">): string {
  const headings = chunk.headings[0] === document.title ? chunk.headings : [document.title, ...chunk.headings];
  const own = headings.length > 1 ? `${headings.at(-1)}\n${headings.at(-1)}\n` : "";
  return `${headings.join("\n")}\n${own}${chunk.text}`;
}
