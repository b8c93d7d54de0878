import { tableOfCells } from "../merged-cells.ts";
import { childOf, childrenOf, elementsOf, textOf } from "../office/read-xml.ts";
import type { XmlElement } from "../office/read-xml.ts";

/** What stands on a slide: its title, then shapes in reading order. */
export type Slide = { title: string | null; shapes: Shape[]; hidden: boolean };
export type Shape =
  | { kind: "text"; paragraphs: SlideParagraph[]; bulleted: boolean }
  | { kind: "table"; rows: string[][] };
export type SlideParagraph = { text: string; level: number; bullet: boolean | null; number: string | null };

type Placed = { shape: Shape; top: number; left: number; order: number };

/** Placeholders that say the same on every slide. */
const furniture = new Set(["sldNum", "dt", "ftr", "hdr", "sldImg"]);

export function readSlide(root: XmlElement, clean: (text: string) => string): Slide {
  const placed: Placed[] = [];
  let title: string | null = null;

  function look(parent: XmlElement, offset: { top: number; left: number }): void {
    for (const element of elementsOf(parent)) {
      if (element.name === "grpSp") look(element, placeOf(childOf(element, "grpSpPr")) ?? offset);
      else if (element.name === "AlternateContent")
        look(childOf(element, "Choice") ?? childOf(element, "Fallback") ?? element, offset);
      else if (element.name === "sp" || element.name === "cxnSp") {
        const placeholder = childOf(element, "nvSpPr", "nvPr", "ph")?.attributes["type"];
        const body = childOf(element, "txBody");
        if (!body || (placeholder && furniture.has(placeholder))) continue;
        const paragraphs = readParagraphs(body, clean);
        if (paragraphs.length === 0) continue;
        if (/^(?:title|ctrTitle)$/.test(placeholder ?? "") && title === null) {
          title = paragraphs
            .map((one) => one.text)
            .join(" ")
            .replaceAll(/\s+/g, " ");
          continue;
        }
        // Bodies of layouts have bullets unless they say otherwise; free boxes have none.
        const isBody = childOf(element, "nvSpPr", "nvPr", "ph") !== undefined && placeholder !== "subTitle";
        add({ kind: "text", paragraphs, bulleted: isBody }, placeOf(childOf(element, "spPr")) ?? offset);
      } else if (element.name === "graphicFrame") {
        const table = childOf(element, "graphic", "graphicData", "tbl");
        if (table) add({ kind: "table", rows: readTable(table, clean) }, placeOf(element) ?? offset);
      }
    }
  }
  const add = (shape: Shape, { top, left }: { top: number; left: number }) =>
    placed.push({ shape, top, left, order: placed.length });

  look(childOf(root, "cSld", "spTree") ?? root, { top: -1, left: -1 });
  return { title, shapes: inReadingOrder(placed), hidden: root.attributes["show"] === "0" };
}

/** In English Metric Units. Placeholders without a place of their own come first, as they do in the file. */
function placeOf(properties: XmlElement | undefined): { top: number; left: number } | null {
  const at = childOf(properties, "xfrm", "off")?.attributes;
  return at ? { top: Number(at["y"] ?? 0), left: Number(at["x"] ?? 0) } : null;
}

/** From the top, from the left what stands about as high: a quarter of an inch. */
function inReadingOrder(placed: Placed[]): Shape[] {
  const band = (one: Placed) => (one.top < 0 ? -1 : Math.round(one.top / 228_600));
  return placed
    .toSorted((a, b) => band(a) - band(b) || (band(a) < 0 ? 0 : a.left - b.left) || a.order - b.order)
    .map((one) => one.shape);
}

function readParagraphs(body: XmlElement, clean: (text: string) => string): SlideParagraph[] {
  const counts: number[] = [];
  return childrenOf(body, "p").flatMap((paragraph): SlideParagraph[] => {
    const text = clean(runsOf(paragraph))
      .replaceAll(/[^\S\n]+/g, " ")
      .trim();
    const properties = childOf(paragraph, "pPr");
    const level = Math.min(Math.max(Number(properties?.attributes["lvl"] ?? 0) || 0, 0), 8);
    if (text === "") return [];
    counts.length = Math.min(counts.length, level + 1);
    const numbered = childOf(properties, "buAutoNum");
    if (!numbered) counts.length = Math.min(counts.length, level);
    else counts[level] = (counts[level] ?? Number(numbered.attributes["startAt"] ?? 1) - 1) + 1;
    const bullet = childOf(properties, "buNone") ? false : childOf(properties, "buChar") ? true : null;
    return [{ text, level, bullet, number: numbered ? `${counts[level]}.` : null }];
  });
}

function runsOf(paragraph: XmlElement): string {
  return elementsOf(paragraph)
    .map((child) => {
      if (child.name === "br") return "\n";
      if (child.name === "r" || child.name === "fld") return textOf(childOf(child, "t") ?? { ...child, children: [] });
      return child.name === "m" || child.name === "AlternateContent" ? textOf(child) : "";
    })
    .join("");
}

function readTable(table: XmlElement, clean: (text: string) => string): string[][] {
  const rows = childrenOf(table, "tr").map((row) =>
    childrenOf(row, "tc").flatMap((cell) => {
      const { hMerge, vMerge, gridSpan, rowSpan } = cell.attributes;
      if (hMerge === "1" || hMerge === "true" || vMerge === "1" || vMerge === "true") return [];
      const body = childOf(cell, "txBody");
      const text = body
        ? readParagraphs(body, clean).map((one) => `${one.number ? `${one.number} ` : ""}${one.text}`)
        : [];
      return [
        {
          text: text.join(" ").replaceAll(/\s+/g, " "),
          columns: Number(gridSpan ?? 1) || 1,
          rows: Number(rowSpan ?? 1) || 1,
        },
      ];
    }),
  );
  const found = tableOfCells(rows);
  return found.rows.length === 0 ? found.titles.map((text) => [text]) : found.rows;
}

/** Speaker notes: the text under the picture of the slide. */
export function readNotes(root: XmlElement, clean: (text: string) => string): string[] {
  const lines: string[] = [];
  for (const shape of childrenOf(childOf(root, "cSld", "spTree"), "sp")) {
    const placeholder = childOf(shape, "nvSpPr", "nvPr", "ph")?.attributes["type"];
    const body = childOf(shape, "txBody");
    if (!body || (placeholder && furniture.has(placeholder))) continue;
    lines.push(...readParagraphs(body, clean).map((one) => one.text));
  }
  return lines;
}
