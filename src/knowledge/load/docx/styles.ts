import { childOf, childrenOf } from "../office/read-xml.ts";
import type { XmlElement } from "../office/read-xml.ts";

/** What a paragraph's style says. `heading` is 1 to 9, 0 for the document's title. */
export type ParagraphStyle = {
  heading: number | null;
  numberId: string | null;
  numberLevel: number | null;
  contents: boolean;
  bold: boolean;
};

export type Styles = {
  of(styleId: string | undefined): ParagraphStyle;
  /** The numbering that a numbering style stands for. */
  numberOf(styleId: string): string | null;
};

const plainStyle: ParagraphStyle = { heading: null, numberId: null, numberLevel: null, contents: false, bold: false };

/** Word keeps built-in names in English; Hangul and older programs write their own. */
const headingName = /^(?:heading|제목|개요|표제)\s*([1-9])$/i;
const titleName = /^(?:title|제목|문서 제목|표제)$/i;

export function readStyles(root: XmlElement | null): Styles {
  const byId = new Map(
    childrenOf(root ?? undefined, "style").map((style) => [style.attributes["styleId"] ?? "", style]),
  );
  const known = new Map<string, ParagraphStyle>();

  function read(styleId: string, depth: number): ParagraphStyle {
    const element = byId.get(styleId);
    if (!element || depth > 20) return plainStyle;
    const parentId = childOf(element, "basedOn")?.attributes["val"];
    const parent = parentId ? read(parentId, depth + 1) : plainStyle;
    const name = (childOf(element, "name")?.attributes["val"] ?? styleId).trim();
    const properties = childOf(element, "pPr");
    const number = childOf(properties, "numPr");
    const outline = childOf(properties, "outlineLvl")?.attributes["val"];
    const named = headingName.exec(name)?.[1];
    const heading = named ? Number(named) : titleName.test(name) ? 0 : headingOfOutline(outline, parent.heading);
    return {
      heading,
      numberId: childOf(number, "numId")?.attributes["val"] ?? parent.numberId,
      numberLevel: numberOr(childOf(number, "ilvl")?.attributes["val"], parent.numberLevel),
      contents: /^(?:toc|table of (?:contents|figures)|목차|차례)\s*(?:\d|heading)?$/i.test(name) || parent.contents,
      bold: isOn(childOf(element, "rPr", "b"), parent.bold),
    };
  }

  return {
    of(styleId) {
      if (styleId === undefined) return plainStyle;
      let style = known.get(styleId);
      if (!style) known.set(styleId, (style = read(styleId, 0)));
      return style;
    },
    numberOf: (styleId) => childOf(byId.get(styleId), "pPr", "numPr", "numId")?.attributes["val"] ?? null,
  };
}

/** Outline levels count from 0; 9 is body text. */
export function headingOfOutline(value: string | undefined, otherwise: number | null): number | null {
  const level = Number(value);
  if (value === undefined || !Number.isInteger(level)) return otherwise;
  return level >= 0 && level <= 8 ? level + 1 : null;
}

const numberOr = (value: string | undefined, otherwise: number | null) =>
  value !== undefined && /^\d$/.test(value) ? Number(value) : otherwise;

/** A switch of Word: there without a value means on. */
export function isOn(element: XmlElement | undefined, otherwise = false): boolean {
  if (!element) return otherwise;
  const value = element.attributes["val"];
  return value !== "0" && value !== "false" && value !== "off" && value !== "none";
}
