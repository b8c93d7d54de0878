import type { PageOrigin } from "../loaded-document.ts";
import type { RawPage } from "../reader.ts";

// What is kept of one page before the whole is known. Lengths are points as the page is shown (turned and cropped),
// from its upper left corner. Arrays instead of objects: a long manual has a million words.

/** A word with its left and right end. */
export type RawWord = [text: string, left: number, right: number];

/** Words that follow each other on one line of writing. */
export type Piece = {
  words: RawWord[];
  top: number;
  bottom: number;
  /** Of the font, in points as shown. */
  size: number;
  bold: boolean;
  mono: boolean;
  /** Written in another direction than the page: along a margin, or askew as watermarks are. */
  aside?: boolean;
};

/** A straight line that is drawn across or down. */
export type Rule = [left: number, top: number, right: number, bottom: number];

/** An entry of the document's outline that points to this page. */
export type OutlineEntry = { title: string; level: number };

export type RawPdfPage = RawPage & {
  width: number;
  height: number;
  /** A quarter turn (1 to 3) clockwise by which the writing of most of the page stands; words are turned back for it. */
  turn: number;
  pieces: Piece[];
  rules: Rule[];
  outline: OutlineEntry[];
  /** Nothing here can draw this page for a reader to look at. */
  noPicture?: true;
};

/** A page that could not be read, whatever the reason; `why` is a sentence. */
export function unreadPage(number: number, why: string, size = { width: 0, height: 0 }): RawPdfPage {
  return {
    number,
    origin: "unread" satisfies PageOrigin,
    notices: [why],
    ...size,
    turn: 0,
    pieces: [],
    rules: [],
    outline: [],
  };
}
