import type { Ctx } from "../core/context.ts";
import { jobReadableBy, readableBy, readerRoles } from "./access.ts";
import type { Knowledge } from "./knowledge.ts";

/** A document with pages of which there is no text, or a file that could not be read at all (`pages` is null). */
export type UnreadDocument = {
  documentId: string | null;
  path: string;
  title: string;
  pages: number | null;
  unread: number | null;
  /** Why, as a sentence of the reader; null where it gave none. */
  why: string | null;
};

/** What an answer may have missed: documents in force (of the models, or of no model) with unread pages, then failed files. */
export async function unreadDocuments(
  ctx: Ctx,
  knowledge: Pick<Knowledge, "database">,
  input: { models?: string[]; limit?: number } = {},
): Promise<UnreadDocument[]> {
  const { rows } = await knowledge.database.pool.query<UnreadDocument & { notices: string[] }>(
    `(SELECT d.id AS "documentId", d.path, d.title, d.pages, d.unread_pages AS unread, d.notices
      FROM documents d WHERE d.unread_pages > 0 AND d.in_force AND ${readableBy(1)}
        AND ($2::text[] = '{}' OR d.models = '{}' OR d.models && $2) ORDER BY d.path)
     UNION ALL
     (SELECT NULL, f.path, f.path, NULL, NULL, ARRAY[f.reason] FROM (
        SELECT DISTINCT ON (f.path) f.path, f.verdict, f.reason FROM ingest_files f JOIN ingest_jobs j ON j.id = f.job_id
        WHERE f.verdict IS NOT NULL AND ${jobReadableBy(1)} ORDER BY f.path, j.created_at DESC) f
      WHERE f.verdict = 'failed' AND NOT EXISTS (SELECT FROM documents d WHERE d.path = f.path) ORDER BY f.path)
     LIMIT $3`,
    [readerRoles(ctx), input.models ?? [], input.limit ?? 4],
  );
  return rows.map(({ notices, ...row }) => ({ ...row, why: reasonOf(notices ?? [], row.documentId === null) }));
}

function reasonOf(notices: (string | null)[], failed: boolean): string | null {
  const said = notices.filter((one): one is string => typeof one === "string" && one !== "");
  const telling = failed ? said : said.filter((one) => /page|쪽|OCR|picture|scan|그림|text/i.test(one));
  return telling[0] ?? null;
}
