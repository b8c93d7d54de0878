import type { Knowledge } from "../knowledge.ts";
import { locatePassage } from "./locate-passage.ts";

/** Which document a card's `corrects` names: by id, path, file name or title. `k` and `o` are card and document. */
const names = `k.corrects->>'document' IN (o.id, o.path, o.title, regexp_replace(o.path, '^.*/', ''))`;

/** A card's readers must not learn from it what a document says that is kept from any of them. */
const openToReaders = `(o.audience = '{}' OR (d.audience <> '{}' AND d.audience <@ o.audience))`;

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
            ARRAY(SELECT o.id FROM documents o WHERE ${names} AND o.id <> d.id AND ${openToReaders} ORDER BY o.in_force DESC) AS found
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

async function readText(pool: Knowledge["database"]["pool"], documentId: string): Promise<string> {
  const { rows } = await pool.query<{ text: string }>(
    `SELECT coalesce(string_agg(text, '' ORDER BY number), '') AS text FROM document_pages WHERE document_id = $1`,
    [documentId],
  );
  return rows[0]!.text;
}
