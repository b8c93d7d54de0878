import type { ErrorCode } from "../../core/errors.ts";
import type { GivenMetadata } from "../load/describe-document.ts";
import type { IndexedDocument } from "./index-document.ts";
import type { Place, SiblingRead } from "./siblings.ts";

// What the reading thread is told, and what it says. One file at a time.

export type ReadingRequest = {
  /** To be stored. */
  path: string;
  bytes: Uint8Array;
  /** Null for a file that came by a door. */
  place: Place | null;
  given: GivenMetadata;
  /** Pages read before, as JSON. */
  staged: [number: number, page: string][];
  givenUp: [number: number, why: string][];
  /** The vector space wanted; the thread fills it where that is the one built in. */
  embedder: string;
};

export type ToReadingThread =
  | { type: "read"; request: ReadingRequest }
  | { type: "numbered"; firstChunk: number }
  | { type: "stop" };

export type ReadingResult = {
  indexed: IndexedDocument;
  reads: SiblingRead[];
  /** One after another, `dimension` numbers each; null where another embedder is wanted, which gets `texts`. */
  vectors: Float32Array | null;
  texts: string[] | null;
};

export type FromReadingThread =
  | { type: "started" }
  | { type: "opened"; pages: number }
  | { type: "reading"; page: number }
  | { type: "page"; page: number; json: string }
  /** It waits for that many ids. */
  | { type: "chunked"; chunks: number }
  | { type: "done"; result: ReadingResult }
  | { type: "failed"; code: ErrorCode; message: string; fix: string | undefined };
