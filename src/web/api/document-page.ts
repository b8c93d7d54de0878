import type { Client } from "./client.ts";
import { readDocument, type DocumentLine } from "./document-line.ts";
import { fields, listOf, numberOr, spanOf, textOr } from "./read-fields.ts";

// A page of a document, for the viewer.

/** Left, top, width and height as shares of the page. */
export type Box = [number, number, number, number];
export type PageLine = { start: number; end: number; box: Box };

export type PageSection = {
  anchor: string;
  heading: string;
  page: number | null;
  safety: boolean;
  span: [number, number];
  text: string;
};

export type DocumentPage = {
  document: DocumentLine;
  number: number;
  pages: number;
  text: string;
  start: number;
  origin: "text" | "ocr" | "unread";
  size: { width: number; height: number } | null;
  /** Version of the picture; null where there is none. */
  picture: string | null;
  lines: PageLine[];
  sections: PageSection[];
};

const of = (id: string): string => encodeURIComponent(id);

export async function loadPage(client: Client, documentId: string, number: number): Promise<DocumentPage> {
  return readPage(await client.call("GET", `/api/documents/${of(documentId)}/pages/${number}`));
}

/** The address of a page's picture; the same for as long as the content is. */
export function pictureAddress(page: DocumentPage, width: number): string {
  const query = new URLSearchParams({ width: String(width), version: page.picture ?? "" });
  return `/api/documents/${of(page.document.id)}/pages/${page.number}/image?${query.toString()}`;
}

export function readPage(body: unknown): DocumentPage {
  const it = fields(body);
  const text = textOr(it["text"], "");
  const start = numberOr(it["start"], 0);
  const size = fields(it["size"]);
  const [width, height] = [numberOr(size["width"], null), numberOr(size["height"], null)];
  const origin = it["origin"];
  return {
    document: readDocument(it["document"]),
    number: numberOr(it["number"], 1),
    pages: numberOr(it["pages"], 1),
    text,
    start,
    origin: origin === "ocr" || origin === "unread" ? origin : "text",
    size: width && height ? { width, height } : null,
    picture: textOr(it["picture"], null),
    lines: listOf(it, "lines").flatMap((line): PageLine[] => {
      const [start, end, box] = [numberOr(line["start"], 0), numberOr(line["end"], 0), boxOf(line["box"])];
      return box ? [{ start, end, box }] : [];
    }),
    sections: sectionsOf(listOf(it, "anchors"), text, start),
  };
}

/** Neighbouring passages under one heading are one section: a long table is drawn whole. */
function sectionsOf(anchors: ReturnType<typeof listOf>, text: string, offset: number): PageSection[] {
  const sections: PageSection[] = [];
  const slice = ([from, to]: [number, number]): string =>
    text.slice(Math.max(0, from - offset), Math.max(0, to - offset));
  for (const anchor of anchors) {
    const heading = textOr(anchor["heading"], "");
    const page = numberOr(anchor["page"], null);
    const safety = anchor["safety"] === true;
    const span = spanOf(anchor["span"]);
    const last = sections.at(-1);
    if (last && last.heading === heading && last.page === page && last.safety === safety) {
      last.span = [last.span[0], Math.max(span[1], last.span[1])];
      last.text = slice(last.span);
    } else {
      sections.push({ anchor: `chunk-${String(anchor["chunkId"])}`, heading, page, safety, span, text: slice(span) });
    }
  }
  return sections;
}

function boxOf(value: unknown): Box | null {
  if (!Array.isArray(value) || value.length !== 4) return null;
  const parts = value.map((part) => numberOr(part, null));
  return parts.some((part) => part === null) ? null : (parts as Box);
}
