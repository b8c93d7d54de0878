import { createHash } from "node:crypto";
import type { Ctx } from "../../core/context.ts";
import type { FileVerdict, Knowledge } from "../knowledge.ts";
import type { Metadata } from "../load/metadata.ts";
import type { ReadingResult } from "./reading-messages.ts";
import type { ReadingThread } from "./reading-thread.ts";
import type { SiblingRead } from "./siblings.ts";

export type FileTask = {
  ordinal: number;
  path: string;
  root: string;
  /** Empty for what came by a door. */
  file: string;
  storedFile: string | null;
};

export type ReadingJob = {
  ctx: Ctx;
  knowledge: Knowledge;
  thread: ReadingThread;
  audience: string[] | undefined;
  /** What a person said at the start of the job. */
  metadata: Metadata;
  mayApprove: boolean;
  knownModels: string[];
  /** Folders that others may fill: a file of one reads nothing beside it. */
  keptFolders: string[];
  /** Whether what was read of a file serves another process, once the signal is aborted. */
  isTakenUpAgain(): boolean;
  /** Reserves chunk ids side by side; resolves with the first. */
  takeIds(chunks: number): Promise<number>;
  /** How far a long file is; kept in the database. */
  onPages(task: FileTask, pages: number, done: number): Promise<void>;
};

export type Verdict = {
  verdict: FileVerdict;
  reason: string | null;
  notices: string[];
  documentId: string | null;
  chunks: number;
  entries: number;
  pages: number | null;
  unreadPages: number;
};

/** A file that was read and is to be written. */
export type ReadFile = {
  task: FileTask;
  documentId: string;
  bytes: Buffer;
  bytesHash: string;
  hash: string;
  audience: string[];
  overrides: Metadata;
  before: Before | null;
  result: ReadingResult;
  /** Under which its staged pages stand. */
  pagesKey: string;
};

export type Before = {
  file: string;
  content_hash: string;
  chunk_count: number;
  entry_count: number;
  pages: number | null;
  unread_pages: number;
  original: string | null;
  overrides: Metadata;
  reads: SiblingRead[];
};

export const noVerdict: Omit<Verdict, "verdict"> = {
  reason: null,
  notices: [],
  documentId: null,
  chunks: 0,
  entries: 0,
  pages: null,
  unreadPages: 0,
};

/** The same path is the same document for good, so that citations survive a new reading. */
export const documentIdOf = (path: string): string =>
  `d${createHash("sha256").update(path).digest("hex").slice(0, 14)}`;
