import type { Ctx } from "../../core/context.ts";
import { readableBy, readerRoles } from "../access.ts";
import type { Knowledge, SearchFilters } from "../knowledge.ts";
import type { IndexView } from "../index/index-view.ts";

/** The WHERE condition of a search over documents `d`, and its parameters from `$first` on. */
export type DocumentCondition = { sql: string; values: unknown[]; any: boolean };

export function documentCondition(ctx: Ctx, filters: SearchFilters, first: number): DocumentCondition {
  const conditions = [readableBy(first)];
  const values: unknown[] = [readerRoles(ctx)];
  const add = (list: unknown[] | undefined, condition: (parameter: string) => string, typed = "text[]") => {
    if (!list || list.length === 0) return;
    values.push(list);
    conditions.push(condition(`$${first + values.length - 1}::${typed}`));
  };
  add(filters.models, (list) => `(d.models = '{}' OR d.models && ${list})`);
  add(filters.equipmentIds, (list) => `(d.equipment_ids = '{}' OR d.equipment_ids && ${list})`);
  add(filters.kinds, (list) => `d.kind = ANY(${list})`);
  add(filters.documentIds, (list) => `d.id = ANY(${list})`);
  add(
    filters.paths,
    (list) => `EXISTS (SELECT 1 FROM unnest(${list}) AS p (path)
    WHERE d.path = p.path OR (right(p.path, 1) = '/' AND left(d.path, length(p.path)) = p.path))`,
  );
  return { sql: conditions.join(" AND "), values, any: conditions.length > 1 };
}

/** Chunks that may be found: a mask over their ids, and how many. */
export type AllowedChunks = { mask: Uint8Array; count: number };

/** Null where everything may be found. A document's chunks lie side by side. */
export async function allowedChunks(
  knowledge: Knowledge,
  view: IndexView,
  condition: DocumentCondition,
): Promise<AllowedChunks | null> {
  if (!condition.any && !view.restricted) return null;
  const { rows } = await knowledge.database.pool.query<{ first_chunk: number; chunk_count: number }>(
    `SELECT d.first_chunk, d.chunk_count FROM documents d WHERE ${condition.sql}`,
    condition.values,
  );
  const mask = new Uint8Array(view.idLimit);
  for (const row of rows) mask.fill(1, row.first_chunk, row.first_chunk + row.chunk_count);
  return { mask, count: rows.reduce((sum, row) => sum + row.chunk_count, 0) };
}
