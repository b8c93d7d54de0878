import type { IndexView } from "../index/index-view.ts";
import { addPostings, createConjunction, saturationOf } from "./add-postings.ts";
import type { Alternative, QueryUnit } from "./query-unit.ts";
import type { ScoredHit } from "./fuse.ts";
import type { TermPostings } from "./read-postings.ts";

// BM25 over the units of a question. A word counts once, by its rarest term, however many terms it gives: summed as
// they are, a long Korean word's syllables and pairs outweigh two short words.

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
  const saturation = saturationOf(view.meanLength);
  const conjunction = createConjunction(size, saturation);
  const addTerm = (term: string, into: Float32Array, weight: number, way: "add" | "most") => {
    for (const list of postings.get(term)?.lists ?? []) addPostings(list, weight, saturation, into, way);
  };
  const scored = units.map((unit): UnitScore => {
    const scores = new Float32Array(size);
    const rarities = unit.terms.map(idf);
    const weight = Math.max(...rarities, 0);
    const share = weight / (rarities.reduce((sum, one) => sum + one, 0) || 1);
    unit.terms.forEach((term, index) => addTerm(term, scores, rarities[index]! * share, "add"));
    for (const alternative of unit.alternatives) addAlternative(alternative, scores, weight, isPresent(unit));
    let best = 0;
    for (let id = 0; id < size; id += 1) {
      const score = scores[id]!;
      if (score === 0) continue;
      if (allowed !== null && allowed[id] !== 1) {
        scores[id] = 0;
        continue;
      }
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
    // Never on top of the word itself.
    if (terms.length === 1) return addTerm(terms[0]!, scores, rarity * share, "most");
    for (const term of terms) conjunction.and(postings.get(term)!.lists, idf(term) * part);
    conjunction.finish(scores);
  }

  for (const id of view.tombstones) if (id < size) total[id] = 0;
  const touched = new Uint32Array(size);
  let count = 0;
  for (let id = 0; id < size; id += 1) if (total[id]! > 0) touched[count++] = id;
  return { total, touched: touched.subarray(0, count), units: scored, idf };
}

/** The `count` best chunks, best first; ties by id, so that an order is the same every time. `ids` ascend. */
export function bestOf(scores: Float32Array, ids: Uint32Array, count: number): ScoredHit[] {
  let kept: ScoredHit[] = [];
  let least = -Infinity;
  const cut = () => kept.toSorted((a, b) => b.score - a.score || a.id - b.id).slice(0, count);
  for (const id of ids) {
    const score = scores[id]!;
    // Of equal ones the first came first.
    if (score <= least) continue;
    kept.push({ id, score });
    if (kept.length < count * 4) continue;
    kept = cut();
    least = kept.at(-1)?.score ?? least;
  }
  return cut();
}
