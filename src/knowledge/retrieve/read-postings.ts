import type { Database } from "../../db/database.ts";
import type { IndexView } from "../index/index-view.ts";

type Postings = { df: number; lists: Uint8Array[] };
/** Posting lists of each term over all segments, and the number of chunks that have it. */
export type TermPostings = Map<string, Postings>;

/** Packed lists of one version of the index, the longest unused first; the words of one plant come again and again. */
type Kept = {
  version: number;
  bytes: number;
  byTerm: Map<string, Postings>;
  /** Being read: a turn searches several times at once for the same words. */
  coming: Map<string, Promise<unknown>>;
};

const mostBytes = 32 * 1024 * 1024;
const keptOf = new WeakMap<Database["pool"], Kept>();

/** `version` is the index's at the moment of reading: another one than the view's means that they don't fit. */
export async function readPostings(
  database: Pick<Database, "pool">,
  view: IndexView,
  terms: string[],
): Promise<{ postings: TermPostings; version: number }> {
  const found: TermPostings = new Map();
  const add = (term: string, { df, lists }: Postings) => {
    const known = found.get(term);
    if (known) found.set(term, { df: known.df + df, lists: [...known.lists, ...lists] });
    else if (df > 0) found.set(term, { df, lists });
  };
  const { packed, version } = await readPacked(database, view, terms);
  for (const [term, postings] of packed) add(term, postings);
  for (const segment of view.live.values()) {
    for (const term of terms) {
      const list = segment.get(term);
      if (list) add(term, { df: list.n, lists: [list.data] });
    }
  }
  return { postings: found, version };
}

async function readPacked({ pool }: Pick<Database, "pool">, view: IndexView, terms: string[]) {
  const packed: TermPostings = new Map();
  if (!view.hasPacked || terms.length === 0) return { packed, version: view.version };
  const kept = keptAt(pool, view.version);
  await Promise.allSettled(new Set(terms.flatMap((term) => kept.coming.get(term) ?? [])));
  const missing: string[] = [];
  for (const term of terms) {
    const known = kept.byTerm.get(term);
    if (known) {
      packed.set(term, known);
      kept.byTerm.delete(term);
      kept.byTerm.set(term, known);
    } else missing.push(term);
  }
  if (missing.length === 0) return { packed, version: view.version };
  const reading = readMissing(pool, kept, missing);
  for (const term of missing) kept.coming.set(term, reading);
  const { read, version } = await reading.finally(() => missing.forEach((term) => kept.coming.delete(term)));
  for (const [term, postings] of read) packed.set(term, postings);
  return { packed, version };
}

async function readMissing(pool: Database["pool"], kept: Kept, missing: string[]) {
  const { rows } = await pool.query<{ version: string; term: string | null; n: number; data: Buffer }>({
    name: "knowledge-postings",
    text: `SELECT s.value AS version, p.term, p.n, p.data FROM knowledge_state s
           LEFT JOIN bm25_postings p ON p.term = ANY($1) WHERE s.name = 'version'`,
    values: [missing],
  });
  const version = Number(rows[0]?.version ?? kept.version);
  const read: TermPostings = new Map(missing.map((term) => [term, { df: 0, lists: [] }]));
  for (const { term, n, data } of rows) {
    const postings = term === null ? undefined : read.get(term);
    if (!postings) continue;
    postings.df += n;
    postings.lists.push(data);
  }
  if (version === kept.version) for (const [term, postings] of read) keepOne(kept, term, postings);
  return { read, version };
}

/** What is kept of this version; nothing of another one is of use. */
function keptAt(pool: Database["pool"], version: number): Kept {
  const known = keptOf.get(pool);
  if (known?.version === version) return known;
  const fresh: Kept = { version, bytes: 0, byTerm: new Map(), coming: new Map() };
  keptOf.set(pool, fresh);
  return fresh;
}

const sizeOf = (term: string, { lists }: Postings) =>
  200 + term.length * 2 + lists.reduce((sum, one) => sum + one.length, 0);

function keepOne(kept: Kept, term: string, postings: Postings): void {
  const before = kept.byTerm.get(term);
  if (before) kept.bytes -= sizeOf(term, before);
  kept.byTerm.delete(term);
  kept.byTerm.set(term, postings);
  kept.bytes += sizeOf(term, postings);
  for (const [oldest, one] of kept.byTerm) {
    if (kept.bytes <= mostBytes) break;
    kept.byTerm.delete(oldest);
    kept.bytes -= sizeOf(oldest, one);
  }
}
