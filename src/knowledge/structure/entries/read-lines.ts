import type { Block, LoadedDocument } from "../../load/loaded-document.ts";
import { plain } from "../../load/read-markdown.ts";
import type { Line } from "./from-lines.ts";

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
      if (text.trim() !== "") lines.push(asLine(text, at, block));
      at += text.length + 1;
    }
    return lines;
  });
}

function asLine(raw: string, start: number, block: Block): Line {
  const bare = block.type === "list" || /^[>\s]*[-*+•·▪■□◦○●※]\s/.test(raw) ? raw.replace(mark, "") : raw.trim();
  const bold = /^(?:\*\*|__)/.test(bare);
  return { text: plain(bare), start, end: start + raw.trimEnd().length, block, bold };
}
