import type { Database } from "../../db/database.ts";
import type { IndexView } from "../index/index-view.ts";
import type { LiveSegment } from "../index/live-segment.ts";
import { hangulSound, latinSound } from "./sound.ts";

// Vocabulary: the words of the index with the number of passages that have them, kept in memory between questions.
// Latin words are stems. Hangul words are pairs of syllables and whole words of three or more, as the index has them.

export type Vocabulary = {
  latin: ReadonlyMap<string, number>;
  hangul: ReadonlyMap<string, number>;
  /** Words by the key of their sound. */
  latinBySound: ReadonlyMap<string, string[]>;
  hangulBySound: ReadonlyMap<string, string[]>;
  /** Latin words, and Hangul words of three syllables or more, by their first letter. */
  latinByLetter: ReadonlyMap<string, string[]>;
  hangulByLetter: ReadonlyMap<string, string[]>;
};

type Kept = {
  packed: string;
  live: Set<LiveSegment>;
  latin: Map<string, number>;
  hangul: Map<string, number>;
  latinBySound: Map<string, string[]>;
  hangulBySound: Map<string, string[]>;
  latinByLetter: Map<string, string[]>;
  hangulByLetter: Map<string, string[]>;
};

/** The same for consonants that are taken for each other. */
export function firstLetter(korean: string): string {
  const { key, vowels } = hangulSound(korean.slice(0, 1));
  return vowels[0] === "" ? key.slice(0, 1) : "";
}

const kept = new WeakMap<Database, Promise<Kept>>();

/** The words of what `view` shows; read anew only where something was packed or removed. */
export async function vocabularyOf(database: Database, view: IndexView): Promise<Vocabulary> {
  const known = await kept.get(database);
  const live = new Set(view.live.values());
  if (known && known.packed === view.packed && [...known.live].every((one) => live.has(one))) {
    addLive(known, view);
    return known;
  }
  const reading = readVocabulary(database, view);
  kept.set(database, reading);
  // A failed reading is not kept.
  reading.catch(() => kept.delete(database));
  return await reading;
}

async function readVocabulary(database: Database, view: IndexView): Promise<Kept> {
  const words: Kept = {
    packed: view.packed,
    live: new Set(),
    latin: new Map(),
    hangul: new Map(),
    latinBySound: new Map(),
    hangulBySound: new Map(),
    latinByLetter: new Map(),
    hangulByLetter: new Map(),
  };
  if (view.hasPacked) {
    const { rows } = await database.pool.query<{ term: string; n: string }>(
      `SELECT term, sum(n) AS n FROM bm25_postings WHERE term ~ '^([a-z]{3,24}|[가-힣]{2,12})$' GROUP BY term`,
    );
    for (const row of rows) add(words, row.term, Number(row.n));
  }
  addLive(words, view);
  return words;
}

function addLive(words: Kept, view: IndexView): void {
  for (const segment of view.live.values()) {
    if (words.live.has(segment)) continue;
    words.live.add(segment);
    for (const [term, { n }] of segment) if (/^(?:[a-z]{3,24}|[가-힣]{2,12})$/.test(term)) add(words, term, n);
  }
}

function add(words: Kept, term: string, n: number): void {
  const isLatin = /^[a-z]/.test(term);
  const own = isLatin ? words.latin : words.hangul;
  const before = own.get(term);
  own.set(term, (before ?? 0) + n);
  if (before !== undefined) return;
  const { key } = isLatin ? latinSound(term) : hangulSound(term);
  if (key.length >= 2) push(isLatin ? words.latinBySound : words.hangulBySound, key, term);
  if (!isLatin) {
    if (term.length >= 3) push(words.hangulByLetter, firstLetter(term), term);
    return;
  }
  push(words.latinByLetter, term[0]!, term);
  // The r of "bear" is silent, that of "bearing", whose stem it is, is not.
  if (/[aeiouy]r$/.test(term)) push(words.latinBySound, `${key}L`, term);
}

function push(lists: Map<string, string[]>, key: string, term: string): void {
  const list = lists.get(key);
  if (list) list.push(term);
  else lists.set(key, [term]);
}
