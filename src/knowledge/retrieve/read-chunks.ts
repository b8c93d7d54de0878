import { createHash } from "node:crypto";
import type { Language } from "../../core/context.ts";
import type { Knowledge, SearchResult } from "../knowledge.ts";
import type { DocumentCondition } from "./filter-documents.ts";

export type FoundChunk = Omit<SearchResult, "score" | "legs" | "confidence" | "entries" | "duplicates" | "context"> & {
  isContents: boolean;
  /** The path of the document that its own is a translation of. */
  translationOf: string | null;
  /** How far from the passage's end each further page begins that it reaches. */
  fromEnd: number[];
};
type ChunkRow = Omit<FoundChunk, "heading" | "span"> & { headings: string[]; start: number; end: number };

/** A passage stands on its page and on those that begin before it ends. */
const origin = `coalesce((SELECT CASE WHEN bool_or(p.origin = 'ocr') THEN 'ocr' ELSE min(p.origin) END
  FROM document_pages p WHERE p.document_id = c.document_id
    AND p.number >= coalesce(c.page, 1) AND (p.number = coalesce(c.page, 1) OR p.starts_at < c.span_end)), 'text')`;

const fromEnd = `ARRAY(SELECT c.span_end - p.starts_at FROM document_pages p WHERE p.document_id = c.document_id
  AND p.number > c.page AND p.number <= c.page + 5 AND p.starts_at < c.span_end ORDER BY p.number)`;

/** Chunks by id with their documents; the filters and roles are asked once more. `condition` counts from $3. */
export async function readChunks(
  knowledge: Knowledge,
  ids: number[],
  language: Language | null,
  condition: DocumentCondition,
): Promise<Map<number, FoundChunk>> {
  const text = `SELECT c.id AS "chunkId", c.document_id AS "documentId", d.path, d.title, c.page, c.headings, c.text,
            c.span_start AS start, c.span_end AS "end", c.language, d.kind, d.models, d.trust, (c.safety AND d.approved) AS safety,
            c.kind = 'contents' AS "isContents", d.translation_of AS "translationOf",
            d.revision, d.date::text AS date, d.in_force AS "inForce", ${origin} AS origin,
            ${fromEnd} AS "fromEnd"
     FROM chunks c JOIN documents d ON d.id = c.document_id
     WHERE c.id = ANY($1::int[]) AND ($2::text IS NULL OR c.language = $2) AND ${condition.sql}`;
  // Prepared by name, one for each set of filters: planning takes longer than reading.
  const name = `knowledge-chunks-${createHash("sha1").update(text).digest("base64url").slice(0, 12)}`;
  const values = [ids, language, ...condition.values];
  const { rows } = await knowledge.database.pool.query<ChunkRow>({ name, text, values });
  return new Map(
    rows.map(({ headings, start, end, ...row }) => [
      row.chunkId,
      { ...row, heading: headings.join(" › ") || row.title, span: [start, end] },
    ]),
  );
}
