import { Lexer } from "marked";
import type { Token, Tokens } from "marked";
import { parse as parseYaml } from "yaml";
import { SunbaeError } from "../../core/errors.ts";
import { createHeadingTrail } from "./loaded-document.ts";
import type { Block, BlockPart, ReadDocument } from "./loaded-document.ts";
import { readText } from "./read-text.ts";

/** Thirty marks on a line, or a list item eighty blanks in: the parser goes into each, and is never done. */
const bottomless =
  /^(?:[ \t]{0,9}(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+){30}|[ \t]{80,}(?:[-*+>]|\d{1,9}[.)])[ \t])/m;
const longestFrontMatter = 100_000;

/** Markdown with or without front matter; the text keeps the source as it is, so that spans are verbatim. */
export function readMarkdown(source: string): ReadDocument {
  const { attributes, body } = splitFrontMatter(source);
  if (bottomless.test(body)) {
    const notices = ["Its lists or quotes are nested too deeply: read as plain text."];
    return { ...readText(body), attributes, notices };
  }
  const blocks: Block[] = [];
  const trail = createHeadingTrail();
  let title: string | null = null;
  let at = 0;
  for (const token of new Lexer().blockTokens(body, [])) {
    // marked leaves the source as it is but for odd white space; look a little ahead rather than trust that.
    const start = body.startsWith(token.raw, at) ? at : Math.max(at, body.indexOf(token.raw.trim(), at));
    at = start + token.raw.length;
    const end = start + token.raw.trimEnd().length;
    const heading = asHeading(token);
    if (heading) {
      if (heading.level === 1) title ??= heading.title;
      const headings = trail.enter(heading.level, heading.title);
      blocks.push({ type: "heading", start, end, page: null, headings, level: heading.level });
      continue;
    }
    const block = asBlock(token, body, start, end);
    if (block) blocks.push({ ...block, start, end, page: null, headings: trail.path() });
  }
  return { text: body, blocks, title, attributes };
}

function asHeading(token: Token): { level: number; title: string } | null {
  if (token.type === "heading") return { level: (token as Tokens.Heading).depth, title: plain(token.raw) };
  // "##Title" without a blank is no heading in CommonMark, but people mean one.
  const loose = token.type === "paragraph" ? /^(#{2,6})([^#\s][^\n]*)\n?$/.exec(token.raw) : null;
  return loose ? { level: loose[1]!.length, title: plain(loose[2]!) } : null;
}

function asBlock(
  token: Token,
  body: string,
  start: number,
  end: number,
): (Partial<Block> & { type: Block["type"] }) | null {
  switch (token.type) {
    case "space":
    case "hr":
    case "def":
      return null;
    case "table":
      return tableBlock(token as Tokens.Table, body, start, end);
    case "list": {
      const list = token as Tokens.List;
      let at = start;
      const parts = list.items.map((item): BlockPart => {
        const from = body.startsWith(item.raw, at) ? at : Math.max(at, body.indexOf(item.raw.trim(), at));
        at = from + item.raw.length;
        return { cells: [plain(item.text)], start: from, end: from + item.raw.trimEnd().length };
      });
      return { type: "list", parts, ordered: list.ordered };
    }
    case "code":
      return { type: "code" };
    case "blockquote":
      return { type: "quote" };
    default:
      return token.raw.trim() === "" ? null : { type: "paragraph" };
  }
}

function tableBlock(token: Tokens.Table, body: string, start: number, end: number): Partial<Block> & { type: "table" } {
  const cells = [token.header, ...token.rows].map((row) => row.map((cell) => plain(cell.text)));
  const lines = body.slice(start, end).split("\n");
  let at = start;
  const parts: BlockPart[] = [];
  let headerEnd = start;
  lines.forEach((line, index) => {
    if (index === 1) headerEnd = at + line.length;
    else parts.push({ cells: cells[index === 0 ? 0 : index - 1] ?? [], start: at, end: at + line.length });
    at += line.length + 1;
  });
  return { type: "table", parts, headerEnd };
}

/** Text without the marks of inline Markdown. */
export function plain(markdown: string): string {
  return markdown
    .replace(/^\s*#{1,6}\s*/, "")
    .replace(/\s+#+\s*$/, "")
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/<br\s*\/?>/gi, " ")
    .replaceAll(/(\*\*|__|~~|`)/g, "")
    .replaceAll(/(^|[\s(])[*_](\S(?:[^*_]*\S)?)[*_](?=$|[\s).,:;!?])/g, "$1$2")
    .replaceAll(/\\([\\`*_{}[\]()#+\-.!|])/g, "$1")
    .trim();
}

function splitFrontMatter(source: string): { attributes: Record<string, unknown>; body: string } {
  const match = /^---[ \t]*\n([\s\S]*?)\n---[ \t]*(?:\n|$)/.exec(source);
  if (!match) return { attributes: {}, body: source };
  if (match[1]!.length > longestFrontMatter && /^[A-Za-z_]+\s*:/.test(match[1]!))
    throw new SunbaeError("too_large", "The front matter has more than 100,000 characters.", { fix: "Shorten it." });
  let attributes: unknown;
  try {
    attributes = parseYaml(match[1]!, { maxAliasCount: 20 });
  } catch (error) {
    const message = error instanceof Error ? error.message.split("\n")[0]! : String(error);
    const first = /call stack/i.test(message) ? "it is nested too deeply" : message.replace(/[\s:.]+$/, "");
    // A page that merely opens with a rule is no front matter.
    if (!/^\s*[A-Za-z_]+\s*:/m.test(match[1]!)) return { attributes: {}, body: source };
    throw new SunbaeError("invalid_input", `The front matter is not valid YAML: ${first}.`, { cause: error });
  }
  if (attributes === null || typeof attributes !== "object" || Array.isArray(attributes))
    return { attributes: {}, body: source };
  return { attributes: attributes as Record<string, unknown>, body: source.slice(match[0].length) };
}
