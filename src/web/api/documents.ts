import type { Client } from "./client.ts";
import { readDocument, type DocumentLine } from "./document-line.ts";
import { fields, listOf, numberOr, spanOf, textOr, type Fields } from "./read-fields.ts";

// The documents page's verbs. All reject as `client.call` does.

const of = (id: string): string => encodeURIComponent(id);
const perCall = 500;
const most = 5_000;

export async function listDocuments(client: Client): Promise<{ documents: DocumentLine[]; total: number }> {
  const documents: DocumentLine[] = [];
  for (;;) {
    const body = await client.call("GET", `/api/documents?limit=${perCall}&offset=${documents.length}`);
    const found = listOf(body, "documents").map(readDocument);
    documents.push(...found);
    const total = numberOr(fields(body)["total"], documents.length);
    if (found.length < perCall || documents.length >= Math.min(total, most)) return { documents, total };
  }
}

export async function deleteDocument(client: Client, id: string): Promise<void> {
  await client.call("DELETE", `/api/documents/${of(id)}`);
}

export type DocumentChanges = {
  title?: string;
  kind?: string;
  models?: string[];
  equipmentIds?: string[];
  revision?: string | null;
  date?: string | null;
  approved?: boolean;
  language?: string;
};

export async function changeDocument(client: Client, id: string, changes: DocumentChanges): Promise<DocumentLine> {
  return readDocument(await client.call("PATCH", `/api/documents/${of(id)}`, changes));
}

export type PassageHit = {
  documentId: string;
  title: string;
  heading: string;
  page: number | null;
  text: string;
  /** What is marked: the asked code's entry where there is one, else the whole passage. */
  marked: [number, number];
  markedText: string;
  safety: boolean;
  inForce: boolean;
  origin: "text" | "ocr" | "unread";
};

export async function searchPassages(client: Client, query: string): Promise<PassageHit[]> {
  const asked = new URLSearchParams({ q: query, k: "20" });
  return listOf(await client.call("GET", `/api/search?${asked.toString()}`), "results").map((it) => ({
    ...markedOf(it),
    documentId: textOr(it["documentId"], ""),
    title: textOr(it["title"], ""),
    heading: textOr(it["heading"], ""),
    page: numberOr(it["page"], null),
    text: textOr(it["text"], ""),
    safety: it["safety"] === true,
    inForce: it["inForce"] !== false,
    origin: it["origin"] === "ocr" ? "ocr" : "text",
  }));
}

function markedOf(result: Fields): Pick<PassageHit, "marked" | "markedText"> {
  const marked = listOf(result, "entries")[0] ?? result;
  return { marked: spanOf(marked["span"]), markedText: textOr(marked["text"], "") };
}

/** What the server can read; null where it does not say. */
export async function readsScans(client: Client): Promise<boolean | null> {
  const ocr = fields(fields(fields(await client.call("GET", "/api/status"))["reading"])["ocr"]);
  return typeof ocr["available"] === "boolean" ? ocr["available"] : null;
}
