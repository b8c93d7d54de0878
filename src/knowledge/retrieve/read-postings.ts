import type { Database } from "../../db/database.ts";
import type { IndexView } from "../index/index-view.ts";

/** Posting lists of each term over all segments, and the number of chunks that have it. */
export type TermPostings = Map<string, { df: number; lists: Uint8Array[] }>;

export async function readPostings(database: Database, view: IndexView, terms: string[]): Promise<TermPostings> {
  const found: TermPostings = new Map();
  const add = (term: string, n: number, data: Uint8Array) => {
    const known = found.get(term);
    if (known) {
      known.df += n;
      known.lists.push(data);
    } else found.set(term, { df: n, lists: [data] });
  };
  if (view.hasPacked && terms.length > 0) {
    const { rows } = await database.pool.query<{ term: string; n: number; data: Buffer }>({
      name: "knowledge-postings",
      text: `SELECT term, n, data FROM bm25_postings WHERE term = ANY($1)`,
      values: [terms],
    });
    for (const row of rows) add(row.term, row.n, row.data);
  }
  for (const segment of view.live.values()) {
    for (const term of terms) {
      const list = segment.get(term);
      if (list) add(term, list.n, list.data);
    }
  }
  return found;
}
