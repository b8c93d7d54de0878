import type { Ctx } from "../../core/context.ts";
import { readableBy, readerRoles } from "../access.ts";
import type { Bilingual } from "../card.ts";
import type { Knowledge, Span } from "../knowledge.ts";
import { isHeading, locatePassage } from "./locate-passage.ts";

/** A card that says that it corrects a passage of a manual; both are to be shown. */
export type Correction = {
  cardId: string;
  cardDocumentId: string;
  title: Bilingual;
  claim: Bilingual;
  expert: string;
  recorded: string | null;
  /** The heading and the sentence of the manual as the card quotes them. */
  heading: string;
  says: string;
  /** Where the document says it; null where it no longer does, or says it in the other language. */
  span: Span | null;
  /** named: the card names this document; edition: another edition of it; translation: its other language. */
  by: "named" | "edition" | "translation";
};

export type CorrectionsOfInput = { documentId: string; heading?: string; span?: Span };

type Row = Omit<Correction, "span">;

/** Which document a card's `corrects` names: by id, path, file name or title. `k` and `o` are card and document. */
const names = `k.corrects->>'document' IN (o.id, o.path, o.title, regexp_replace(o.path, '^.*/', ''))`;

/**
 * Published cards that correct a document, or the part of it that a heading or a span tells. A card that quotes another
 * edition or the translation counts too, the former only while the sentence still stands.
 */
export async function correctionsOf(
  ctx: Ctx,
  knowledge: Pick<Knowledge, "database">,
  { documentId, heading, span }: CorrectionsOfInput,
): Promise<Correction[]> {
  const { pool } = knowledge.database;
  const { rows } = await pool.query<Row>(
    `SELECT DISTINCT ON (k.id) k.id AS "cardId", k.document_id AS "cardDocumentId", k.title, k.claim, k.expert,
            k.recorded::text, k.corrects->>'heading' AS heading, k.corrects->>'says' AS says,
            CASE WHEN o.id = t.id THEN 'named' WHEN o.family = t.family THEN 'edition' ELSE 'translation' END AS by
     FROM documents t
     JOIN documents o ON o.id = t.id OR (o.family = t.family AND t.family <> '')
       OR t.translation_of = o.path OR o.translation_of = t.path
     JOIN cards k ON k.corrects IS NOT NULL AND k.status = 'published' AND ${names}
     JOIN documents d ON d.id = k.document_id
     WHERE t.id = $1 AND ${readableBy(2)} ORDER BY k.id, (o.id = t.id) DESC, (o.family = t.family) DESC`,
    [documentId, readerRoles(ctx)],
  );
  if (rows.length === 0) return [];
  const text = await readText(pool, documentId);
  return rows
    .map((row): Correction => ({ ...row, span: row.by === "translation" ? null : locatePassage(text, row.says) }))
    .filter((one) => one.by !== "edition" || one.span !== null)
    .filter((one) => concerns(one, heading, span));
}

function concerns(one: Correction, heading: string | undefined, span: Span | undefined): boolean {
  if (span && one.span) return one.span[0] < span[1] && one.span[1] > span[0];
  if (heading !== undefined) return isHeading(heading, one.heading);
  return span === undefined;
}

async function readText(pool: Knowledge["database"]["pool"], documentId: string): Promise<string> {
  const { rows } = await pool.query<{ text: string }>(
    `SELECT coalesce(string_agg(text, '' ORDER BY number), '') AS text FROM document_pages WHERE document_id = $1`,
    [documentId],
  );
  return rows[0]!.text;
}

const noticeStart = "It says that it corrects";

/**
 * Looks up what every card says that it corrects, and notes on the card where that isn't to be found. To be called when
 * documents have come or gone: a card may be read before its manual.
 */
export async function checkCorrections({ database: { pool } }: Pick<Knowledge, "database">): Promise<void> {
  const { rows } = await pool.query<{
    id: string;
    notices: string[];
    corrects: { document: string; heading: string; says: string };
    found: string[];
  }>(
    `SELECT d.id, d.notices, k.corrects,
            ARRAY(SELECT o.id FROM documents o WHERE ${names} AND o.id <> d.id ORDER BY o.in_force DESC) AS found
     FROM cards k JOIN documents d ON d.id = k.document_id WHERE k.corrects IS NOT NULL`,
  );
  const texts = new Map<string, string>();
  for (const row of rows) {
    const [documentId] = row.found;
    if (documentId !== undefined && !texts.has(documentId)) texts.set(documentId, await readText(pool, documentId));
    const { document, heading, says } = row.corrects;
    const missing =
      documentId === undefined
        ? `there is no document "${document}"`
        : locatePassage(texts.get(documentId)!, says) === null
          ? `"${document}" does not say “${says}” (any more)`
          : null;
    const notice = missing && `${noticeStart} "${heading}" of ${document}, but ${missing}.`;
    const notices = [...row.notices.filter((one) => !one.startsWith(noticeStart)), ...(notice ? [notice] : [])];
    if (notices.join("\n") !== row.notices.join("\n"))
      await pool.query(`UPDATE documents SET notices = $2 WHERE id = $1`, [row.id, notices]);
  }
}
