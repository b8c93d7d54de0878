import type { Ctx, Language } from "../core/context.ts";
import { readableBy, readerRoles } from "./access.ts";
import type { DocumentKind, DocumentTrust, Knowledge } from "./knowledge.ts";

export type DocumentSummary = {
  id: string;
  path: string;
  title: string;
  kind: DocumentKind;
  language: Language;
  models: string[];
  equipmentIds: string[];
  revision: string | null;
  date: string | null;
  approved: boolean;
  trust: DocumentTrust;
  format: string;
  bytes: number;
  pages: number | null;
  chunks: number;
  entries: number;
  notices: string[];
  ingestedAt: string;
  /** False where a newer edition of the same document is there. */
  inForce: boolean;
  /** Pages without text: scans that nothing could read. */
  unreadPages: number;
  /** A picture of its pages can be shown. */
  original: boolean;
  /** What a person set by hand, by field. */
  overrides: Record<string, unknown>;
};

export type ListDocumentsInput = {
  kind?: DocumentKind | undefined;
  limit?: number | undefined;
  offset?: number | undefined;
};

export const documentColumns = `d.id, d.path, d.title, d.kind, d.language, d.models, d.equipment_ids AS "equipmentIds", d.revision,
  d.date::text, d.approved, d.trust, d.format, d.bytes, d.pages, d.chunk_count AS chunks, d.entry_count AS entries,
  d.notices, to_char(d.ingested_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "ingestedAt",
  d.in_force AS "inForce", d.unread_pages AS "unreadPages", d.original IS NOT NULL AS original, d.overrides`;

/** What the actor may read, by path; `total` counts those beyond the limit too. */
export async function listDocuments(
  ctx: Ctx,
  knowledge: Pick<Knowledge, "database">,
  input: ListDocumentsInput = {},
): Promise<{ documents: DocumentSummary[]; total: number }> {
  const { kind = null, limit = 200, offset = 0 } = input;
  const { rows } = await knowledge.database.pool.query<DocumentSummary & { total: number }>(
    `SELECT ${documentColumns}, (count(*) OVER ())::float8 AS total FROM documents d
     WHERE ($1::text IS NULL OR d.kind = $1) AND ${readableBy(2)} ORDER BY d.path COLLATE "C" LIMIT $3 OFFSET $4`,
    [kind, readerRoles(ctx), Math.min(limit, 1_000), offset],
  );
  return { documents: rows.map(({ total: _total, ...document }) => document), total: rows[0]?.total ?? 0 };
}
