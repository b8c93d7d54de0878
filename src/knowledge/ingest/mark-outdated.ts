import { posix } from "node:path";
import type { Database } from "../../db/database.ts";
import { modelsNamed } from "../load/infer-models.ts";
import { findOcr, howToInstall, languagesOf } from "../load/ocr/find-ocr.ts";

// Marked documents count as made by an older version: whoever reads them next reads them anew.

const mark = `UPDATE documents SET pipeline = 0, content_hash = '' WHERE pipeline <> 0 AND (file <> '' OR original IS NOT NULL)`;

/** Documents with pages that wait for a tool that recognises text, once this machine has it. Returns how many. */
export async function markUnrecognised({ pool }: Pick<Database, "pool">): Promise<number> {
  const waiting = `unread_pages > 0 AND EXISTS (SELECT FROM unnest(notices) AS one (text) WHERE strpos(one.text, $1) > 0)`;
  const { rows } = await pool.query(`SELECT FROM documents WHERE ${waiting} LIMIT 1`, [howToInstall]);
  if (rows.length === 0) return 0;
  const ocr = await findOcr();
  if (!ocr || languagesOf(ocr) === null) return 0;
  return (await pool.query(`${mark} AND ${waiting}`, [howToInstall])).rowCount ?? 0;
}

type Named = { id: string; title: string; path: string; page: string; headings: string };

/** Documents without a model of their own that name one of `models`, which the plant has had only since. Returns how many. */
export async function markForModels({ pool }: Pick<Database, "pool">, models: string[]): Promise<number> {
  if (models.length === 0) return 0;
  const { rows } = await pool.query<Named>(
    `SELECT d.id, d.title, d.path, left(p.text, 1500) AS page,
            (SELECT string_agg(DISTINCT array_to_string(c.headings, E'\\n'), E'\\n') FROM chunks c
             WHERE c.document_id = d.id) AS headings
     FROM documents d LEFT JOIN document_pages p ON p.document_id = d.id AND p.number = 1
     WHERE d.models = '{}' AND d.kind NOT IN ('card', 'glossary') AND NOT d.overrides ? 'models'`,
  );
  const ids = rows.filter((row) => modelsNamed(textOf(row), models).length > 0).map((row) => row.id);
  if (ids.length === 0) return 0;
  return (await pool.query(`${mark} AND id = ANY($1)`, [ids])).rowCount ?? 0;
}

const textOf = ({ title, path, page, headings }: Named) =>
  [title, posix.basename(path), posix.basename(posix.dirname(path)), page, headings].join("\n");
