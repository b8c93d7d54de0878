import { asciidocInline } from "./asciidoc-inline.ts";
import { asciidocTable } from "./asciidoc-table.ts";
import type { ReadDocument } from "./loaded-document.ts";
import { createTextBuilder } from "./text-builder.ts";

const listMark = /^\s*(?:(\*{1,6}|-|•)|(\.{1,6}|\d{1,4}\.|[a-z]\.)|(?:<\d+>))\s+(?=\S)/;
const delimiter = /^(-{4,}|\.{4,}|\+{4,}|`{3,}\w*|={4,}|\*{4,}|_{4,}|--|\/{4,}|[|,:!]={3,})\s*$/;

/** AsciiDoc to headings, paragraphs, lists, tables and code. Its includes are in their places already. */
export function readAsciidoc(source: string): ReadDocument {
  const builder = createTextBuilder();
  const lines = source.split("\n");
  let title: string | null = null;
  let attributes = "";
  let caption = "";
  let paragraph: string[] = [];
  let items: string[] = [];
  let ordered = false;

  function flush() {
    if (items.length > 0) builder.list(items, ordered);
    items = [];
    if (paragraph.length > 0)
      builder.block(quoted(attributes) ? "quote" : "paragraph", admonition(paragraph, attributes));
    if (paragraph.length > 0) attributes = "";
    paragraph = [];
  }
  function flushWithCaption() {
    flush();
    if (caption) builder.block("paragraph", `**${caption}**`);
    caption = "";
  }

  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!.trimEnd();
    if (/^\/\/(?!\/)/.test(line) || /^:!?[\w-]+!?:/.test(line)) continue;
    if (/^(?:ifdef|ifndef|ifeval|endif)::/.test(line)) continue;
    const mark = delimiter.exec(line)?.[1];
    if (mark && !isSetextUnderline(mark, paragraph)) {
      flushWithCaption();
      const end = blockEnd(lines, at, mark);
      const inner = lines.slice(at + 1, end);
      if (/^[|,:!]=/.test(mark)) builder.table(asciidocTable(inner, mark.startsWith(",") ? "format=csv" : attributes));
      else if (/^(?:-{4,}|\.{4,}|\+{4,}|`{3,})/.test(mark)) builder.block("code", inner.join("\n"));
      if (/^(?:={4,}|\*{4,}|_{4,}|--$)/.test(mark)) {
        // Contents of example, sidebar and quote blocks are read as ordinary text; their warning goes first.
        const label = /^\[(NOTE|TIP|IMPORTANT|WARNING|CAUTION)/i.exec(attributes)?.[1];
        if (label) paragraph = [`${label.toUpperCase()}:`];
      } else at = end;
      attributes = "";
      continue;
    }
    const heading = /^(={1,6}|#{2,6})\s+(\S.*)$/.exec(line);
    if (heading && items.length === 0 && paragraph.length === 0) {
      const text = asciidocInline(heading[2]!).replaceAll(/[`*]/g, "").trim();
      if (heading[1]!.length === 1) title ??= text;
      builder.heading(heading[1]!.length, text);
      attributes = "";
      continue;
    }
    if (/^\[.*\]$/.test(line)) {
      if (!line.startsWith("[[")) {
        if (items.length === 0) flush();
        attributes = line;
      }
      continue;
    }
    if (/^\.[^\s.]/.test(line) && paragraph.length === 0) {
      flush();
      caption = asciidocInline(line.slice(1));
      continue;
    }
    if (line.trim() === "" || line === "+" || line === "'''" || line === "<<<") {
      const next = lines[at + 1] ?? "";
      if (items.length > 0 && (line === "+" || listMark.test(next) || next.trim() === "+")) continue;
      flush();
      continue;
    }
    const item = listMark.exec(line);
    const term = item ? null : /^(\S.{0,200}?)(?:::+|;;)(?:\s+(.*))?$/.exec(line);
    if (item || term) {
      if (paragraph.length > 0 || caption) flushWithCaption();
      if (items.length === 0) ordered = item?.[2] !== undefined;
      items.push(item ? inline(line.slice(item[0].length)) : inline(`${term![1]}: ${term![2] ?? ""}`));
    } else if (items.length > 0) items[items.length - 1] += ` ${inline(line)}`;
    else {
      if (caption) flushWithCaption();
      paragraph.push(inline(line));
    }
  }
  flushWithCaption();
  return { ...builder.finish(), title };
}

const inline = (line: string) => asciidocInline(line).trim();
const quoted = (attributes: string) => /^\[(?:quote|verse)/.test(attributes);

/** "Title" followed by ---- is an old heading, not a code block; both lines are of about the same length. */
function isSetextUnderline(mark: string, paragraph: string[]): boolean {
  if (paragraph.length !== 1 || !/^(?:={4,}|-{4,})$/.test(mark)) return false;
  return Math.abs(paragraph[0]!.length - mark.length) <= 1;
}

function admonition(paragraph: string[], attributes: string): string {
  const label = /^\[(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]/i.exec(attributes)?.[1];
  return (label ? [`${label.toUpperCase()}: `] : []).join("") + paragraph.join("\n");
}

function blockEnd(lines: string[], start: number, mark: string): number {
  const closing = mark.startsWith("```") ? "```" : mark;
  const end = lines.findIndex((line, index) => index > start && line.trimEnd() === closing);
  return end === -1 ? lines.length : end;
}
