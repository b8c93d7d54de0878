import type { LoadedDocument } from "../load/loaded-document.ts";
import { isTrouble, modelsAround } from "./entries/code-context.ts";
import type { ExtractedEntry } from "./entries/entry.ts";
import { fromHeadings } from "./entries/from-headings.ts";
import { fromLabels, fromLeads } from "./entries/from-lines.ts";
import { fromTables } from "./entries/from-table.ts";
import { readLines } from "./entries/read-lines.ts";

export type { ExtractedEntry } from "./entries/entry.ts";

/**
 * Coded items of a document: rows of code tables, tables with labels on the left, paragraphs with labels, lines and
 * list items that begin with a code, headings that do. `knownModels`: machines of the plant that headings may name.
 */
export function alarmEntriesOf(document: LoadedDocument, knownModels: string[] = []): ExtractedEntry[] {
  const models = modelsAround(document, knownModels);
  const lines = readLines(document);
  const entries = [
    ...fromTables(document, models),
    ...fromLabels(document, lines, models),
    ...fromLeads(document, lines, models),
  ];
  // "000 Forward" is a value, though a table of settings has it: numbers are believed of alarms only.
  const known = new Map(
    entries.flatMap(({ codes, kind }) =>
      codes.filter((code) => isTrouble(kind) || /[a-z]/.test(code)).map((code) => [code, kind] as const),
    ),
  );
  const all = [...entries, ...fromHeadings(document, lines, known, models)];
  return withoutRepeats(all).toSorted((a, b) => a.start - b.start);
}

/** One place is read once: what begins at the same character is the same item. */
function withoutRepeats(entries: ExtractedEntry[]): ExtractedEntry[] {
  const seen = new Set<string>();
  return entries.filter((entry) => {
    const key = `${entry.start} ${entry.codeNorm} ${entry.subCode}`;
    return !seen.has(key) && seen.add(key);
  });
}
