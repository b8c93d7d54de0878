import type { Ctx } from "../core/context.ts";
import { readableBy, readerRoles } from "./access.ts";
import type { Knowledge } from "./knowledge.ts";

/**
 * Documents that list codes and whose path or title has one of the words as a whole word: "grbl error 9" means grbl's
 * own list, "HB-900 4101" that of the file "HB-900 errors.csv". Empty where no word names such a document.
 */
export async function documentsWithCodes(ctx: Ctx, knowledge: Knowledge, words: string[]): Promise<string[]> {
  if (words.length === 0) return [];
  const { rows } = await knowledge.database.pool.query<{ id: string }>(
    `SELECT d.id FROM documents d
     WHERE EXISTS (SELECT 1 FROM alarm_entries e WHERE e.document_id = d.id) AND ${readableBy(2)}
       AND EXISTS (SELECT 1 FROM unnest($1::text[]) AS w
                   WHERE regexp_split_to_array(lower(d.path || ' ' || d.title), '[^a-z0-9가-힣]+') @> regexp_split_to_array(w, '[^a-z0-9가-힣]+'))`,
    [words.map((word) => word.toLowerCase()), readerRoles(ctx)],
  );
  return rows.map((row) => row.id);
}
