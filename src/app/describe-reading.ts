import type { ReadingStatus } from "../http/schemas/reading.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { findOcr, howToInstall, languagesOf, type Ocr } from "../knowledge/load/ocr/find-ocr.ts";
import { readers } from "../knowledge/load/readers.ts";

type Counted = Pick<ReadingStatus, "pages" | "unreadPages" | "documentsWithUnread"> & { done: number; total: number };

/** What is read, by what, and how far. */
export async function describeReading({ database, embedder }: Knowledge): Promise<ReadingStatus> {
  const { rows } = await database.pool.query<Counted>(
    `SELECT coalesce(sum(pages), 0)::float8 AS pages, coalesce(sum(unread_pages), 0)::float8 AS "unreadPages",
       (count(*) FILTER (WHERE unread_pages > 0))::float8 AS "documentsWithUnread",
       coalesce(sum(chunk_count), 0)::float8 AS total,
       (SELECT count(*) FROM chunk_embeddings e JOIN embedding_models m ON m.id = e.model_id
        WHERE m.name = $1)::float8 AS done
     FROM documents`,
    [embedder.name],
  );
  const [counted] = rows;
  if (!counted) throw new Error("Counting gave no row.");
  const { done, total, ...pages } = counted;
  return {
    formats: [...new Set(Object.values(readers).map(({ format }) => format))].sort(),
    ocr: describeOcr(await findOcr()),
    ...pages,
    embedded: { model: embedder.name, done: Math.min(done, total), total },
  };
}

function describeOcr(ocr: Ocr | null): ReadingStatus["ocr"] {
  if (!ocr) return { available: false, tool: null, languages: [], fix: `For scanned pages: ${howToInstall}.` };
  const languages = ocr.languages.filter((language) => language === "kor" || language === "eng");
  const lacks = languages.includes("kor") ? null : `For Korean scans: ${howToInstall}.`;
  return { available: languagesOf(ocr) !== null, tool: `tesseract ${ocr.version}`, languages, fix: lacks };
}
