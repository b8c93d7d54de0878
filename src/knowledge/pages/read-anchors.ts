import type { Language } from "../../core/context.ts";
import type { Database } from "../../db/database.ts";
import type { Span } from "../knowledge.ts";

/** A passage's place in the text, so that a citation can be shown where it stands. */
export type Anchor = {
  chunkId: number;
  heading: string;
  span: Span;
  page: number | null;
  language: Language;
  safety: boolean;
};

type Row = Omit<Anchor, "heading" | "span"> & { headings: string[]; start: number; end: number };

/** In reading order: all of a document, or those that touch `within`. A passage without headings bears the title. */
export async function readAnchors(
  pool: Database["pool"],
  document: { id: string; title: string },
  within: Span | null = null,
): Promise<Anchor[]> {
  const { rows } = await pool.query<Row>(
    `SELECT id AS "chunkId", headings, span_start AS start, span_end AS "end", page, language,
            safety AND (SELECT approved FROM documents WHERE id = $1) AS safety
     FROM chunks WHERE document_id = $1 AND ($2::int IS NULL OR span_start < $3::int AND span_end > $2::int)
     ORDER BY ordinal`,
    [document.id, within?.[0] ?? null, within?.[1] ?? null],
  );
  return rows.map(({ headings, start, end, ...rest }): Anchor => {
    return { ...rest, heading: headings.join(" › ") || document.title, span: [start, end] };
  });
}
