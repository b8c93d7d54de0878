import type { Evidence, EvidenceDraft } from "../../core/evidence.ts";

/** The evidence of one run: numbered in the order found, the same fact never twice. */
export type EvidenceBook = {
  add(drafts: EvidenceDraft[]): Evidence[];
  all(): Evidence[];
  byId(): Map<string, Evidence>;
};

export function createEvidenceBook(onFound: (evidence: Evidence) => void): EvidenceBook {
  const found: Evidence[] = [];
  const byKey = new Map<string, Evidence>();
  return {
    add(drafts) {
      return drafts.map((draft) => {
        const key = `${draft.kind}\u0000${draft.source.documentId ?? draft.source.store ?? ""}\u0000${draft.title}\u0000${draft.text}`;
        const known = byKey.get(key);
        if (known) return known;
        const evidence: Evidence = { ...draft, id: `E${found.length + 1}` };
        found.push(evidence);
        byKey.set(key, evidence);
        onFound(evidence);
        return evidence;
      });
    },
    all: () => [...found],
    byId: () => new Map(found.map((evidence) => [evidence.id, evidence])),
  };
}
