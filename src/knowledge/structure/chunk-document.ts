import type { LoadedDocument } from "../load/loaded-document.ts";
import { languageOf } from "../text/language.ts";
import type { Chunk } from "./chunk.ts";
import { cut, wantedLength } from "./cut-text.ts";
import { piecesOf } from "./pieces.ts";
import type { Piece } from "./pieces.ts";

/**
 * Passages by headings; tables whole where they fit, else by rows with the header again; steps never torn apart, a
 * warning with the step that it stands before.
 */
export function chunkDocument(document: LoadedDocument): Chunk[] {
  const chunks: Chunk[] = [];
  let open: Piece[] = [];
  const close = () => {
    if (open.length > 0) chunks.push(chunkOf(open, chunks.length, document));
    open = [];
  };
  for (const piece of piecesOf(document)) {
    const first = open[0];
    if (first && (!sameSection(first, piece) || (first.kind === "contents") !== (piece.kind === "contents"))) close();
    else if (first && (piece.header !== "" || piece.end - first.start > wantedLength)) {
      const waiting = piece.header === "" ? waitingOf(open) : [];
      open = open.slice(0, open.length - waiting.length);
      close();
      open = waiting;
    }
    open.push(piece);
    if (piece.header !== "") close();
  }
  close();
  if (chunks.length === 0) chunks.push(...wholeText(document));
  return chunks;
}

/** The last pieces of a passage that belong to what comes next; none where that would be all of it. */
function waitingOf(open: Piece[]): Piece[] {
  const from = open.findLastIndex((piece) => !piece.leadsOn) + 1;
  const waiting = open.slice(from);
  const length = waiting.length === 0 ? 0 : waiting.at(-1)!.end - waiting[0]!.start;
  return length > wantedLength / 2 ? [] : waiting;
}

function chunkOf(pieces: Piece[], ordinal: number, document: LoadedDocument): Chunk {
  const first = pieces[0]!;
  const end = pieces.at(-1)!.end;
  const body = document.text.slice(first.start, end);
  const kinds = new Set(pieces.map((piece) => piece.kind));
  const kind = kinds.has("steps") ? "steps" : kinds.has("table") ? "table" : kinds.size === 1 ? first.kind : "text";
  return {
    ordinal,
    headings: first.headings,
    kind,
    text: first.header + body,
    start: first.start,
    end,
    page: document.pages ? pageAt(document.pages, first.start) : first.page,
    language: body.length > 80 ? languageOf(body) : document.language,
    safety: pieces.some((piece) => piece.safety),
  };
}

/** A long paragraph may begin on one page and be cut on the next. */
function pageAt(pages: { start: number }[], position: number): number {
  let [low, high] = [0, pages.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (pages[middle]!.start <= position) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

function sameSection(a: Piece, b: Piece): boolean {
  return a.headings.length === b.headings.length && a.headings.every((title, index) => title === b.headings[index]);
}

/** A document of headings only is still worth finding. */
function wholeText(document: LoadedDocument): Chunk[] {
  const base = { headings: [], page: null, header: "", kind: "text" as const, safety: false, leadsOn: false };
  return cut(document.text, 0, document.text.trimEnd().length).map((part, ordinal) =>
    chunkOf([{ ...base, ...part }], ordinal, document),
  );
}
