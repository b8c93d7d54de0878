import type { Ctx } from "../core/context.ts";
import { readableBy, readerRoles } from "./access.ts";
import type { Knowledge } from "./knowledge.ts";
import { documentColumns, type DocumentSummary } from "./list-documents.ts";

export type NamedDocument = DocumentSummary & { family: string };

/** Documents that a text means by title, path or model ("the L200 manual", "잠금 절차서"), best first; [] where it names none, or `all`. */
export async function findDocuments(
  ctx: Ctx,
  knowledge: Pick<Knowledge, "database">,
  input: { text: string; models?: string[]; inForce?: boolean; all?: boolean },
): Promise<NamedDocument[]> {
  const { rows } = await knowledge.database.pool.query<NamedDocument>(
    `SELECT ${documentColumns}, d.family FROM documents d
     WHERE d.kind NOT IN ('card', 'glossary') AND (d.in_force OR NOT $2::boolean) AND ${readableBy(1)} ORDER BY d.path`,
    [readerRoles(ctx), input.inForce ?? true],
  );
  const asked = new Set(wordsOf(input.text));
  const models = new Set(input.models ?? []);
  const scored = rows.map((row) => {
    const title = wordsOf(`${row.title} ${row.path}`);
    const shared = new Set(title.filter((word) => asked.has(word)));
    const ofModel = row.models.some((model) => models.has(model)) ? 2 : 0;
    const isManual = row.kind === "manual" || (row.pages ?? 0) > 1 ? 0.2 : 0;
    return { row, score: ofModel + shared.size, tie: isManual + shared.size / Math.max(1, title.length) };
  });
  const found = scored
    .filter((one) => input.all || one.score > 0)
    .toSorted((a, b) => b.score - a.score || b.tie - a.tie);
  return found.map((one) => one.row);
}

const general =
  /^(?:the|a|of|for|and|in|page|p|pages|what|does|say|rev|revision|md|pdf|txt|docx|manual|설명서|매뉴얼|문서|쪽|페이지)$/;

function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[a-z0-9]+(?:-[a-z0-9]+)*|[가-힣]+/g) ?? [];
  return words.filter((word) => word.length > 1 && !general.test(word));
}
