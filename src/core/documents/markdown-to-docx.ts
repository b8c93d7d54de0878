import { Marked, Tokenizer, type Token, type Tokens } from "marked";
import type * as Docx from "docx";
import type { Language } from "../context.ts";

export type DocxOptions = { title: string; language: Language };

/** Word takes the first of these that the reader's machine has. */
const font = { ascii: "Calibri", hAnsi: "Calibri", eastAsia: "Malgun Gothic" };
const gapMark = "☐";
const mostLevels = 4;

/** Nothing is struck out: "1.2~1.5" is a range. */
const tokenizer = Object.assign(new Tokenizer(), { del: () => undefined });

/**
 * Markdown as Sunbae's answers write it (headings, paragraphs, lists, quotes, tables, bold, code) as a DOCX file.
 * HTML is shown as text, pictures and links as their words: nothing is loaded. A line that begins with ☐ is marked as a
 * gap to fill. Resolves to the file's bytes.
 */
export async function markdownToDocx(markdown: string, { title, language }: DocxOptions): Promise<Uint8Array> {
  const docx = await import("docx");
  const tokens = new Marked({ gfm: true, breaks: true, tokenizer }).lexer(markdown);
  const writer = createWriter(docx);
  const children = writer.blocks(tokens);
  const name = printable(title);
  const document = new docx.Document({
    title: name,
    creator: "Sunbae",
    styles: {
      default: {
        document: {
          run: { font, size: 21, language: { value: "en-US", eastAsia: language === "ko" ? "ko-KR" : "en-US" } },
          paragraph: { spacing: { after: 100, line: 276 } },
        },
      },
    },
    numbering: { config: writer.starts().map((start) => orderedLevels(docx, start)) },
    sections: [
      {
        properties: { page: { margin: { top: 1134, bottom: 1134, left: 1134, right: 1134 } } },
        footers: {
          default: new docx.Footer({
            children: [
              new docx.Paragraph({
                alignment: docx.AlignmentType.CENTER,
                children: [
                  new docx.TextRun({
                    children: [`${name} · `, docx.PageNumber.CURRENT, " / ", docx.PageNumber.TOTAL_PAGES],
                    size: 16,
                  }),
                ],
              }),
            ],
          }),
        },
        children,
      },
    ],
  });
  return new Uint8Array(await docx.Packer.toBuffer(document));
}

const orderedFrom = (start: number) => `ordered-${start}`;

function orderedLevels(docx: typeof Docx, start: number) {
  return {
    reference: orderedFrom(start),
    levels: Array.from({ length: mostLevels }, (_, level) => ({
      level,
      start,
      format: docx.LevelFormat.DECIMAL,
      text: `%${level + 1}.`,
      alignment: docx.AlignmentType.START,
      style: { paragraph: { indent: { left: 480 * (level + 1), hanging: 360 } } },
    })),
  };
}

type Style = { bold?: boolean; italics?: boolean };
/** `start`: the first number; null where the list has none. */
type ListPlace = { level: number; start: number | null; instance: number };

function createWriter(docx: typeof Docx) {
  /** Each ordered list counts anew, from the number that is written there. */
  let lists = 0;
  const starts = new Set<number>();
  const quote: Docx.IParagraphOptions = {
    indent: { left: 360 },
    border: { left: { style: docx.BorderStyle.SINGLE, size: 18, color: "C0392B", space: 8 } },
  };

  function runs(tokens: Token[] | undefined, style: Style = {}): Docx.TextRun[] {
    return (tokens ?? []).flatMap((token) => {
      if (token.type === "strong") return runs(token.tokens, { ...style, bold: true });
      if (token.type === "em") return runs(token.tokens, { ...style, italics: true });
      if (token.type === "br") return [new docx.TextRun({ break: 1 })];
      if (token.type === "codespan")
        return [new docx.TextRun({ ...style, text: printable((token as Tokens.Codespan).text), font: "Consolas" })];
      if (token.type === "link") return runs(token.tokens, style);
      if ("tokens" in token && token.tokens) return runs(token.tokens, style);
      const text = "text" in token && typeof token.text === "string" ? token.text : token.raw;
      return [new docx.TextRun({ ...style, text: plain(text) })];
    });
  }

  function paragraph(tokens: Token[] | undefined, options: Docx.IParagraphOptions = {}, mark = ""): Docx.Paragraph {
    const isGap = textOf(tokens).startsWith(gapMark);
    const shading = isGap ? { shading: { type: docx.ShadingType.CLEAR, fill: "FFF4CC" } } : {};
    const children = [...(mark === "" ? [] : [new docx.TextRun(mark)]), ...runs(tokens)];
    return new docx.Paragraph({ ...options, ...shading, children });
  }

  function list(token: Tokens.List, level: number): Docx.Paragraph[] {
    const start = startOf(token);
    if (start !== null) starts.add(start);
    const place = { level: Math.min(level, mostLevels - 1), start, instance: ++lists };
    return token.items.flatMap((item) => listItem(item, place));
  }

  function listItem(item: Tokens.ListItem, { level, start, instance }: ListPlace): Docx.Paragraph[] {
    const mark =
      start === null ? { bullet: { level } } : { numbering: { reference: orderedFrom(start), level, instance } };
    return item.tokens.flatMap((token, index) => {
      if (token.type === "list") return list(token as Tokens.List, level + 1);
      const own = index === 0 ? mark : { indent: { left: 480 * (level + 1) } };
      return [paragraph(inside(token), own)];
    });
  }

  /** In a quotation the numbers are part of what is quoted. */
  function quotedList(token: Tokens.List): Docx.Paragraph[] {
    const start = startOf(token);
    return token.items.flatMap((item, at) =>
      item.tokens.flatMap((inner, index) => {
        if (inner.type === "list") return quotedList(inner as Tokens.List);
        const mark = start === null ? "• " : `${start + at}. `;
        return [paragraph(inside(inner), quote, index === 0 ? mark : "")];
      }),
    );
  }

  function table(token: Tokens.Table): Docx.Table {
    const row = (cells: Tokens.TableCell[], header: boolean) =>
      new docx.TableRow({
        tableHeader: header,
        children: cells.map(
          (cell) =>
            new docx.TableCell({
              ...(header ? { shading: { type: docx.ShadingType.CLEAR, fill: "E8EDF2" } } : {}),
              margins: { top: 40, bottom: 40, left: 80, right: 80 },
              children: [new docx.Paragraph({ children: runs(cell.tokens, header ? { bold: true } : {}) })],
            }),
        ),
      });
    return new docx.Table({
      width: { size: 100, type: docx.WidthType.PERCENTAGE },
      rows: [row(token.header, true), ...token.rows.map((cells) => row(cells, false))],
    });
  }

  function block(token: Token): (Docx.Paragraph | Docx.Table)[] {
    if (token.type === "heading") {
      const level = [docx.HeadingLevel.HEADING_1, docx.HeadingLevel.HEADING_2, docx.HeadingLevel.HEADING_3];
      return [
        paragraph(token.tokens, { heading: level[(token as Tokens.Heading).depth - 1] ?? docx.HeadingLevel.HEADING_3 }),
      ];
    }
    if (token.type === "list") return list(token as Tokens.List, 0);
    if (token.type === "table") return [table(token as Tokens.Table), new docx.Paragraph({})];
    if (token.type === "blockquote")
      return (token.tokens ?? []).flatMap((inner) => {
        if (inner.type === "list") return quotedList(inner as Tokens.List);
        return inner.type === "paragraph" || inner.type === "text" ? [paragraph(inside(inner), quote)] : block(inner);
      });
    if (token.type === "code")
      return (token as Tokens.Code).text
        .split("\n")
        .map((text) => new docx.Paragraph({ children: [new docx.TextRun({ text: plain(text), font: "Consolas" })] }));
    if (token.type === "hr") return [new docx.Paragraph({ thematicBreak: true })];
    if (token.type === "space" || token.type === "def") return [];
    return [paragraph(inside(token))];
  }

  return { blocks: (tokens: Token[]) => tokens.flatMap(block), starts: () => [...starts] };
}

const inside = (token: Token): Token[] | undefined => ("tokens" in token ? token.tokens : [token]);
const startOf = ({ ordered, start }: Tokens.List): number | null => (ordered ? Number(start) : null);

function textOf(tokens: Token[] | undefined): string {
  return (tokens ?? []).map((token) => ("text" in token ? String(token.text) : token.raw)).join("");
}

/** Without entities; printable. */
function plain(text: string): string {
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return printable(text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? ""));
}

/** Without control characters and halves of characters, which no XML may hold. */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what must go
  return text.toWellFormed().replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "");
}
