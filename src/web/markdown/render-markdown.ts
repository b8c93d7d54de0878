import DOMPurify from "dompurify";
import { cellKind } from "../parts/cell-kind.ts";
import { Marked, type Token, type Tokens } from "marked";

// Markdown of models and documents is not trusted: no HTML, no images, no links; [E1] becomes a button.

export type Block = { raw: string; html: string };

const tags =
  "p br hr strong em del code pre blockquote ul ol li h3 h4 h5 h6 table thead tbody tr th td div span button";
const attributes = "class data-evidence type start tabindex role aria-label";

export type MarkdownRenderer = (markdown: string, evidenceLabel: (id: string) => string | null) => Block[];

/** Blocks of clean HTML. `evidenceLabel` says what a mark is called; null where there is no such evidence. */
export function createMarkdownRenderer(): MarkdownRenderer {
  let labelOf: (id: string) => string | null = () => null;
  const marked = new Marked({
    gfm: true,
    breaks: true,
    extensions: [
      {
        name: "citation",
        level: "inline",
        start: (source: string) => source.indexOf("[E"),
        tokenizer(source: string) {
          const match = /^\[(E\d+)\]/.exec(source);
          return match ? { type: "citation", raw: match[0], id: match[1] } : undefined;
        },
        renderer: (token: Tokens.Generic) => citation(String(token["id"]), labelOf),
      },
    ],
    // "1.2~1.5" is a range, not a word struck out: only two tildes strike.
    tokenizer: {
      del(source) {
        const match = /^~~(?=[^\s~])([\s\S]*?[^\s~])~~(?!~)/.exec(source);
        const text = match?.[1];
        return match && text !== undefined
          ? { type: "del", raw: match[0], text, tokens: this.lexer.inlineTokens(text) }
          : undefined;
      },
    },
    renderer: {
      html: ({ text }) => escape(text),
      image: ({ text, href }) => escape(text || href),
      link({ tokens, href, autolink }) {
        const text = this.parser.parseInline(tokens);
        return autolink || href.startsWith("#") ? text : `${text} <code>${escape(href)}</code>`;
      },
      heading({ tokens, depth }) {
        const level = Math.min(depth + 2, 6);
        return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>`;
      },
      checkbox: ({ checked }) => (checked ? "☑ " : "☐ "),
      table(token) {
        const row = (cells: Tokens.TableCell[], tag: string): string =>
          `<tr>${cells.map((cell) => cellOf(cell, tag, this.parser.parseInline(cell.tokens))).join("")}</tr>`;
        const body = token.rows.map((cells) => row(cells, "td")).join("");
        const table = `<table><thead>${row(token.header, "th")}</thead><tbody>${body}</tbody></table>`;
        return `<div class="table-box" tabindex="0" role="region">${table}</div>`;
      },
    },
  });

  return (markdown, evidenceLabel) => {
    labelOf = evidenceLabel;
    const tokens = marked.lexer(markdown);
    return tokens
      .filter(({ type }) => type !== "space" && type !== "def")
      .map((token: Token) => ({ raw: token.raw, html: clean(marked.parser([token])) }));
  };
}

function cellOf(cell: Tokens.TableCell, tag: string, html: string): string {
  const kind = cell.align === "right" ? "figure" : cellKind(cell.text);
  return `<${tag} class="${kind}">${html}</${tag}>`;
}

function citation(id: string, labelOf: (id: string) => string | null): string {
  const label = labelOf(id);
  if (label === null) return "";
  return `<button type="button" class="cite" data-evidence="${id}" aria-label="${escape(label)}">${id.slice(1)}</button>`;
}

function clean(html: string): string {
  return DOMPurify.sanitize(html, {
    ALLOWED_TAGS: tags.split(" "),
    ALLOWED_ATTR: attributes.split(" "),
    ALLOW_DATA_ATTR: false,
  });
}

function escape(text: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replaceAll(/[&<>"']/g, (char) => names[char] ?? char);
}
