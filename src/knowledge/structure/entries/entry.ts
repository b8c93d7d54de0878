import { expandCodes } from "../../codes/expand-codes.ts";
import type { ExpandedCodes } from "../../codes/expand-codes.ts";
import type { CodeKind } from "../../knowledge.ts";
import type { LoadedDocument } from "../../load/loaded-document.ts";

export type ExtractedEntry = ExpandedCodes & {
  kind: CodeKind;
  subCode: string | null;
  /** Of its row or section where those name some, else of the document. */
  models: string[];
  message: string;
  cause: string | null;
  remedy: string | null;
  severity: string | null;
  unit: string | null;
  sourceShape: "table" | "heading" | "list";
  text: string;
  start: number;
  end: number;
};

/** What a row, a paragraph or a heading says of a code, before it is an entry. */
export type EntryDraft = {
  code: string;
  /** Another way to write the code. */
  also?: string | null;
  subCode?: string | null;
  kind: CodeKind;
  models: string[];
  message: string;
  cause?: string | null;
  remedy?: string | null;
  severity?: string | null;
  unit?: string | null;
  sourceShape: ExtractedEntry["sourceShape"];
  start: number;
  end: number;
};

/** Null where the code is none. With a sub-code it is found by both together and by the code alone. */
export function toEntry(draft: EntryDraft, document: LoadedDocument): ExtractedEntry | null {
  const expanded = expandCodes(draft.code);
  if (!expanded) return null;
  const subCode = draft.subCode ?? null;
  const subs = subCode === null ? [] : (expandCodes(subCode)?.codes ?? []);
  const also = draft.also ? expandCodes(draft.also) : null;
  const codes = [
    ...expanded.codes,
    ...(also?.codes ?? []),
    ...expanded.codes.flatMap((code) => subs.map((sub) => `${code}-${sub}`)),
  ];
  return {
    ...expanded,
    codes: [...new Set(codes)],
    numbers: [...new Set([...expanded.numbers, ...(also?.numbers ?? [])])],
    kind: draft.kind,
    subCode,
    models: draft.models,
    message: draft.message.trim(),
    cause: draft.cause ?? null,
    remedy: draft.remedy ?? null,
    severity: draft.severity ?? null,
    unit: draft.unit ?? null,
    sourceShape: draft.sourceShape,
    text: document.text.slice(draft.start, draft.end),
    start: draft.start,
    end: draft.end,
  };
}
