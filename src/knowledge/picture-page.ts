import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import { readableBy, readerRoles } from "./access.ts";
import type { Knowledge } from "./knowledge.ts";
import type { PagePictures } from "./pages/page-pictures.ts";
import { noSuchPage } from "./read-page.ts";

export type PagePicture = {
  /** PNG bytes. Asked for apart: who has this version needs none. */
  draw(): Promise<Uint8Array>;
  /** Of the document's content: the picture of another content has another address. */
  version: string;
};

type Row = {
  title: string;
  format: string;
  pages: number;
  file: string | null;
  version: string;
  number: number | null;
  width: number | null;
};

/**
 * A page as it came, to be drawn. Rejects with `not_found` where there is no such document (for this actor) or page,
 * or no picture of it, with a sentence that says which.
 */
export async function picturePage(
  ctx: Ctx,
  { knowledge, pictures }: { knowledge: Pick<Knowledge, "database">; pictures: PagePictures },
  { documentId, number, widthPixels }: { documentId: string; number: number; widthPixels: number },
): Promise<PagePicture> {
  const { rows } = await knowledge.database.pool.query<Row>(
    `SELECT d.title, d.format, coalesce(d.pages, 1) AS pages, d.original AS file, d.content_hash AS version,
            p.number, p.width
     FROM documents d LEFT JOIN document_pages p ON p.document_id = d.id AND p.number = $2
     WHERE d.id = $1 AND ${readableBy(3)}`,
    [documentId, number, readerRoles(ctx)],
  );
  const [row] = rows;
  if (!row) throw new SunbaeError("not_found", `There is no document "${documentId}".`);
  const { title, format, pages, file, version } = row;
  if (row.number === null) throw noSuchPage(title, number, pages);
  if (file === null || row.width === null) {
    const why = row.width === null ? "pages of this kind of file are not drawn" : "the file itself was not kept";
    throw new SunbaeError("not_found", `There is no picture of page ${number} of "${title}": ${why}.`, {
      fix: `Its text is at /api/documents/${encodeURIComponent(documentId)}/pages/${number}.`,
    });
  }
  const { signal } = ctx;
  return { version, draw: () => pictures.draw({ fileId: file, format, number, width: widthPixels, signal }) };
}
