import type { Actor, Language } from "../../core/context.ts";
import type { DocumentKind, FileVerdict, Knowledge } from "../knowledge.ts";

// Ingestion job: files that are to be read, with a verdict for each as it falls. It outlives the process that works on
// it. Kept folder: one whose files are followed for good. Staged page: a page read before its whole file was.

export type IngestJobKind = "paths" | "upload" | "folder" | "reread";
export type IngestJobState = "waiting" | "working" | "done" | "failed" | "cancelled";

/** What a person says of the documents; it wins over what they say of themselves, and stays when they are read again. */
export type MetadataByHand = {
  title?: string;
  kind?: Exclude<DocumentKind, "card" | "glossary">;
  models?: string[];
  equipmentIds?: string[];
  revision?: string;
  /** YYYY-MM-DD */
  date?: string;
  language?: Language;
  approved?: boolean;
};

export type IngestInput = {
  kind: IngestJobKind;
  /** Files or folders of this machine; folders are walked. */
  paths: string[];
  /** Document paths are stored relative to it; the working directory or the given folder's parent otherwise. */
  root?: string;
  /** Files that came by a door, kept under these ids. */
  stored?: { name: string; id: string; bytes: number }[];
  /** Files that came by a door and can't be read, with the reason: they get their verdict with the others. */
  refused?: { name: string; reason: string }[];
  /** Documents of files below `paths` that are no longer there are removed. */
  prune?: boolean;
  /** Files that are no longer there: their documents are removed. */
  gone?: string[];
  /** The kept folder that the paths are of. */
  folder?: string;
  /** A document of the same path is replaced, wherever its file lies. */
  takesNames?: boolean;
  /** Roles that may see these documents; everyone unless told. */
  audience?: string[];
  metadata?: MetadataByHand;
};

export type IngestFile = {
  ordinal: number;
  path: string;
  bytes: number;
  /** Null while it waits or is read. */
  verdict: FileVerdict | null;
  /** Why it was skipped, failed or removed, as a sentence. */
  reason: string | null;
  notices: string[];
  documentId: string | null;
  chunks: number;
  entries: number;
  /** Null for formats without pages, and until the file is opened. */
  pages: number | null;
  pagesDone: number;
  /** Pages of which there is no text. */
  unreadPages: number;
};

export type IngestJob = {
  id: string;
  kind: IngestJobKind;
  state: IngestJobState;
  /** What it was asked to read: paths or names. */
  names: string[];
  actor: Pick<Actor, "id" | "name">;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** Why the whole job failed. */
  error: string | null;
  filesDone: number;
  /** Null until its folders are walked. */
  filesTotal: number | null;
  /** Of all files, as they were when they were found. */
  bytesTotal: number;
  pagesDone: number;
  /** Of the files opened so far. */
  pagesTotal: number;
  counts: Record<FileVerdict, number>;
  chunks: number;
  entries: number;
};

export type IngestJobWithFiles = IngestJob & { files: IngestFile[] };

/** What the ingestion verbs work on. */
export type IngestDeps = {
  knowledge: Knowledge;
  /** Has a stored job worked on, by this or another process. */
  enqueue(jobId: string): Promise<void>;
};

export const isEnded = (state: IngestJobState): boolean =>
  state === "done" || state === "failed" || state === "cancelled";
