import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import { readableBy, readerRoles } from "./access.ts";
import type { Knowledge } from "./knowledge.ts";
import { documentColumns, type DocumentSummary } from "./list-documents.ts";
import { readAnchors, type Anchor } from "./pages/read-anchors.ts";

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
  return {
    ...document,
    text: pages.rows.map((page) => page.text).join(""),
    anchors: await readAnchors(pool, document),
  };
}
