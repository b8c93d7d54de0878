import type { Language } from "../../core/context.ts";
import type { EvidenceDraft } from "../../core/evidence.ts";
import type { SearchResult } from "../../knowledge/knowledge.ts";
import { documentSource, placeOf } from "./place.ts";
import { wholeSteps } from "./whole-steps.ts";

export type PassageData = {
  chunkId: number;
  legs: string[];
  confidence: number;
  documentKind: string;
  documentTitle: string;
  models: string[];
  safety: boolean;
};

/** A passage of a document, verbatim; steps that go on in the next passage are given whole. */
export function passageEvidence(result: SearchResult, language: Language): EvidenceDraft {
  const { chunkId, legs, confidence, kind, models, safety, trust, duplicates } = result;
  const data: PassageData = {
    chunkId,
    legs,
    confidence,
    documentKind: kind,
    documentTitle: result.title,
    models,
    safety,
  };
  return {
    kind: result.safety ? "safety" : result.kind === "card" ? "card" : "passage",
    title: placeOf(result),
    text: wholeSteps(result.text, result.context),
    language: result.language,
    source: {
      ...documentSource(result, language),
      ...(duplicates.length === 0
        ? {}
        : { also: duplicates.map(({ page, ...one }) => ({ ...one, ...(page === null ? {} : { page }) })) }),
    },
    trust,
    score: result.score,
    data,
  };
}
