import type { DocumentLine } from "../api/document-line.ts";

export const documentStates = ["all", "in-force", "superseded", "unread", "noticed"] as const;
export type DocumentState = (typeof documentStates)[number];

export type DocumentFilter = { text: string; kind: string; language: string; model: string; state: DocumentState };

export const noFilter: DocumentFilter = { text: "", kind: "", language: "", model: "", state: "all" };

const fits: Record<DocumentState, (document: DocumentLine) => boolean> = {
  all: () => true,
  "in-force": ({ inForce }) => inForce,
  superseded: ({ inForce }) => !inForce,
  unread: ({ unreadPages }) => unreadPages > 0,
  noticed: ({ notices }) => notices.length > 0,
};

/** Every word of the text stands somewhere in title, path, models, machines or edition; case and spaces aside. */
export function filterDocuments(documents: DocumentLine[], filter: DocumentFilter): DocumentLine[] {
  const words = plain(filter.text).split(" ").filter(Boolean);
  return documents.filter((document) => {
    const { kind, language, models } = document;
    if (filter.kind !== "" && filter.kind !== kind) return false;
    if (filter.language !== "" && filter.language !== language) return false;
    if (filter.model !== "" && !models.includes(filter.model)) return false;
    if (!fits[filter.state](document)) return false;
    const text = plain(
      [document.title, document.path, ...models, ...document.equipmentIds, document.revision ?? ""].join(" "),
    );
    return words.every((word) => text.includes(word));
  });
}

/** Composed letters, small: a Mac's file names come in pieces of syllables. */
function plain(text: string): string {
  return text.normalize("NFC").toLowerCase().replaceAll(/\s+/g, " ").trim();
}

export function modelsOf(documents: DocumentLine[]): string[] {
  return [...new Set(documents.flatMap(({ models }) => models))].sort();
}
