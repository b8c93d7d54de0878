import { posix } from "node:path";
import { kindOfWord, kindWordPattern } from "../../codes/parse-code.ts";
import type { CodeKind } from "../../knowledge.ts";
import { modelNames, modelsNamed } from "../../load/infer-models.ts";
import type { LoadedDocument } from "../../load/loaded-document.ts";

const anyKindWord = new RegExp(
  `(?<![\\p{L}])(${kindWordPattern})(?![\\p{L}])|(알람|경보|에러|오류|고장|트립|경고|설정)`,
  "iu",
);

export const kindIn = (text: string): CodeKind | null => {
  const match = anyKindWord.exec(text);
  return match ? (kindOfWord(match[1] ?? match[2]!) ?? null) : null;
};

/** What kind of codes a place lists, by the headings around it, nearest first, then the title and the file's name. */
export function kindAround(headings: string[], document: LoadedDocument): CodeKind | null {
  if (/spare|parts? list|bill of materials|부품|자재|재고/i.test(headings.at(-1) ?? document.title)) return null;
  const name = posix.basename(document.path).replaceAll(/[_-]/g, " ");
  for (const words of [...headings.toReversed(), document.title, name]) {
    const kind = kindIn(words);
    if (kind) return kind;
  }
  return null;
}

/** By its own heading only, or by the title where it stands under none. */
export const kindOfSection = (headings: string[], document: LoadedDocument): CodeKind | null =>
  kindIn(headings.at(-1) ?? document.title);

export const isTrouble = (kind: CodeKind | null): kind is CodeKind =>
  kind !== null && kind !== "setting" && kind !== "option";

export type ModelsAround = { of(headings: string[]): string[]; ofCell(cell: string): string[] };

/** Models of an entry: those its heading names where the document is of several or of none. */
export function modelsAround(document: LoadedDocument, known: string[]): ModelsAround {
  const candidates = [...new Set([...document.models, ...known])];
  return {
    of(headings) {
      if (document.models.length === 1 || candidates.length === 0) return document.models;
      for (const heading of headings.toReversed()) {
        const named = modelsNamed(heading, candidates);
        if (named.length > 0) return named;
      }
      return document.models;
    },
    ofCell: (cell) => modelNames(cell, candidates),
  };
}
