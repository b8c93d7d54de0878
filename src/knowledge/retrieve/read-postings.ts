import type { Database } from "../../db/database.ts";
import type { IndexView } from "../index/index-view.ts";

/** Posting lists of each term over all segments, and the number of chunks that have it. */
export type TermPostings = Map<string, { df: number; lists: Uint8Array[] }>;

/** `version` is the index's at the moment of reading: another one than the view's means that they don't fit. */
export async function readPostings(
  database: Database,
  view: IndexView,
  terms: string[],
): Promise<{ postings: TermPostings; version: number }> {
  let { version } = view;
  const found: TermPostings = new Map();
  const add = (term: string, n: number, data: Uint8Array) => {
    const known = found.get(term);
    if (known) {
      known.df += n;
      known.lists.push(data);
    } else found.set(term, { df: n, lists: [data] });
  };
  if (view.hasPacked && terms.length > 0) {
    const { rows } = await database.pool.query<{ version: string; term: string | null; n: number; data: Buffer }>({
      name: "knowledge-postings",
      text: `SELECT s.value AS version, p.term, p.n, p.data FROM knowledge_state s
             LEFT JOIN bm25_postings p ON p.term = ANY($1) WHERE s.name = 'version'`,
      values: [terms],
    });
    version = Number(rows[0]?.version ?? version);
    for (const row of rows) if (row.term !== null) add(row.term, row.n, row.data);
  }
  for (const segment of view.live.values()) {
    for (const term of terms) {
      const list = segment.get(term);
      if (list) add(term, list.n, list.data);
    }
  }
  return { postings: found, version };
}
