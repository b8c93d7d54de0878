import { tableOfCells } from "../merged-cells.ts";
import type { SpanningCell } from "../merged-cells.ts";
import { childOf, elementsOf } from "../office/read-xml.ts";
import type { XmlElement } from "../office/read-xml.ts";
import type { Label, Numbering } from "./numbering.ts";
import { readRuns } from "./run-text.ts";
import type { Seen } from "./run-text.ts";
import { headingOfOutline } from "./styles.ts";
import type { Styles } from "./styles.ts";

/** The document's paragraphs and tables in order, before they are joined to lists and sections. */
export type BodyPart =
  | {
      kind: "paragraph";
      text: string;
      bold: boolean;
      heading: number | null;
      /** `list` tells numberings apart; level counts from 0. */
      item: (Label & { list: string; level: number }) | null;
      notes: string[];
    }
  | { kind: "table"; rows: string[][]; notes: string[] };

export type BodyContext = { styles: Styles; numbering: Numbering; seen: Seen };

export function readBody(body: XmlElement, context: BodyContext): BodyPart[] {
  const parts: BodyPart[] = [];
  for (const element of elementsOf(body)) {
    if (element.name === "p") parts.push(...readParagraph(element, context));
    else if (element.name === "tbl") parts.push(...readTable(element, context));
    else if (element.name === "sdt") {
      const gallery = childOf(element, "sdtPr", "docPartObj", "docPartGallery")?.attributes["val"] ?? "";
      if (!/table of contents/i.test(gallery))
        parts.push(...readBody(childOf(element, "sdtContent") ?? element, context));
    } else if (/^(?:ins|moveTo|customXml|smartTag)$/.test(element.name)) parts.push(...readBody(element, context));
    else if (element.name === "AlternateContent")
      parts.push(...readBody(childOf(element, "Choice") ?? childOf(element, "Fallback") ?? element, context));
  }
  return parts;
}

function readParagraph(paragraph: XmlElement, context: BodyContext): BodyPart[] {
  const { styles, numbering, seen } = context;
  const properties = childOf(paragraph, "pPr");
  const styleId = childOf(properties, "pStyle")?.attributes["val"];
  const style = styles.of(styleId);
  if (style.contents) return [];
  const runs = readRuns(paragraph, seen);
  const text = tidy(runs.text);
  const boxes = runs.boxes.flatMap((box) => readBody(box, context));
  if (text === "") return boxes;
  const heading = headingOfOutline(childOf(properties, "outlineLvl")?.attributes["val"], style.heading);
  const number = childOf(properties, "numPr");
  const list = childOf(number, "numId")?.attributes["val"] ?? style.numberId;
  const given = childOf(number, "ilvl")?.attributes["val"];
  const level =
    given === undefined
      ? (style.numberLevel ?? (list && styleId ? numbering.levelOfStyle(list, styleId) : null) ?? 0)
      : Number(given);
  const label = list && list !== "0" ? numbering.next(list, Math.min(Math.max(level, 0), 8)) : null;
  const own: BodyPart = {
    kind: "paragraph",
    text: heading !== null && label?.ordered ? `${label.text} ${text}` : text,
    bold: runs.bold || style.bold,
    heading,
    item: label && heading === null ? { ...label, list: list!, level } : null,
    notes: runs.notes,
  };
  return [own, ...boxes];
}

/** Line breaks stay, everything else is one blank; a footnote's mark becomes a number later. */
const tidy = (text: string) =>
  text
    .replaceAll(/[^\S\n]+/g, " ")
    .replaceAll(/ ?\n ?/g, "\n")
    .trim();

function readTable(table: XmlElement, context: BodyContext): BodyPart[] {
  const rows: { cells: { content: BodyPart[]; columns: number; goesOn: boolean }[] }[] = [];
  const readRows = (parent: XmlElement) => {
    for (const row of elementsOf(parent)) {
      if (row.name === "tr" && !childOf(row, "trPr", "del")) {
        const before = Number(childOf(row, "trPr", "gridBefore")?.attributes["val"] ?? 0);
        const cells = cellsOf(row).map((cell) => {
          const properties = childOf(cell, "tcPr");
          const merge = childOf(properties, "vMerge");
          return {
            content: readBody(cell, context),
            columns: Math.min(Number(childOf(properties, "gridSpan")?.attributes["val"] ?? 1) || 1, 200),
            goesOn: merge !== undefined && merge.attributes["val"] !== "restart",
          };
        });
        if (before > 0) cells.unshift({ content: [], columns: Math.min(before, 200), goesOn: false });
        rows.push({ cells });
      } else if (/^(?:sdt|sdtContent|ins|customXml)$/.test(row.name)) readRows(row);
    }
  };
  readRows(table);
  const notes = rows.flatMap((row) => row.cells.flatMap((cell) => cell.content.flatMap((part) => part.notes)));
  const found = tableOfCells(spansOf(rows));
  // A frame around text is no table: a box of one column, usually a warning.
  if ((found.rows[0]?.length ?? 0) <= 1) return rows.flatMap((row) => row.cells.flatMap((cell) => cell.content));
  const titles = found.titles.filter((text) => text !== "");
  return [
    ...titles.map((text): BodyPart => ({ kind: "paragraph", text, bold: false, heading: null, item: null, notes: [] })),
    { kind: "table", rows: found.rows, notes },
  ];
}

function cellsOf(row: XmlElement): XmlElement[] {
  return elementsOf(row).flatMap((child) => {
    if (child.name === "tc") return [child];
    return /^(?:sdt|sdtContent|customXml)$/.test(child.name) ? cellsOf(child) : [];
  });
}

function spansOf(rows: { cells: { content: BodyPart[]; columns: number; goesOn: boolean }[] }[]): SpanningCell[][] {
  // By column: the cell above that a cell which goes on belongs to.
  const above = new Map<number, SpanningCell>();
  return rows.map(({ cells }) => {
    let column = 0;
    const laid: SpanningCell[] = [];
    for (const { content, columns, goesOn } of cells) {
      const upper = goesOn ? above.get(column) : undefined;
      if (upper) upper.rows += 1;
      else {
        const cell = { text: cellText(content), columns, rows: 1 };
        laid.push(cell);
        above.set(column, cell);
      }
      column += columns;
    }
    return laid;
  });
}

/** A cell in one line, its steps with their numbers. */
export function cellText(content: BodyPart[]): string {
  const lines = content.map((part) => {
    if (part.kind === "table") return part.rows.map((row) => row.filter((cell) => cell !== "").join(": ")).join("; ");
    const label = part.item ? `${part.item.text} ` : "";
    return `${label}${part.text}`;
  });
  return lines.join(" ").replaceAll(/\s+/g, " ").trim();
}
