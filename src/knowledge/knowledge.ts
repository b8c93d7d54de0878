import type { Language } from "../core/context.ts";
import type { Trust } from "../core/evidence.ts";
import type { Database } from "../db/database.ts";
import type { Embedder } from "../llm/embeddings/embedder.ts";

// Document: one ingested file. Chunk: a passage of it with its headings, the unit of search. Entry: one coded item
// of an alarm, error, fault, setting or option list. Span: [start, end) characters in the document's text.
// Leg: one way of finding a chunk.

/** What every verb of knowledge works on. */
export type Knowledge = {
  database: Database;
  embedder: Embedder;
  /** The embedder of a space by its name, for questions while another space is being filled; null where unknown. */
  openEmbedder?: (name: string) => Embedder | null;
  /** Where `SUNBAE_RERANK` is on. */
  reranker?: Reranker;
};

/**
 * The places of passages (from 0) in a better order, all of them once; null where the order had better stay as it is.
 * Rejects only for a cancelled caller.
 */
export type Reranker = (
  question: string,
  passages: readonly { heading: string; text: string }[],
  signal?: AbortSignal,
) => Promise<number[] | null>;

export type DocumentKind = "manual" | "procedure" | "safety" | "card" | "glossary" | "reference";
export type DocumentTrust = Exclude<Trust, "record">;
export type Span = [start: number, end: number];
/** How a page's text came to be. Recognised text may be wrong in its figures; of an unread page there is none. */
export type PageOrigin = "text" | "ocr" | "unread";
export type SearchLeg = "identifier" | "bm25" | "vector";

export type CodeKind = "alarm" | "error" | "fault" | "warning" | "lamp" | "setting" | "option";

/** Which editions of a document count. */
export type Revisions = "in-force" | "all";

export type SearchFilters = {
  /** Machine models; plant-wide documents (no model) stay in. */
  models?: string[];
  /** Machines; documents of no machine in particular stay in. */
  equipmentIds?: string[];
  kinds?: DocumentKind[];
  language?: Language;
  documentIds?: string[];
  /** Paths or path prefixes ending in "/". */
  paths?: string[];
};

export type SearchInput = {
  query: string;
  /** Results wanted, 10 unless told, 200 at most. */
  k?: number;
  filters?: SearchFilters;
  /** At most one result a document. */
  documentsOnly?: boolean;
  /** Only these legs: for measuring one against the others. */
  legs?: SearchLeg[];
  /** Neighbouring passages to give on each side of every result; 0 unless told, 5 at most. */
  context?: number;
  /** Editions that a newer one has replaced are left out unless "all", or the query names one ("Rev B", "구판"). */
  revisions?: Revisions;
  /** Lets the chat model sort the first twenty: takes its seconds. Nothing where `SUNBAE_RERANK` is off or no model is. */
  rerank?: boolean;
};

export type SearchResult = {
  chunkId: number;
  documentId: string;
  path: string;
  title: string;
  page: number | null;
  /** The heading path, "Alarms › AL-05"; the title where there is none. */
  heading: string;
  text: string;
  /** Comparable within one answer only. */
  score: number;
  legs: SearchLeg[];
  span: Span;
  language: Language;
  kind: DocumentKind;
  models: string[];
  trust: DocumentTrust;
  safety: boolean;
  revision: string | null;
  /** Of the revision, ISO. */
  date: string | null;
  /** False for an edition that a newer one has replaced. */
  inForce: boolean;
  /** Of the pages that the passage stands on: "ocr" where one of them was recognised from a picture. */
  origin: PageOrigin;
  /** Passages that say the same elsewhere and were left out for it, best first. */
  duplicates: { documentId: string; path: string; title: string; page: number | null }[];
  /** The text around it in its document; null unless asked for. */
  context: { before: string; after: string } | null;
  /** How likely it answers, 0 to 1; 1 where an asked code is here. See `leastConfidence` in retrieve/confidence.ts. */
  confidence: number;
  /** Entries of the asked code in this chunk, best first. */
  entries: AlarmEntry[];
};

export type SearchAnswer = {
  results: SearchResult[];
  /** Legs that found anything. */
  legs: SearchLeg[];
  /** Codes read in the query, as written. */
  codes: string[];
  /** Words that no document has and that were read as others: say so. */
  corrections: { from: string; to: string }[];
  /** The edition that the query names, "B" or "older"; null where it names none. */
  revision: string | null;
};

export type AlarmEntry = {
  id: number;
  documentId: string;
  chunkId: number;
  path: string;
  title: string;
  heading: string;
  page: number | null;
  kind: CodeKind;
  /** As the document writes it. */
  code: string;
  codeNorm: string;
  /** A second number that the panel shows beside the code; the entry then is of that one only. */
  subCode: string | null;
  /** Of the row where it names some, else of the document. */
  models: string[];
  message: string;
  cause: string | null;
  remedy: string | null;
  severity: string | null;
  unit: string | null;
  /** The row, heading section or list item it was read from, verbatim. */
  text: string;
  span: Span;
  language: Language;
  trust: DocumentTrust;
  revision: string | null;
  date: string | null;
  inForce: boolean;
  /** Of its page: figures of recognised text may be wrong. */
  origin: PageOrigin;
  /**
   * exact: the code as written. number: only its number was asked for ("알람 5" for AL-05). other-kind: the asked kind
   * has no such code, but this is one of another kind ("error 18", and only some machine's alarm 18): say so.
   */
  match: "exact" | "number" | "other-kind";
};

export type LookUpCodeInput = {
  /** "AL-05", "al 5", "알람5번", "ALARM:2", "$110", "램프 3" … */
  code: string;
  kind?: CodeKind;
  /** Entries of these models (and of documents without a model) only. */
  models?: string[];
  /** Preferred, not required: entries in it come first. */
  language?: Language;
  /** Entries of superseded editions too; those in force unless told. */
  revisions?: Revisions;
};

export type FileVerdict = "added" | "updated" | "unchanged" | "skipped" | "failed" | "removed";

export type FileReport = {
  path: string;
  verdict: FileVerdict;
  /** Why a file was skipped, failed or removed, as a sentence. */
  reason?: string;
  /** What a reader should know though it was read, e.g. invisible characters removed. */
  notices: string[];
  documentId: string | null;
  chunks: number;
  entries: number;
  /** Null for formats without pages. */
  pages: number | null;
  unreadPages: number;
};

export type IngestReport = {
  jobId: string;
  files: FileReport[];
  added: number;
  updated: number;
  unchanged: number;
  skipped: number;
  failed: number;
  removed: number;
  chunks: number;
  entries: number;
  ms: number;
};

export type IngestProgress = { done: number; total: number; file: FileReport };

export type IngestPathsInput = {
  /** Files or folders; folders are walked. */
  paths: string[];
  /** Document paths are stored relative to it; the working directory or the given folder's parent otherwise. */
  root?: string;
  /** Roles that may see these documents; everyone unless told. */
  audience?: string[];
  /** Models of the plant's machines: what titles and headings may name. */
  knownModels?: string[];
  onProgress?: (progress: IngestProgress) => void;
};
