import type { Block, BlockPart, LoadedDocument } from "../load/loaded-document.ts";
import { languageOf } from "../text/language.ts";
import type { Chunk } from "./chunk.ts";
import { isSafetyBlock, safetyTopicOf } from "./safety-text.ts";

/** About a screenful: long enough to answer, short enough to be read and to rank sharply. */
const wantedLength = 1200;
const longest = 1800;

type Piece = {
  start: number;
  end: number;
  kind: Chunk["kind"];
  headings: string[];
  page: number | null;
  safety: boolean;
  header: string;
};

/** Passages by headings; tables whole where they fit, else by rows with the header again; steps never torn apart. */
export function chunkDocument(document: LoadedDocument): Chunk[] {
  const pieces = document.blocks.flatMap((block) => piecesOf(block, document));
  const chunks: Chunk[] = [];
  let open: Piece[] = [];
  const close = () => {
    if (open.length > 0) chunks.push(chunkOf(open, chunks.length, document));
    open = [];
  };
  for (const piece of pieces) {
    const first = open[0];
    if (first && (!sameSection(first, piece) || piece.header !== "" || piece.end - first.start > wantedLength)) close();
    open.push(piece);
    if (piece.header !== "") close();
  }
  close();
  if (chunks.length === 0) chunks.push(...wholeText(document));
  return chunks;
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
    page: first.page,
    language: body.length > 80 ? languageOf(body) : document.language,
    safety: pieces.some((piece) => piece.safety),
  };
}

function piecesOf(block: Block, document: LoadedDocument): Piece[] {
  const { text } = document;
  const base = { headings: block.headings, page: block.page, header: "" };
  const safety = isSafetyBlock(text.slice(block.start, block.end)) || safetyTopicOf(block.headings) !== null;
  if (block.type === "heading") return [];
  const whole = block.end - block.start;
  if (block.type === "table") {
    if (whole <= longest) return [{ ...base, start: block.start, end: block.end, kind: "table", safety }];
    const rows = (block.parts ?? []).slice(1);
    const header = text.slice(block.start, block.headerEnd ?? block.start) + "\n";
    return gather(rows, wantedLength - Math.min(header.length, 600)).map((part, index) => ({
      ...base,
      start: index === 0 ? block.start : part.start,
      end: part.end,
      kind: "table" as const,
      safety,
      header: index === 0 ? "" : header,
    }));
  }
  if (block.type === "list") {
    const kind = block.ordered ? ("steps" as const) : ("text" as const);
    if (whole <= longest) return [{ ...base, start: block.start, end: block.end, kind, safety }];
    return gather(block.parts ?? [], wantedLength)
      .flatMap((part) => cut(text, part.start, part.end))
      .map((part) => ({ ...base, ...part, kind, safety }));
  }
  const kind = block.type === "code" ? ("code" as const) : ("text" as const);
  return cut(text, block.start, block.end).map((part) => ({ ...base, ...part, kind, safety }));
}

/** Neighbouring parts joined up to a length. */
function gather(parts: BlockPart[], length: number): { start: number; end: number }[] {
  const groups: { start: number; end: number }[] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (last && part.end - last.start <= length) last.end = part.end;
    else groups.push({ start: part.start, end: part.end });
  }
  return groups;
}

/** Long text cut at the last line end, sentence end or blank before the limit. */
function cut(text: string, start: number, end: number): { start: number; end: number }[] {
  const parts: { start: number; end: number }[] = [];
  let from = start;
  while (end - from > longest) {
    const window = text.slice(from, from + wantedLength);
    const least = wantedLength / 2;
    const at = [window.lastIndexOf("\n"), lastSentenceEnd(window), window.lastIndexOf(" ")].find((one) => one > least);
    const to = from + (at === undefined ? evenCut(window) : at + 1);
    parts.push({ start: from, end: to });
    from = to;
  }
  if (from < end) parts.push({ start: from, end });
  return parts.filter((part) => text.slice(part.start, part.end).trim() !== "");
}

function lastSentenceEnd(window: string): number {
  let last = -1;
  for (const match of window.matchAll(/[.!?。](?=\s)/g)) last = match.index;
  return last;
}

/** Never between the halves of a surrogate pair. */
function evenCut(window: string): number {
  const code = window.charCodeAt(window.length - 1);
  return code >= 0xd800 && code <= 0xdbff ? window.length - 1 : window.length;
}

function sameSection(a: Piece, b: Piece): boolean {
  return a.headings.length === b.headings.length && a.headings.every((title, index) => title === b.headings[index]);
}

/** A document of headings only is still worth finding. */
function wholeText(document: LoadedDocument): Chunk[] {
  const base = { headings: [], page: null, header: "", kind: "text" as const, safety: false };
  return cut(document.text, 0, document.text.trimEnd().length).map((part, ordinal) =>
    chunkOf([{ ...base, ...part }], ordinal, document),
  );
}
