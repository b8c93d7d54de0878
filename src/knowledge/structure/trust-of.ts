import type { DocumentKind, DocumentTrust } from "../knowledge.ts";

/** The tier of a document that is no card: what the plant approved, then what a maker wrote, then notes. */
export function trustOf(document: { kind: DocumentKind; approved: boolean }): DocumentTrust {
  if (document.approved) return "approved";
  return document.kind === "manual" || document.kind === "procedure" || document.kind === "safety"
    ? "manual"
    : "reference";
}
