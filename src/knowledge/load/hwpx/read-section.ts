import { cellText } from "../docx/read-body.ts";
import type { BodyPart } from "../docx/read-body.ts";
import { tableOfCells } from "../merged-cells.ts";
import { childOf, childrenOf, descendantsOf, elementsOf } from "../office/read-xml.ts";
import type { XmlElement } from "../office/read-xml.ts";

type ParagraphStyle = { heading: number | null; list: "number" | "bullet" | null; level: number };
export type ParagraphStyles = (paragraph: XmlElement) => ParagraphStyle;
export type SectionContext = {
  styles: ParagraphStyles;
  clean(text: string): string;
  notes: Map<string, string>;
  /** Of numbered paragraphs, by level. */
  counts: number[];
  pictures: number;
};

export function readParagraphStyles(header: XmlElement | null): ParagraphStyles {
  const byId = (name: string) =>
    new Map(header ? [...descendantsOf(header, name)].map((one) => [one.attributes["id"] ?? "", one]) : []);
  const [shapes, styles] = [byId("paraPr"), byId("style")];
  return (paragraph) => {
    const style = styles.get(paragraph.attributes["styleIDRef"] ?? "");
    const name = style?.attributes["name"]?.trim() ?? "";
    const shape = shapes.get(paragraph.attributes["paraPrIDRef"] ?? style?.attributes["paraPrIDRef"] ?? "");
    const kind = childOf(shape, "heading")?.attributes;
    const level = Math.min(Number(kind?.["level"] ?? 0) || 0, 8);
    const outline = /^(?:개요|제목|outline|heading)\s*([1-9])$/i.exec(name)?.[1];
    const heading = outline ? Number(outline) : kind?.["type"] === "OUTLINE" ? level + 1 : null;
    const list = kind?.["type"] === "NUMBER" ? "number" : kind?.["type"] === "BULLET" ? "bullet" : null;
    return { heading, list, level };
  };
}

export function readSection(parent: XmlElement, context: SectionContext): BodyPart[] {
  return childrenOf(parent, "p").flatMap((paragraph) => readParagraph(paragraph, context));
}

function readParagraph(paragraph: XmlElement, context: SectionContext): BodyPart[] {
  const { heading, list, level } = context.styles(paragraph);
  const pieces: string[] = [];
  const notes: string[] = [];
  const after: BodyPart[] = [];
  for (const run of childrenOf(paragraph, "run")) {
    for (const child of elementsOf(run)) {
      if (child.name === "t") pieces.push(context.clean(textOfRun(child)));
      else if (child.name === "tbl") after.push(...readTable(child, context));
      else if (child.name === "pic") context.pictures += 1;
      else if (child.name === "ctrl") {
        for (const note of [...childrenOf(child, "footNote"), ...childrenOf(child, "endNote")]) {
          const id = `note ${context.notes.size + 1}`;
          context.notes.set(id, cellText(readSection(childOf(note, "subList") ?? note, context)));
          notes.push(id);
          pieces.push(`\u0001${id}\u0002`);
        }
      } else for (const box of descendantsOf(child, "subList")) after.push(...readSection(box, context));
    }
  }
  const text = pieces
    .join("")
    .replaceAll(/[^\S\n]+/g, " ")
    .trim();
  if (text === "") return after;
  const item = list && heading === null ? { ...labelOf(list, level, context.counts), list: "1", level } : null;
  return [{ kind: "paragraph", text, bold: false, heading, item, notes }, ...after];
}

function labelOf(list: "number" | "bullet", level: number, counts: number[]): { text: string; ordered: boolean } {
  if (list === "bullet") return { text: "-", ordered: false };
  counts.length = Math.min(counts.length, level + 1);
  counts[level] = (counts[level] ?? 0) + 1;
  return { text: `${counts[level]}.`, ordered: true };
}

function textOfRun(element: XmlElement): string {
  return element.children
    .map((child) => {
      if (typeof child === "string") return child;
      if (child.name === "lineBreak") return "\n";
      return child.name === "tab" || child.name === "nbSpace" || child.name === "fwSpace" ? " " : textOfRun(child);
    })
    .join("");
}

function readTable(table: XmlElement, context: SectionContext): BodyPart[] {
  const content: BodyPart[][] = [];
  const rows = childrenOf(table, "tr").map((row) =>
    childrenOf(row, "tc").map((cell) => {
      const parts = readSection(childOf(cell, "subList") ?? cell, context);
      content.push(parts);
      const span = childOf(cell, "cellSpan")?.attributes;
      return {
        text: cellText(parts),
        columns: Number(span?.["colSpan"] ?? 1) || 1,
        rows: Number(span?.["rowSpan"] ?? 1) || 1,
      };
    }),
  );
  const found = tableOfCells(rows);
  if ((found.rows[0]?.length ?? 0) <= 1) return content.flat();
  const titles = found.titles.filter((text) => text !== "");
  return [
    ...titles.map((text): BodyPart => ({ kind: "paragraph", text, bold: false, heading: null, item: null, notes: [] })),
    { kind: "table", rows: found.rows, notes: content.flat().flatMap((part) => part.notes) },
  ];
}
