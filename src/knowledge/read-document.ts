import type { Ctx, Language } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import { readableBy, readerRoles } from "./access.ts";
import type { Knowledge, Span } from "./knowledge.ts";
import { documentColumns, type DocumentSummary } from "./list-documents.ts";

/** A passage's place in the text, so that a citation can be shown where it stands. */
export type Anchor = {
  chunkId: number;
  heading: string;
  span: Span;
  page: number | null;
  language: Language;
  safety: boolean;
};

/** `text` is the whole document; every span counts characters in it. */
export type DocumentText = DocumentSummary & { text: string; anchors: Anchor[] };

/** Rejects with `not_found`, also where the actor may not read it. */
export async function readDocument(
  ctx: Ctx,
  knowledge: Pick<Knowledge, "database">,
  id: string,
): Promise<DocumentText> {
  const { pool } = knowledge.database;
  const found = await pool.query<DocumentSummary>(
    `SELECT ${documentColumns} FROM documents d WHERE d.id = $1 AND ${readableBy(2)}`,
    [id, readerRoles(ctx)],
  );
  const [document] = found.rows;
  if (!document) throw new SunbaeError("not_found", `There is no document "${id}".`);
  const pages = await pool.query<{ text: string }>(
    `SELECT text FROM document_pages WHERE document_id = $1 ORDER BY number`,
    [id],
  );
  const chunks = await pool.query<
    Omit<Anchor, "heading" | "span"> & { headings: string[]; start: number; end: number }
  >(
    `SELECT id AS "chunkId", headings, span_start AS start, span_end AS "end", page, language, safety
     FROM chunks WHERE document_id = $1 ORDER BY ordinal`,
    [id],
  );
  const anchors = chunks.rows.map(({ headings, start, end, ...rest }): Anchor => {
    return { ...rest, heading: headings.join(" › ") || document.title, span: [start, end] };
  });
  return { ...document, text: pages.rows.map((page) => page.text).join(""), anchors };
}
