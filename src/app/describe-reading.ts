import type { ReadingStatus } from "../http/schemas/reading.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { findOcr, howToInstall, languagesOf, type Ocr } from "../knowledge/load/ocr/find-ocr.ts";
import { readers } from "../knowledge/load/readers.ts";

type Counted = Pick<ReadingStatus, "pages" | "unreadPages" | "documentsWithUnread"> & {
  /** Null before the first vector. */
  done: number | null;
  total: number;
  serving: string | null;
};

/** What is read, by what, and how far. */
export async function describeReading({ database, embedder }: Knowledge): Promise<ReadingStatus> {
  const { rows } = await database.pool.query<Counted>(
    `SELECT coalesce(sum(pages), 0)::float8 AS pages, coalesce(sum(unread_pages), 0)::float8 AS "unreadPages",
       (count(*) FILTER (WHERE unread_pages > 0))::float8 AS "documentsWithUnread",
       coalesce(sum(chunk_count), 0)::float8 AS total,
       (SELECT (SELECT count(*) FROM chunk_embeddings e WHERE e.model_id = m.id)
             + (SELECT count(*) FROM staged_embeddings e WHERE e.model_id = m.id)
        FROM embedding_models m WHERE m.name = $1)::float8 AS done,
       (SELECT name FROM embedding_models WHERE serving LIMIT 1) AS serving
     FROM documents`,
    [embedder.name],
  );
  const [counted] = rows;
  if (!counted) throw new Error("Counting gave no row.");
  const { done, total, serving, ...pages } = counted;
  return {
    formats: [...new Set(Object.values(readers).map(({ format }) => format))].sort(),
    ocr: describeOcr(await findOcr()),
    ...pages,
    embedded: { model: embedder.name, done: Math.min(done ?? 0, total), total, serving },
  };
}

function describeOcr(ocr: Ocr | null): ReadingStatus["ocr"] {
  if (!ocr) return { available: false, tool: null, languages: [], fix: `For scanned pages: ${howToInstall}.` };
  const languages = ocr.languages.filter((language) => language === "kor" || language === "eng");
  const lacks = languages.includes("kor") ? null : `For Korean scans: ${howToInstall}.`;
  return { available: languagesOf(ocr) !== null, tool: `tesseract ${ocr.version}`, languages, fix: lacks };
}
