import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import { readableBy, readerRoles } from "./access.ts";
import type { Knowledge } from "./knowledge.ts";
import { documentColumns, type DocumentSummary } from "./list-documents.ts";
import type { PageLine, PageOrigin } from "./load/loaded-document.ts";
import { readAnchors, type Anchor } from "./pages/read-anchors.ts";

export type PageText = {
  document: DocumentSummary;
  number: number;
  /** How many there are; a format without pages is one page. */
  pages: number;
  text: string;
  /** Where the page's text starts in the document's: every span counts from the document's start. */
  start: number;
  origin: PageOrigin;
  /** Of the sheet, in points; null where it has no picture. */
  size: { width: number; height: number } | null;
  /** Where the page can be shown as it came: the version of the content, for the address of its picture. */
  picture: string | null;
  lines: PageLine[];
  anchors: Anchor[];
};

type PageRow = Pick<PageText, "text" | "start" | "origin" | "lines"> & { width: number | null; height: number | null };

/** Rejects with `not_found`: no such document (or not for this actor), or no such page, saying how many there are. */
export async function readPage(
  ctx: Ctx,
  knowledge: Pick<Knowledge, "database">,
  { documentId, number }: { documentId: string; number: number },
): Promise<PageText> {
  const { pool } = knowledge.database;
  const found = await pool.query<DocumentSummary & { file: string | null; version: string }>(
    `SELECT ${documentColumns}, d.original AS file, d.content_hash AS version FROM documents d WHERE d.id = $1 AND ${readableBy(2)}`,
    [documentId, readerRoles(ctx)],
  );
  const [row] = found.rows;
  if (!row) throw new SunbaeError("not_found", `There is no document "${documentId}".`);
  const { file, version, ...document } = row;
  const pages = document.pages ?? 1;
  const { rows } = await pool.query<PageRow>(
    `SELECT text, starts_at AS start, origin, width, height, lines FROM document_pages
     WHERE document_id = $1 AND number = $2`,
    [documentId, number],
  );
  const [page] = rows;
  if (!page) throw noSuchPage(document.title, number, pages);
  const { width, height, ...rest } = page;
  const size = width === null || height === null ? null : { width, height };
  const picture = size !== null && file !== null ? version : null;
  const anchors = await readAnchors(pool, document, [page.start, page.start + page.text.length]);
  return { document, number, pages, ...rest, size, picture, anchors };
}

export function noSuchPage(title: string, number: number, pages: number): SunbaeError {
  const has = pages === 1 ? "1 page" : `${pages} pages`;
  return new SunbaeError("not_found", `There is no page ${number} in "${title}": it has ${has}.`);
}
