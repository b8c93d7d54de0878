import type { Ctx } from "../../core/context.ts";
import { readableBy, readerRoles } from "../access.ts";
import type { Knowledge, SearchFilters } from "../knowledge.ts";
import type { IndexView } from "../index/index-view.ts";
import type { AllowedRanges } from "./search-vectors.ts";

/** The WHERE condition of a search over documents `d`, and its parameters from `$first` on. */
export type DocumentCondition = { sql: string; values: unknown[]; any: boolean; inForceOnly: boolean };

/** What may be searched. Null for `edition`: only editions in force; "*": all of them. */
export function documentCondition(
  ctx: Ctx,
  filters: SearchFilters,
  first: number,
  edition: string | null = null,
): DocumentCondition {
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
  // A document asked for by its id is meant in whatever edition it is.
  const inForceOnly = edition === null && !filters.documentIds?.length;
  if (edition !== null && edition !== "*") add([edition], editionCondition);
  const any = conditions.length > 1;
  if (inForceOnly) conditions.push("d.in_force");
  return { sql: conditions.join(" AND "), values, any, inForceOnly };
}

const editionName = (column: string) =>
  `regexp_replace(lower(${column}), '^(revision|rev|edition|version|개정판|개정|제|v)?[ .:]*|[ .]*(판|개정)?$', '', 'g')`;

/** The named edition where a family has it; of other families the one in force. */
const editionCondition = (list: string) => `CASE WHEN EXISTS (SELECT 1 FROM documents o
    WHERE o.family = d.family AND o.family <> '' AND ${editionName("o.revision")} = ANY(${list}))
  THEN ${editionName("d.revision")} = ANY(${list}) ELSE d.in_force END`;

/** Chunks that may be found: a mask over their ids, how many, and as multiranges for the database. */
export type AllowedChunks = AllowedRanges & { mask: Uint8Array };

/** What was asked of an index as it stands: roles and filters come again and again, and whatever changes makes it anew. */
const known = new WeakMap<IndexView, Map<string, Promise<AllowedChunks>>>();
const mostKnown = 16;

/** Null where everything may be found. A document's chunks lie side by side. */
export async function allowedChunks(
  knowledge: Knowledge,
  view: IndexView,
  condition: DocumentCondition,
): Promise<AllowedChunks | null> {
  if (!condition.any && !view.restricted && !(condition.inForceOnly && view.replaced)) return null;
  const ofView = known.get(view) ?? new Map<string, Promise<AllowedChunks>>();
  known.set(view, ofView);
  const key = JSON.stringify([condition.sql, condition.values]);
  const ready = ofView.get(key) ?? readAllowed(knowledge, view, condition);
  // The one asked last goes last.
  ofView.delete(key);
  ofView.set(key, ready);
  for (const oldest of ofView.keys()) if (ofView.size > mostKnown) ofView.delete(oldest);
  ready.catch(() => ofView.delete(key));
  return await ready;
}

async function readAllowed(knowledge: Knowledge, view: IndexView, condition: DocumentCondition) {
  const { rows } = await knowledge.database.pool.query<{ first_chunk: number; chunk_count: number }>(
    `SELECT d.first_chunk, d.chunk_count FROM documents d WHERE ${condition.sql}`,
    condition.values,
  );
  const mask = new Uint8Array(view.idLimit);
  for (const row of rows) mask.fill(1, row.first_chunk, row.first_chunk + row.chunk_count);
  const count = rows.reduce((sum, row) => sum + row.chunk_count, 0);
  return { mask, count, allowed: rangesOf(mask, 1), denied: rangesOf(mask, 0) };
}

/** Ids whose mask has the value. What comes in meanwhile is not allowed: nobody has asked whether it may be seen. */
function rangesOf(mask: Uint8Array, value: 0 | 1): string {
  const ranges: string[] = [];
  for (let from = mask.indexOf(value); from !== -1;) {
    const to = mask.indexOf(1 - value, from);
    ranges.push(`[${from},${to === -1 ? mask.length : to})`);
    from = to === -1 ? -1 : mask.indexOf(value, to);
  }
  if (value === 0) ranges.push(`[${mask.length},)`);
  return `{${ranges.join(",")}}`;
}
