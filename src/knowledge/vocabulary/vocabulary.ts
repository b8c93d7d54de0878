import { setImmediate as turnOfLoop } from "node:timers/promises";
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

const kept = new WeakMap<Database, Kept>();
const reading = new WeakMap<Database, Promise<Kept>>();

/** Above it reading the words of packed segments takes longer than a question may wait. */
const manyChunks = 10_000;

/**
 * The words of what `view` shows; read anew only where something was packed or removed. Of a large index the words read
 * last serve until the new ones are there: packing changes none, and a word too many does no harm.
 */
export async function vocabularyOf(database: Database, view: IndexView): Promise<Vocabulary> {
  const known = kept.get(database);
  if (known && isOf(known, view)) {
    addLive(known, view);
    return known;
  }
  const ready = startReading(database, view);
  if (!known || view.chunks <= manyChunks) return await ready;
  // The next question that needs it tells what went wrong.
  ready.catch(() => undefined);
  addLive(known, view);
  return known;
}

function isOf(words: Kept, view: IndexView): boolean {
  const live = new Set(view.live.values());
  return words.packed === view.packed && [...words.live].every((one) => live.has(one));
}

/** One reading at a time; one that began for an older view is waited for and followed by another. */
async function startReading(database: Database, view: IndexView): Promise<Kept> {
  const running = reading.get(database);
  if (running) {
    const words = await running.catch(() => null);
    if (words && isOf(words, view)) return words;
    if (reading.has(database)) return await startReading(database, view);
  }
  const started = readVocabulary(database, view).finally(() => reading.delete(database));
  reading.set(database, started);
  const words = await started;
  kept.set(database, words);
  return words;
}

const addedAtOnce = 2_000;

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
    for (const [at, row] of rows.entries()) {
      add(words, row.term, Number(row.n));
      // Of a large index this takes half a second, in which others ask.
      if (at % addedAtOnce === addedAtOnce - 1) await turnOfLoop();
    }
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
