import type { Evidence } from "../../src/core/evidence.ts";

/** A fact of a document that anybody may have dropped in, unless told otherwise. */
export function fact(id: string, text: string, more: Partial<Evidence> = {}): Evidence {
  return { id, kind: "passage", title: "A title", text, source: { label: "A manual" }, trust: "reference", ...more };
}

export function book(...evidence: Evidence[]): Map<string, Evidence> {
  return new Map(evidence.map((one) => [one.id, one]));
}

/** Numbers in [0, 1) that are the same in every run. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
