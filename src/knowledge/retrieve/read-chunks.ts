import type { Language } from "../../core/context.ts";
import type { Knowledge, SearchResult } from "../knowledge.ts";
import type { DocumentCondition } from "./filter-documents.ts";

type FoundChunk = Omit<SearchResult, "score" | "legs" | "confidence" | "entries">;
type ChunkRow = Omit<FoundChunk, "heading" | "span"> & { headings: string[]; start: number; end: number };

/** Chunks by id with their documents; the filters and roles are asked once more. `condition` counts from $3. */
export async function readChunks(
  knowledge: Knowledge,
  ids: number[],
  language: Language | null,
  condition: DocumentCondition,
): Promise<Map<number, FoundChunk>> {
  const { rows } = await knowledge.database.pool.query<ChunkRow>(
    `SELECT c.id AS "chunkId", c.document_id AS "documentId", d.path, d.title, c.page, c.headings, c.text,
            c.span_start AS start, c.span_end AS "end", c.language, d.kind, d.models, d.trust, c.safety
     FROM chunks c JOIN documents d ON d.id = c.document_id
     WHERE c.id = ANY($1::int[]) AND ($2::text IS NULL OR c.language = $2) AND ${condition.sql}`,
    [ids, language, ...condition.values],
  );
  return new Map(
    rows.map(({ headings, start, end, ...row }) => [
      row.chunkId,
      { ...row, heading: headings.join(" › ") || row.title, span: [start, end] },
    ]),
  );
}
