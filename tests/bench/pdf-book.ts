import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { loadDocument } from "../../src/knowledge/load/load-file.ts";

// A folder of manuals as one PDF whose pages are known: a browser fills sheets one by one and says what is on each.

export type Book = { pdf: Uint8Array; /** What is written on each page, in order. */ pages: string[] };

type BookBlock = { tag: "h1" | "h2" | "p" | "pre" | "table"; text: string; rows?: string[][] };

const style = `@page { size: A4; margin: 0 } * { margin: 0 } body { font: 8pt sans-serif }
  section { width: 180mm; height: 265mm; padding: 15mm; overflow: hidden; break-after: page; box-sizing: content-box }
  h1 { font-size: 14pt } h2 { font-size: 11pt } h1, h2, p, pre, table { margin-bottom: 5pt }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 7pt monospace } p { overflow-wrap: anywhere }
  table { border-collapse: collapse } td { border: .5pt solid; padding: 1pt 3pt; overflow-wrap: anywhere }`;

/** Prints the AsciiDoc files below a folder by Chromium; needs no network. */
export async function printBook(folder: string, executablePath: string): Promise<Book> {
  const blocks = await readBlocks(folder);
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    await page.setContent(`<meta charset="utf-8"><style>${style}</style><body></body>`);
    const pages = await page.evaluate(fillSheets, blocks);
    return { pdf: new Uint8Array(await page.pdf({ preferCSSPageSize: true })), pages };
  } finally {
    await browser.close();
  }
}

async function readBlocks(folder: string): Promise<BookBlock[]> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".adoc"));
  const blocks: BookBlock[] = [];
  for (const name of files.sort()) {
    const document = await loadDocument(name, readFileSync(join(folder, name)));
    for (const { type, level = 2, start, end, parts } of document.blocks) {
      const text = document.text.slice(start, end);
      if (type === "heading") blocks.push({ tag: level === 1 ? "h1" : "h2", text: text.replace(/^[=#\s]+/, "") });
      else if (type === "table" && parts) blocks.push({ tag: "table", text: "", rows: parts.map((row) => row.cells) });
      else blocks.push({ tag: type === "code" ? "pre" : "p", text });
    }
  }
  return blocks;
}

/** Runs in the browser: elements go onto a sheet until it is full; what is longer than a sheet is cut in pieces. */
function fillSheets(blocks: BookBlock[]): string[] {
  const most = 2_000;
  const mostLines = 60;
  const pieces = blocks.flatMap((block): BookBlock[] => {
    if (block.rows) {
      const parts: BookBlock[] = [];
      for (let at = 0; at < block.rows.length; at += 12) parts.push({ ...block, rows: block.rows.slice(at, at + 12) });
      return parts;
    }
    const lines = block.text.split("\n");
    const parts: BookBlock[] = [];
    let text = "";
    let held = 0;
    for (const line of lines) {
      if ((text.length + line.length > most || held === mostLines) && text !== "") {
        parts.push({ ...block, text });
        text = "";
        held = 0;
      }
      held += 1;
      text += (text === "" ? "" : "\n") + line.slice(0, most);
    }
    return [...parts, { ...block, text }];
  });
  const newSheet = () => document.body.appendChild(document.createElement("section"));
  let sheet = newSheet();
  const isTooFull = () => sheet.scrollHeight > sheet.clientHeight;
  for (const { tag, text, rows } of pieces) {
    const element = document.createElement(tag);
    if (rows)
      for (const cells of rows) {
        const row = element.appendChild(document.createElement("tr"));
        for (const cell of cells) row.appendChild(document.createElement("td")).textContent = cell;
      }
    else element.textContent = text;
    sheet.append(element);
    if (!isTooFull()) continue;
    if (sheet.childElementCount > 1) {
      sheet = newSheet();
      sheet.append(element);
    }
    // What a sheet can't hold is cut off, and nobody could read it: rows go on to the next.
    for (let table = element; isTooFull() && table.childElementCount > 1;) {
      const rest = document.createElement("table");
      while (isTooFull() && table.childElementCount > 1) rest.prepend(table.lastElementChild!);
      sheet = newSheet();
      sheet.append((table = rest));
    }
  }
  return [...document.body.children].map((section) => (section as HTMLElement).innerText);
}
