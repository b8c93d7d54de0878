import { NodeHtmlMarkdown } from "node-html-markdown";
import type { ReadDocument } from "./loaded-document.ts";
import { readMarkdown } from "./read-markdown.ts";

/** HTML by way of Markdown. Scripts, styles and hidden elements are left out; nothing is fetched. */
export function readHtml(source: string): ReadDocument {
  const title = /<title[^>]*>([^<]{1,300})<\/title>/i.exec(source)?.[1]?.trim() ?? null;
  let hidden = 0;
  const visible = source
    .replaceAll(/<(script|style|noscript|template|svg|head)\b[\s\S]*?<\/\1\s*>/gi, " ")
    .replaceAll(/<!--[\s\S]*?-->/g, " ")
    .replaceAll(
      /<(\w+)\b[^>]*(?:\shidden(?=[\s>])|style\s*=\s*["'][^"']*(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0)[^"']*["'])[^>]*>[\s\S]*?<\/\1\s*>/gi,
      () => {
        hidden += 1;
        return " ";
      },
    );
  const markdown = NodeHtmlMarkdown.translate(visible, { ignore: ["nav", "iframe", "object", "form"] });
  const read = readMarkdown(markdown.replace(/^---\n/, "\n---\n"));
  const notices = hidden > 0 ? [`${hidden} hidden element${hidden === 1 ? " was" : "s were"} left out.`] : [];
  return { ...read, title: read.title ?? title, attributes: {}, notices };
}
