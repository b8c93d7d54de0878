import { createHeadingTrail } from "./loaded-document.ts";
import type { Block, ReadDocument } from "./loaded-document.ts";

/** Plain text: paragraphs between blank lines; lines underlined with === or --- are headings. */
export function readText(source: string): ReadDocument {
  const blocks: Block[] = [];
  const trail = createHeadingTrail();
  let title: string | null = null;
  for (const match of source.matchAll(/[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*/g)) {
    const start = match.index;
    const end = start + match[0].length;
    const underlined = /^([^\n]{1,120})\n(={3,}|-{3,})[ \t]*$/.exec(match[0]);
    if (underlined) {
      const level = underlined[2]!.startsWith("=") ? 1 : 2;
      title ??= underlined[1]!.trim();
      blocks.push({
        type: "heading",
        start,
        end,
        page: null,
        headings: trail.enter(level, underlined[1]!.trim()),
        level,
      });
    } else blocks.push({ type: "paragraph", start, end, page: null, headings: trail.path() });
  }
  const firstLine = source.trimStart().split("\n", 1)[0]?.trim() ?? "";
  return { text: source, blocks, title: title ?? (firstLine.length <= 120 ? firstLine : null) };
}
