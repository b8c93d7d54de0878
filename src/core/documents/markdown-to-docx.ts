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
  const blocks = new Marked({ gfm: true, breaks: true, tokenizer }).lexer(markdown);
  const document = new docx.Document({
    title,
    creator: "Sunbae",
    styles: {
      default: {
        document: {
          run: { font, size: 21, language: { value: "en-US", eastAsia: language === "ko" ? "ko-KR" : "en-US" } },
          paragraph: { spacing: { after: 100, line: 276 } },
        },
      },
    },
    numbering: { config: [orderedLevels(docx)] },
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
                    children: [`${title} · `, docx.PageNumber.CURRENT, " / ", docx.PageNumber.TOTAL_PAGES],
                    size: 16,
                  }),
                ],
              }),
            ],
          }),
        },
        children: createWriter(docx).blocks(blocks),
      },
    ],
  });
  return new Uint8Array(await docx.Packer.toBuffer(document));
}

function orderedLevels(docx: typeof Docx) {
  return {
    reference: "ordered",
    levels: Array.from({ length: mostLevels }, (_, level) => ({
      level,
      format: docx.LevelFormat.DECIMAL,
      text: `%${level + 1}.`,
      alignment: docx.AlignmentType.START,
      style: { paragraph: { indent: { left: 480 * (level + 1), hanging: 360 } } },
    })),
  };
}

type Style = { bold?: boolean; italics?: boolean };
type ListPlace = { level: number; ordered: boolean; instance: number };

function createWriter(docx: typeof Docx) {
  /** Each ordered list counts from one again. */
  let lists = 0;

  function runs(tokens: Token[] | undefined, style: Style = {}): Docx.TextRun[] {
    return (tokens ?? []).flatMap((token) => {
      if (token.type === "strong") return runs(token.tokens, { ...style, bold: true });
      if (token.type === "em") return runs(token.tokens, { ...style, italics: true });
      if (token.type === "br") return [new docx.TextRun({ break: 1 })];
      if (token.type === "codespan")
        return [new docx.TextRun({ ...style, text: (token as Tokens.Codespan).text, font: "Consolas" })];
      if (token.type === "link") return runs(token.tokens, style);
      if ("tokens" in token && token.tokens) return runs(token.tokens, style);
      const text = "text" in token && typeof token.text === "string" ? token.text : token.raw;
      return [new docx.TextRun({ ...style, text: plain(text) })];
    });
  }

  function paragraph(tokens: Token[] | undefined, options: Docx.IParagraphOptions = {}): Docx.Paragraph {
    const isGap = textOf(tokens).startsWith(gapMark);
    const shading = isGap ? { shading: { type: docx.ShadingType.CLEAR, fill: "FFF4CC" } } : {};
    return new docx.Paragraph({ ...options, ...shading, children: runs(tokens) });
  }

  function list(token: Tokens.List, level: number): Docx.Paragraph[] {
    const place = { level: Math.min(level, mostLevels - 1), ordered: token.ordered, instance: ++lists };
    return token.items.flatMap((item) => listItem(item, place));
  }

  function listItem(item: Tokens.ListItem, { level, ordered, instance }: ListPlace): Docx.Paragraph[] {
    const mark = ordered ? { numbering: { reference: "ordered", level, instance } } : { bullet: { level } };
    return item.tokens.flatMap((token, index) => {
      if (token.type === "list") return list(token as Tokens.List, level + 1);
      const own = index === 0 ? mark : { indent: { left: 480 * (level + 1) } };
      return [paragraph("tokens" in token ? token.tokens : [token], own)];
    });
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
      return (token.tokens ?? []).map((inner) =>
        paragraph("tokens" in inner ? inner.tokens : [inner], {
          indent: { left: 360 },
          border: { left: { style: docx.BorderStyle.SINGLE, size: 18, color: "C0392B", space: 8 } },
        }),
      );
    if (token.type === "code")
      return (token as Tokens.Code).text
        .split("\n")
        .map((text) => new docx.Paragraph({ children: [new docx.TextRun({ text: plain(text), font: "Consolas" })] }));
    if (token.type === "hr") return [new docx.Paragraph({ thematicBreak: true })];
    if (token.type === "space" || token.type === "def") return [];
    return [paragraph("tokens" in token ? token.tokens : [token])];
  }

  return { blocks: (tokens: Token[]) => tokens.flatMap(block) };
}

function textOf(tokens: Token[] | undefined): string {
  return (tokens ?? []).map((token) => ("text" in token ? String(token.text) : token.raw)).join("");
}

/** Without entities, and without control characters, which no XML may hold. */
function plain(text: string): string {
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return (
    text
      .replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? "")
      // oxlint-disable-next-line no-control-regex -- these are what must go
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "")
  );
}
