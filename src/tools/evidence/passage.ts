import type { EvidenceDraft } from "../../core/evidence.ts";
import { placeOf } from "./place.ts";
import type { SearchResult } from "../../knowledge/knowledge.ts";

/** A passage of a document, verbatim. `data` says which legs found it and how far it covers the question. */
export function passageEvidence(result: SearchResult): EvidenceDraft {
  const { chunkId, legs, confidence, kind, models, safety, trust } = result;
  return {
    kind: result.safety ? "safety" : result.kind === "card" ? "card" : "passage",
    title: placeOf(result),
    text: result.text,
    language: result.language,
    source: {
      label: placeOf(result),
      documentId: result.documentId,
      path: result.path,
      ...(result.page === null ? {} : { page: result.page }),
      heading: result.heading,
      span: result.span,
    },
    trust,
    score: result.score,
    data: { chunkId, legs, confidence, documentKind: kind, models, safety },
  };
}
