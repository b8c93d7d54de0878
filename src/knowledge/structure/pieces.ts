import type { Block, LoadedDocument } from "../load/loaded-document.ts";
import type { Chunk } from "./chunk.ts";
import { isContents } from "./contents.ts";
import { cut, gather, longestChunk, wantedLength } from "./cut-text.ts";
import { isSafetyBlock, isSignalWord, safetyTopicOf } from "./safety-text.ts";
import { isStep, stepsOf } from "./step-marks.ts";

/** What is never cut further: a paragraph, a short table, some steps, rows of a long table. */
export type Piece = {
  start: number;
  end: number;
  kind: Chunk["kind"];
  headings: string[];
  page: number | null;
  safety: boolean;
  /** A table's header, for the later parts of a long one. */
  header: string;
  /** Belongs to what follows: a warning before a step, "Proceed as follows:". */
  leadsOn: boolean;
};

/** A title longer than this is a paragraph that looks like one. */
const longestTitle = 200;
/** A step is not torn unless it is a page of its own. */
const longestStep = 3_600;

export function piecesOf(document: LoadedDocument): Piece[] {
  return document.blocks.flatMap((block, index) => {
    if (block.type !== "heading") return ofBlock(block, document);
    const next = document.blocks[index + 1];
    const isLeaf = !next || (next.type === "heading" && (next.level ?? 9) <= (block.level ?? 1));
    const isText = block.end - block.start > longestTitle;
    // A title with nothing below it, or one too long to be one, is found by its own words only.
    if (!isText && !isLeaf) return [];
    const headings = shortened(block.headings.slice(0, -1));
    return cut(document.text, block.start, block.end).map((part) => ({ ...plainPiece(block, headings), ...part }));
  });
}

const plainPiece = (block: Block, headings: string[]) => ({
  headings,
  page: block.page,
  header: "",
  kind: "text" as Chunk["kind"],
  safety: false,
  leadsOn: false,
});

export const shortened = (headings: string[]): string[] =>
  headings.map((title) => (title.length > longestTitle ? `${title.slice(0, longestTitle - 1).trimEnd()}…` : title));

function ofBlock(block: Block, document: LoadedDocument): Piece[] {
  const text = document.text.slice(block.start, block.end);
  const headings = shortened(block.headings);
  const base = {
    ...plainPiece(block, headings),
    safety: isSafetyBlock(text, headings) || safetyTopicOf(headings) !== null,
  };
  const whole = { ...base, start: block.start, end: block.end };
  if (isContents(text, headings))
    return cut(document.text, block.start, block.end).map((part) => ({
      ...base,
      ...part,
      kind: "contents" as const,
      safety: false,
    }));
  if (block.type === "table") return ofTable(block, document, base);
  if (block.type === "list") {
    const kind = block.ordered || stepsOf(text).length > 0 ? ("steps" as const) : ("text" as const);
    if (text.length <= longestChunk) return [{ ...whole, kind }];
    return gather(block.parts ?? [], wantedLength)
      .flatMap((part) => cut(document.text, part.start, part.end, kind === "steps" ? longestStep : longestChunk))
      .map((part) => ({ ...base, ...part, kind }));
  }
  if (block.type === "code")
    return cut(document.text, block.start, block.end).map((part) => ({ ...base, ...part, kind: "code" as const }));
  const steps = stepsOf(text).map(({ start, end }) => ({ start: start + block.start, end: end + block.start }));
  if (steps.length > 0)
    return gather(steps, wantedLength)
      .flatMap((part) => cut(document.text, part.start, part.end, longestStep))
      .map((part) => ({ ...base, ...part, kind: "steps" as const }));
  const kind = isStep(text) ? ("steps" as const) : ("text" as const);
  const leadsOn = text.length < 600 && (isSafetyBlock(text) || isSignalWord(text) || /[:：]$/.test(text.trim()));
  return cut(document.text, block.start, block.end).map((part) => ({ ...base, ...part, kind, leadsOn }));
}

function ofTable(block: Block, document: LoadedDocument, base: ReturnType<typeof plainPiece>): Piece[] {
  if (block.end - block.start <= longestChunk) return [{ ...base, start: block.start, end: block.end, kind: "table" }];
  const rows = (block.parts ?? []).slice(1);
  const header = document.text.slice(block.start, block.headerEnd ?? block.start) + "\n";
  return gather(rows, wantedLength - Math.min(header.length, 600)).map((part, index) => ({
    ...base,
    start: index === 0 ? block.start : part.start,
    end: part.end,
    kind: "table" as const,
    header: index === 0 ? "" : header,
  }));
}
