import { tableOfCells } from "../merged-cells.ts";
import type { SpanningCell } from "../merged-cells.ts";
import type { TextBuilder } from "../text-builder.ts";
import { htmlTokens } from "./tokens.ts";
import type { HtmlToken } from "./tokens.ts";

type Open = Extract<HtmlToken, { kind: "open" }>;
type List = { ordered: boolean; count: number; items: string[]; labels: string[] };
type Table = { rows: SpanningCell[][]; cell: SpanningCell | null; text: string };

const skipped = new Set([
  "script",
  "style",
  "noscript",
  "template",
  "svg",
  "math",
  "nav",
  "iframe",
  "object",
  "form",
  "select",
  "button",
  "head",
  "canvas",
  "audio",
  "video",
]);
const blockNames =
  /^(?:p|div|section|article|main|header|footer|aside|address|figure|figcaption|dl|dt|dd|fieldset|center|body|html|hr|details|summary|caption)$/;

/** Writes what a reader of the page sees. `heading` is its first of the highest level. */
export function writeHtml(source: string, builder: TextBuilder, clean: (text: string) => string) {
  let title: string | null = null;
  let heading: string | null = null;
  let hidden = 0;
  let text = "";
  let level = 0;
  let quotes = 0;
  let pre = 0;
  let inTitle = false;
  // What is being left out, and how many of its own kind are open inside.
  const left = { name: "", depth: 0 };
  const lists: List[] = [];
  const tables: Table[] = [];

  const shown = (raw: string) =>
    clean(raw)
      .replaceAll(/[^\S\n]+/g, " ")
      .replaceAll(/ ?\n ?/g, "\n")
      .replaceAll(/\n{2,}/g, "\n")
      .trim();

  function flush(): void {
    const said = pre > 0 ? clean(text).replace(/^\n+|\s+$/g, "") : shown(text);
    text = "";
    if (said === "") return;
    const table = tables.at(-1);
    const list = lists.at(-1);
    if (table) table.text += `${table.text === "" ? "" : " "}${said.replaceAll("\n", " ")}`;
    else if (level > 0) {
      const line = said.replaceAll("\n", " ");
      if (level <= 2) heading ??= line;
      builder.heading(level, line);
    } else if (list && list.items.length > 0)
      list.items[list.items.length - 1] = [list.items.at(-1), said].filter(Boolean).join("\n");
    else if (list) listItem(list, said);
    else builder.block(pre > 0 ? "code" : quotes > 0 ? "quote" : "paragraph", said);
  }

  function listItem(list: List, said: string): void {
    list.count += 1;
    list.items.push(said);
    list.labels.push(list.ordered ? `${list.count}.` : "-");
  }

  function endList(): void {
    const list = lists.pop();
    if (!list) return;
    const kept = list.items.flatMap((item, index) => (item === "" ? [] : [[item, list.labels[index]!] as const]));
    const outer = lists.at(-1);
    const table = tables.at(-1);
    const lines = kept.map(([item, label]) => `${label} ${item.replaceAll("\n", "\n   ")}`);
    if (table) table.text += `${table.text === "" ? "" : " "}${lines.join(" ").replaceAll(/\s+/g, " ")}`;
    else if (outer && outer.items.length > 0)
      outer.items[outer.items.length - 1] += lines.map((line) => `\n   ${line.replaceAll("\n", "\n   ")}`).join("");
    else
      builder.list(
        kept.map(([item]) => item),
        list.ordered,
        kept.map(([, label]) => label),
      );
  }

  function endCell(): void {
    flush();
    const table = tables.at(-1);
    if (table?.cell) table.cell.text = table.text.replaceAll(/\s+/g, " ").trim();
    if (table) [table.cell, table.text] = [null, ""];
  }

  function endTable(): void {
    endCell();
    const table = tables.pop();
    if (!table) return;
    const rows = table.rows.filter((row) => row.length > 0);
    const outer = tables.at(-1);
    if (outer) {
      outer.text += ` ${rows
        .map((row) =>
          row
            .map((cell) => cell.text)
            .filter(Boolean)
            .join(": "),
        )
        .join("; ")}`;
      return;
    }
    const found = tableOfCells(rows);
    // A table of one column lays out text.
    const lines = (found.rows[0]?.length ?? 0) <= 1 ? found.rows.map(([cell]) => cell ?? "") : [];
    for (const line of [...found.titles, ...lines]) builder.block("paragraph", line);
    if (lines.length === 0) builder.table(found.rows);
  }

  function open({ name, attributes, empty }: Open): void {
    if (name === "title") inTitle = true;
    const isHidden =
      /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?!\.)/i.test(
        attributes["style"] ?? "",
      ) || "hidden" in attributes;
    if (!empty && (isHidden || (skipped.has(name) && name !== "head"))) {
      if (isHidden) hidden += 1;
      Object.assign(left, { name, depth: 1 });
      return;
    }
    if (name === "br") text += "\n";
    else if (name === "img") text += attributes["alt"] ? ` ${attributes["alt"]} ` : "";
    else if (/^h[1-6]$/.test(name)) {
      flush();
      level = Number(name[1]);
    } else if (/^(?:ul|ol|menu)$/.test(name) && lists.length < 50) {
      flush();
      const start = Number(attributes["start"] ?? 1);
      lists.push({ ordered: name === "ol", count: (Number.isInteger(start) ? start : 1) - 1, items: [], labels: [] });
    } else if (name === "li") {
      flush();
      const list = lists.at(-1);
      if (list) listItem(list, "");
    } else if (name === "table" && tables.length < 20) {
      flush();
      if (lists.length > 0 && tables.length === 0) while (lists.length > 0) endList();
      tables.push({ rows: [], cell: null, text: "" });
    } else if (name === "tr") {
      endCell();
      tables.at(-1)?.rows.push([]);
    } else if (name === "td" || name === "th") {
      endCell();
      const table = tables.at(-1);
      if (!table) return;
      if (table.rows.length === 0) table.rows.push([]);
      table.cell = { text: "", columns: spanOf(attributes["colspan"]), rows: spanOf(attributes["rowspan"]) };
      table.rows.at(-1)!.push(table.cell);
    } else if (name === "pre" || name === "blockquote" || blockNames.test(name)) {
      flush();
      if (name === "pre") pre += 1;
      if (name === "blockquote") quotes += 1;
    }
  }

  function close(name: string): void {
    if (name === "title") inTitle = false;
    else if (/^h[1-6]$/.test(name)) {
      flush();
      level = 0;
    } else if (/^(?:ul|ol|menu)$/.test(name)) {
      flush();
      endList();
    } else if (name === "table") endTable();
    else if (name === "td" || name === "th" || name === "tr") endCell();
    else if (name === "li" || name === "pre" || name === "blockquote" || blockNames.test(name)) {
      flush();
      if (name === "pre") pre = Math.max(0, pre - 1);
      if (name === "blockquote") quotes = Math.max(0, quotes - 1);
    }
  }

  for (const token of htmlTokens(source)) {
    if (left.depth > 0) {
      if (token.kind === "open" && token.name === left.name && !token.empty) left.depth += 1;
      if (token.kind === "close" && token.name === left.name) left.depth -= 1;
    } else if (token.kind === "open") open(token);
    else if (token.kind === "close") close(token.name);
    else if (inTitle) title ??= shown(token.text).replaceAll("\n", " ").slice(0, 300) || null;
    else text += pre > 0 ? token.text : token.text.replaceAll(/\s+/g, " ");
  }
  flush();
  while (tables.length > 0) endTable();
  while (lists.length > 0) endList();
  return { title, heading, hidden };
}

const spanOf = (value: string | undefined) => Math.min(Math.max(Number.parseInt(value ?? "1", 10) || 1, 1), 1_000);
