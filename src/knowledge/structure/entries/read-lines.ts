import type { Block, LoadedDocument } from "../../load/loaded-document.ts";
import { plain } from "../../load/read-markdown.ts";

/** A line of a paragraph or an item of a list, without its marks. */
export type Line = { text: string; start: number; end: number; block: Block; bold: boolean };

const mark = /^(?:[>\s]*(?:[-*+•·▪■□◦○●※]|\(?\d{1,2}[.)]|[①-⑳])\s+|[>\s]+)/;

/** Lines of paragraphs and quotes, and items of lists, in order. A line's place is that in the document's text. */
export function readLines(document: LoadedDocument): Line[] {
  return document.blocks.flatMap((block) => {
    if (block.type === "list" && block.parts)
      return block.parts.map(({ start, end }) => asLine(document.text.slice(start, end), start, block));
    if (block.type !== "paragraph" && block.type !== "quote") return [];
    const lines: Line[] = [];
    let at = block.start;
    for (const text of document.text.slice(block.start, block.end).split("\n")) {
      for (const [from, to] of apart(text)) lines.push(asLine(text.slice(from, to), at + from, block));
      at += text.length + 1;
    }
    return lines;
  });
}

const inlineLabel =
  /(?<=\s)(?:\*\*|__)?(?:(?:possible|probable|common)\s+causes?|causes?|remed(?:y|ies)|(?:corrective\s+|immediate\s+)?actions?|countermeasures?|solutions?|description|meaning|(?:추정\s*|발생\s*)?원인|조치(?:\s*(?:방법|사항))?|대책|처치|처리\s*방법|해결\s*방법|내용|의미)(?:\*\*|__)?\s*[:：](?=\s|\*|[^\s\d:])/giu;

/** A paragraph set in one piece: "E-05 Motor overload. Cause: … Remedy: …" is three lines. */
function apart(text: string): [from: number, to: number][] {
  if (text.trim() === "") return [];
  const starts = [0, ...Array.from(text.matchAll(inlineLabel), (match) => match.index)];
  return starts.map((from, index) => [from, starts[index + 1] ?? text.length]);
}

const longestLine = 2_000;

function asLine(whole: string, start: number, block: Block): Line {
  const raw = whole.slice(0, longestLine);
  const bare = block.type === "list" || /^[>\s]*[-*+•·▪■□◦○●※]\s/.test(raw) ? raw.replace(mark, "") : raw.trim();
  const bold = /^(?:\*\*|__)/.test(bare);
  return { text: plain(bare), start, end: start + whole.trimEnd().length, block, bold };
}
