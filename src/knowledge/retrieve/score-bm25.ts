import type { IndexView } from "../index/index-view.ts";
import { eachPosting, lengthOfByte } from "../index/postings.ts";
import type { Alternative, QueryUnit } from "./query-unit.ts";
import type { ScoredHit } from "./fuse.ts";
import type { TermPostings } from "./read-postings.ts";

// BM25 over the units of a question. k1 and b are the plain values that the anchors of SOURCES.md were measured
// with; they were not tuned to any set. A word counts once, by its rarest term, however many terms it gives: summed
// as they are, a long Korean word's syllables and pairs outweigh two short words.
const k1 = 0.9;
const b = 0.4;

/** What a word of the other language counts against the word itself. */
const translationShare = 0.8;
/** And another word of the same language: the asker's own word tells more where the documents have it. */
const synonymShare = 0.4;

/** `weight` is the word's rarity: what it scores where all its terms occur once in a chunk of mean length. */
/**
 * `telling`: the weight of what the documents call it, where they have another word only. `best`: the highest score.
 */
export type UnitScore = { unit: QueryUnit; weight: number; telling: number; scores: Float32Array; best: number };
export type Bm25Scores = {
  total: Float32Array;
  touched: Uint32Array;
  units: UnitScore[];
  idf: (term: string) => number;
};

/** Scores every chunk for which `allowed` is absent or says 1. Arrays are indexed by chunk id. */
export function scoreBm25(
  units: QueryUnit[],
  postings: TermPostings,
  view: IndexView,
  allowed: Uint8Array | null,
): Bm25Scores {
  const size = view.idLimit;
  const total = new Float32Array(size);
  const idf = (term: string) => {
    const df = Math.min(postings.get(term)?.df ?? 0, view.chunks);
    return Math.log(1 + (view.chunks - df + 0.5) / (df + 0.5));
  };
  const norms = lengthOfByte.map((length) => k1 * (1 - b + (b * length) / view.meanLength));
  const addTerm = (term: string, into: Float32Array, weight: number) => {
    for (const list of postings.get(term)?.lists ?? []) {
      eachPosting(list, (chunkId, tf, length) => {
        if (allowed !== null && allowed[chunkId] !== 1) return;
        if (chunkId < size) into[chunkId]! += (weight * tf * (k1 + 1)) / (tf + norms[length]!);
      });
    }
  };
  const scored = units.map((unit): UnitScore => {
    const scores = new Float32Array(size);
    const rarities = unit.terms.map(idf);
    const weight = Math.max(...rarities, 0);
    const share = weight / (rarities.reduce((sum, one) => sum + one, 0) || 1);
    unit.terms.forEach((term, index) => addTerm(term, scores, rarities[index]! * share));
    for (const alternative of unit.alternatives) addAlternative(alternative, scores, weight, isPresent(unit));
    let best = 0;
    for (let id = 0; id < size; id += 1) {
      const score = scores[id]!;
      total[id]! += score;
      if (score > best) best = score;
    }
    return { unit, weight, telling: isPresent(unit) ? weight : otherWeight(unit, weight), scores, best };
  });

  function isPresent(unit: QueryUnit): boolean {
    return unit.terms.every((term) => /^[가-힣]$/.test(term) || (postings.get(term)?.df ?? 0) > 0);
  }

  function otherWeight(unit: QueryUnit, weight: number): number {
    const found = unit.alternatives.filter(({ terms }) => terms.every((term) => postings.has(term)));
    const rarest = found.map(({ terms }) => Math.max(...terms.map(idf)) * translationShare);
    return found.length === 0 ? weight : Math.min(weight, Math.max(...rarest));
  }

  function addAlternative(alternative: Alternative, scores: Float32Array, weight: number, present: boolean) {
    if (alternative.terms.some((term) => !postings.has(term))) return;
    const terms = alternative.terms.toSorted((one, other) => idf(other) - idf(one));
    const sum = terms.reduce((total, term) => total + idf(term), 0) || 1;
    const share = alternative.sameScript && present ? synonymShare : translationShare;
    // Never more than the word that was asked for: a rare synonym of a common word must not lead.
    const rarity = Math.min(idf(terms[0]!), weight);
    const part = (rarity / sum) * share;
    // Rarest first: only chunks that have every term so far are carried on.
    let found = new Map<number, number>();
    terms.forEach((term, index) => {
      const weight = idf(term) * part;
      const next = new Map<number, number>();
      for (const list of postings.get(term)?.lists ?? []) {
        eachPosting(list, (chunkId, tf, length) => {
          const before = index === 0 ? 0 : found.get(chunkId);
          if (before === undefined || chunkId >= size || (allowed !== null && allowed[chunkId] !== 1)) return;
          next.set(chunkId, before + (weight * tf * (k1 + 1)) / (tf + norms[length]!));
        });
      }
      found = next;
    });
    // Never on top of the word itself.
    for (const [id, score] of found) if (score > scores[id]!) scores[id] = score;
  }

  for (const id of view.tombstones) if (id < size) total[id] = 0;
  const touched = new Uint32Array(size);
  let count = 0;
  for (let id = 0; id < size; id += 1) if (total[id]! > 0) touched[count++] = id;
  return { total, touched: touched.subarray(0, count), units: scored, idf };
}

/** The `count` best chunks, best first; ties by id, so that an order is the same every time. */
export function bestOf(scores: Float32Array, ids: Uint32Array, count: number): ScoredHit[] {
  const chosen = ids.length > count * 4 ? likelyBest(scores, ids, count) : ids;
  return Array.from(chosen, (id) => ({ id, score: scores[id]! }))
    .toSorted((a, b) => b.score - a.score || a.id - b.id)
    .slice(0, count);
}

const steps = 1_024;

/** The best `count` and a few more, without sorting them all: those in the highest steps of score that hold so many. */
function likelyBest(scores: Float32Array, ids: Uint32Array, count: number): Uint32Array {
  let highest = 0;
  for (const id of ids) if (scores[id]! > highest) highest = scores[id]!;
  const stepOf = (id: number): number => Math.floor((scores[id]! / highest) * (steps - 1));
  const sizes = new Uint32Array(steps);
  for (const id of ids) sizes[stepOf(id)]! += 1;
  let lowest = steps - 1;
  for (let held = sizes[lowest]!; held < count && lowest > 0;) held += sizes[(lowest -= 1)]!;
  return ids.filter((id) => stepOf(id) >= lowest);
}
