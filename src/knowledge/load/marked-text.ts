import type { PageLine } from "./loaded-document.ts";

/** Text put together of lines of a page; the lines' spans count from the text's start. */
export type MarkedText = { text: string; lines: PageLine[] };

export const marked = (text: string | MarkedText): MarkedText =>
  typeof text === "string" ? { text, lines: [] } : text;

/** Texts one after another, `between` them. */
export function joinMarked(texts: MarkedText[], between: string): MarkedText {
  const joined: MarkedText = { text: "", lines: [] };
  for (const [index, { text, lines }] of texts.entries()) {
    const at = joined.text.length + (index === 0 ? 0 : between.length);
    joined.text += (index === 0 ? "" : between) + text;
    for (const line of lines) joined.lines.push({ ...line, start: line.start + at, end: line.end + at });
  }
  return joined;
}

/** For a cell of a Markdown table: every bar gets a backslash. */
export function withoutPipes(marked: MarkedText): MarkedText {
  const { text, lines } = marked;
  if (!text.includes("|")) return marked;
  const at = (index: number) => index + text.slice(0, index).split("|").length - 1;
  return {
    text: text.replaceAll("|", "\\|"),
    lines: lines.map((line) => ({ ...line, start: at(line.start), end: at(line.end) })),
  };
}
