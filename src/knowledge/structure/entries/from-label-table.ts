import type { CodeKind } from "../../knowledge.ts";
import type { Block, LoadedDocument } from "../../load/loaded-document.ts";
import { shapeOfCell } from "./code-cell.ts";
import { toEntry } from "./entry.ts";
import type { EntryDraft, ExtractedEntry } from "./entry.ts";
import { codeTitleOf, roleOf } from "./header-words.ts";

/** Entries of a table that has labels on the left: "Code | AL-12", "Cause | …", one alarm below the other. */
export function fromLabelTable(
  table: Block,
  document: LoadedDocument,
  models: string[],
  context: CodeKind | null,
): ExtractedEntry[] {
  const rows = table.parts ?? [];
  const labelled = rows.filter((row) => isLabel(row.cells[0] ?? ""));
  if (rows.length < 2 || labelled.length < rows.length * 0.7) return [];
  const drafts: EntryDraft[] = [];
  for (const row of rows) {
    const [label = "", ...rest] = row.cells.map((cell) => cell.trim());
    const values = rest.filter((cell) => cell !== "");
    const [value = ""] = values;
    const title = codeTitleOf(label);
    const kind = title?.kind ?? context;
    if (title && kind && shapeOfCell(value) !== null) {
      const message = values.slice(1).join(" ");
      drafts.push({ code: value, kind, models, message, sourceShape: "table", start: row.start, end: row.end });
      continue;
    }
    const draft = drafts.at(-1);
    if (!draft || value === "") continue;
    draft.end = row.end;
    const role = roleOf(label);
    if (role === "cause" || role === "remedy" || role === "severity") draft[role] = values.join(" ");
    else if (role === "sub") draft.subCode = value;
    else if (role === "message" || role === "description")
      draft.message = [draft.message, values.join(" ")].filter((part) => part !== "").join(": ");
  }
  const told = drafts.filter((draft) => draft.message !== "" || draft.cause || draft.remedy);
  return told.flatMap((draft) => toEntry(draft, document) ?? []);
}

const isLabel = (cell: string) => cell.trim().length <= 30 && (codeTitleOf(cell) !== null || roleOf(cell) !== null);
