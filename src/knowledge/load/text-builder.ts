import { createHeadingTrail } from "./loaded-document.ts";
import type { Block, BlockPart, BlockType } from "./loaded-document.ts";

export type TextBuilder = {
  heading(level: number, title: string): void;
  block(type: Exclude<BlockType, "heading" | "table" | "list">, text: string): void;
  /** `labels` stand for 1., 2., 3. where the source has its own: "3.", "(가)", "①". */
  list(items: string[], ordered: boolean, labels?: string[]): void;
  /** First row is the header. */
  table(rows: string[][]): void;
  finish(): { text: string; blocks: Block[] };
};

/** Writes a document's text as light Markdown, for readers whose source is no good to show as it is. */
export function createTextBuilder(): TextBuilder {
  const pieces: string[] = [];
  const blocks: Block[] = [];
  const trail = createHeadingTrail();
  let length = 0;

  function append(text: string): number {
    if (length > 0) {
      pieces.push("\n\n");
      length += 2;
    }
    const start = length;
    pieces.push(text);
    length += text.length;
    return start;
  }

  function appendLines(lines: string[], cells: string[][]): { start: number; parts: BlockPart[] } {
    const start = append(lines.join("\n"));
    let at = start;
    const parts = lines.map((line, index) => {
      const part = { cells: cells[index] ?? [], start: at, end: at + line.length };
      at += line.length + 1;
      return part;
    });
    return { start, parts };
  }

  return {
    heading(level, title) {
      const start = append(`${"#".repeat(level)} ${title}`);
      blocks.push({ type: "heading", start, end: length, page: null, headings: trail.enter(level, title), level });
    },
    block(type, text) {
      if (text.trim() === "") return;
      const shown = type === "code" ? `\`\`\`\n${text}\n\`\`\`` : text;
      const start = append(shown);
      blocks.push({ type, start, end: length, page: null, headings: trail.path() });
    },
    list(items, ordered, labels) {
      if (items.length === 0) return;
      const labelOf = (index: number) => labels?.[index] ?? (ordered ? `${index + 1}.` : "-");
      const lines = items.map((item, index) => `${labelOf(index)} ${item}`);
      const { start, parts } = appendLines(
        lines,
        items.map((item) => [item]),
      );
      blocks.push({ type: "list", start, end: length, page: null, headings: trail.path(), parts, ordered });
    },
    table(rows) {
      const header = rows[0];
      if (!header || header.length === 0) return;
      const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
      const lines = [line(header), `|${"---|".repeat(header.length)}`, ...rows.slice(1).map(line)];
      const { start, parts } = appendLines(lines, [header, [], ...rows.slice(1)]);
      const delimiter = parts[1];
      blocks.push({
        type: "table",
        start,
        end: length,
        page: null,
        headings: trail.path(),
        parts: parts.filter((part) => part !== delimiter),
        headerEnd: delimiter?.end ?? start,
      });
    },
    finish: () => ({ text: pieces.join(""), blocks }),
  };
}
