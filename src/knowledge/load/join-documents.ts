import type { Block, ReadDocument } from "./loaded-document.ts";

/** One document after another, under a heading of its own or none. Pages and attributes stay the first one's. */
export function joinDocuments(first: ReadDocument, second: ReadDocument, heading: string | null): ReadDocument {
  const outer = first.blocks.find((block) => block.type === "heading" && block.level === 1)?.headings ?? [];
  const path = heading === null ? outer : [...outer, heading];
  const title = heading === null ? "" : `## ${heading}`;
  const before = [first.text, title].filter((text) => text !== "").join("\n\n");
  const shift = before.length + (second.text === "" ? 0 : 2);
  const start = before.length - title.length;
  const own: Block[] =
    heading === null ? [] : [{ type: "heading", start, end: before.length, page: null, headings: path, level: 2 }];
  const moved = second.blocks.map((block): Block => ({
    ...block,
    start: block.start + shift,
    end: block.end + shift,
    page: null,
    headings: [...path, ...block.headings.filter((one, index) => index > 0 || one !== heading)],
    ...(block.level !== undefined && { level: Math.min(block.level + path.length, 6) }),
    ...(block.parts && {
      parts: block.parts.map((part) => ({ ...part, start: part.start + shift, end: part.end + shift })),
    }),
    ...(block.headerEnd !== undefined && { headerEnd: block.headerEnd + shift }),
  }));
  return {
    ...first,
    text: second.text === "" ? before : `${before}\n\n${second.text}`,
    blocks: [...first.blocks, ...own, ...moved],
    notices: [
      ...(first.notices ?? []),
      ...(heading === null ? [] : (second.notices ?? []).map((one) => `${heading}: ${one}`)),
    ],
  };
}
