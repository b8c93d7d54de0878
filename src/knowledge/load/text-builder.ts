import { createHeadingTrail } from "./loaded-document.ts";
import type { Block, BlockPart, BlockType, LoadedPage, PageLine } from "./loaded-document.ts";
import { marked, withoutPipes } from "./marked-text.ts";
import type { MarkedText } from "./marked-text.ts";

type Text = string | MarkedText;

export type TextBuilder = {
  /** What comes next stands on a new page. */
  page(page: Pick<LoadedPage, "origin" | "size">): void;
  heading(level: number, title: Text): void;
  block(type: Exclude<BlockType, "heading" | "table" | "list">, text: Text): void;
  /** `numbers`: of the first item where a list goes on, or every item's own label ("3.", "(가)", "①"). */
  list(items: Text[], ordered: boolean, numbers?: number | string[]): void;
  /** First row is the header. */
  table(rows: Text[][]): void;
  /** `pages` only where there are any. */
  finish(): { text: string; blocks: Block[]; pages?: LoadedPage[] };
};

/** Writes a document's text as light Markdown, for readers whose source is no good to show as it is. */
export function createTextBuilder(): TextBuilder {
  const pieces: string[] = [];
  const blocks: Block[] = [];
  const pages: LoadedPage[] = [];
  const trail = createHeadingTrail();
  let length = 0;
  let startedPages = 0;

  function append(text: string): number {
    if (length > 0) {
      pieces.push("\n\n");
      length += 2;
    }
    const start = length;
    for (; startedPages < pages.length; startedPages += 1) pages[startedPages]!.start = start;
    pieces.push(text);
    length += text.length;
    return start;
  }

  function mark(text: MarkedText, at: number): void {
    for (const { start, end, box } of text.lines) lines()?.push({ start: start + at, end: end + at, box });
  }
  const lines = (): PageLine[] | undefined => pages.at(-1)?.lines;
  const place = () => ({ page: pages.length || null, headings: trail.path() });

  /** `before`: how much of a row stands before each cell's text. */
  function appendRows(rows: { cells: MarkedText[]; line: string; before: number[] }[]) {
    const start = append(rows.map((row) => row.line).join("\n"));
    let at = start;
    const parts = rows.map(({ cells, line, before }): BlockPart => {
      const part = { cells: cells.map((cell) => cell.text), start: at, end: at + line.length };
      cells.forEach((cell, index) => mark(cell, part.start + before[index]!));
      at += line.length + 1;
      return part;
    });
    return { start, parts };
  }

  return {
    page({ origin, size }) {
      pages.push({ start: 0, origin, size, lines: [] });
    },
    heading(level, title) {
      const shown = marked(title);
      const start = append(`${"#".repeat(level)} ${shown.text}`);
      mark(shown, start + level + 1);
      const headings = trail.enter(level, shown.text);
      blocks.push({ type: "heading", start, end: length, ...place(), headings, level });
    },
    block(type, text) {
      const shown = marked(text);
      if (shown.text.trim() === "") return;
      const start = append(type === "code" ? `\`\`\`\n${shown.text}\n\`\`\`` : shown.text);
      mark(shown, type === "code" ? start + 4 : start);
      blocks.push({ type, start, end: length, ...place() });
    },
    list(items, ordered, numbers = 1) {
      if (items.length === 0) return;
      const rows = items.map((item, index) => {
        const label = typeof numbers === "number" ? (ordered ? `${numbers + index}.` : "-") : numbers[index];
        const [sign, shown] = [`${label} `, marked(item)];
        return { cells: [shown], line: sign + shown.text, before: [sign.length] };
      });
      const { start, parts } = appendRows(rows);
      blocks.push({ type: "list", start, end: length, ...place(), parts, ordered });
    },
    table(rows) {
      const header = rows[0];
      if (!header || header.length === 0) return;
      const written = rows.map((row) => tableRow(row.map(marked)));
      const delimiter = { cells: [], line: `|${"---|".repeat(header.length)}`, before: [] };
      const { start, parts } = appendRows([written[0]!, delimiter, ...written.slice(1)]);
      const [headerPart, delimiterPart, ...rest] = parts;
      // Marks count in the written row, where a bar in a cell has a backslash; the cells themselves are without it.
      const cells = rows.map((row) => row.map((cell) => marked(cell).text));
      const shown = [headerPart!, ...rest].map((part, index) => ({ ...part, cells: cells[index]! }));
      blocks.push({ type: "table", start, end: length, ...place(), parts: shown, headerEnd: delimiterPart!.end });
    },
    finish() {
      for (; startedPages < pages.length; startedPages += 1) pages[startedPages]!.start = length;
      return { text: pieces.join(""), blocks, ...(pages.length > 0 && { pages }) };
    },
  };
}

function tableRow(cells: MarkedText[]): { cells: MarkedText[]; line: string; before: number[] } {
  const shown = cells.map(withoutPipes);
  const before: number[] = [];
  let line = "|";
  for (const cell of shown) {
    before.push(line.length + 1);
    line += ` ${cell.text} |`;
  }
  return { cells: shown, line, before };
}
