import type { CodeKind } from "./knowledge.ts";

/** A code as a question writes it: `raw` is the text, `kind` is set where a word or sign says it. */
export type CodeMention = { raw: string; kind?: CodeKind; code: string; start: number; end: number; certain: boolean };

/** Codes that a question mentions, in order. `certain` is false for a bare number without a word such as "alarm". */
export function findCodes(_text: string): CodeMention[] {
  return [];
}
