import { z } from "zod";
import type { EvidenceDraft } from "../core/evidence.ts";
import { changedPassages, type ChangedPassage } from "../knowledge/editions/changed-passages.ts";
import { findDocuments, type NamedDocument } from "../knowledge/find-documents.ts";
import { revisionName } from "./evidence/place.ts";
import { say } from "./wording.ts";
import { defineTool } from "./tool.ts";

export type ComparedEditions = {
  older: { documentId: string; revision: string | null; date: string | null } | null;
  newer: { documentId: string; revision: string | null; date: string | null } | null;
  changes: ChangedPassage[];
};

const mostChanges = 40;

export const compareEditionsTool = defineTool({
  name: "compare_editions",
  title: { ko: "판 비교", en: "Compare editions" },
  description:
    "What differs between two editions of a document (revision B and C): section by section, what the older says and what the newer says. Use it where changes between revisions are asked for.",
  input: z.object({
    document: z.string().trim().min(1).max(400).describe("Title or path of the document, or the question's own words."),
    models: z.array(z.string().trim().min(1)).max(8).optional().describe("Machine models that it is about."),
    revisions: z
      .array(z.string().trim().min(1))
      .max(2)
      .optional()
      .describe("The two revisions; the last two unless told."),
  }),
  agents: ["maintenance"],
  async run({ document, models, revisions = [] }, { ctx, knowledge, language }) {
    const found = await findDocuments(ctx, knowledge, {
      text: document,
      ...(models ? { models } : {}),
      inForce: false,
    });
    const all = await findDocuments(ctx, knowledge, { text: "", inForce: false, all: true });
    const named = familyOf(found, revisions);
    const family = named.length === 2 ? named : familyOf(all, revisions);
    const output: ComparedEditions = { older: null, newer: null, changes: [] };
    const [newer, older] = family;
    if (!newer || !older) {
      const summary = say(language, "비교할 두 판이 없습니다.", "There are no two editions to compare.");
      return { output, summary, evidence: [] };
    }
    const changes = (await changedPassages(knowledge, older.id, newer.id)).slice(0, mostChanges);
    const side = ({ id, revision, date }: NamedDocument) => ({ documentId: id, revision, date });
    const name = (one: NamedDocument): string =>
      one.revision === null ? (one.date ?? one.path) : revisionName(one.revision, language);
    const columns = [say(language, "곳", "Section"), name(older), name(newer)];
    const rows = changes.map((one) => [one.heading, one.older || "–", one.newer || "–"]);
    const text = changes.map((one) => `${one.heading}: ${one.older || "–"} → ${one.newer || "–"}`).join("\n");
    const evidence: EvidenceDraft = {
      kind: "passage",
      title: `${newer.title} · ${name(older)} → ${name(newer)}`,
      text: text === "" ? say(language, "다른 곳이 없습니다.", "Nothing differs.") : text,
      language: newer.language,
      source: {
        label: `${newer.title} (${name(older)}, ${name(newer)})`,
        documentId: newer.id,
        path: newer.path,
        ...(newer.revision === null ? {} : { revision: newer.revision }),
        ...(newer.date === null ? {} : { date: newer.date }),
        also: [{ documentId: older.id, path: older.path, title: older.title }],
      },
      trust: newer.trust,
      table: { columns, rows },
    };
    const count = say(language, `다른 곳 ${changes.length}곳`, `${changes.length} places differ`);
    return { output: { older: side(older), newer: side(newer), changes }, summary: count, evidence: [evidence] };
  },
});

/** The two editions, newer first: those named, else the last two of the first work that has two. */
function familyOf(found: NamedDocument[], revisions: string[]): NamedDocument[] {
  const wanted = new Set(revisions.map((one) => one.toLowerCase()));
  for (const { family } of found) {
    const editions = found
      .filter((one) => one.family === family && family !== "")
      .toSorted((a, b) => Number(b.inForce) - Number(a.inForce) || (b.date ?? "").localeCompare(a.date ?? ""));
    const named = editions.filter((one) => wanted.has((one.revision ?? "").toLowerCase()));
    if (named.length === 2) return named;
    if (editions.length >= 2) return editions.slice(0, 2);
  }
  return [];
}
