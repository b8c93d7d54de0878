import type { Bm25Scores } from "./score-bm25.ts";

/**
 * The share of a question's informative words that a chunk contains, 0 to 1. A word counts by its rarity; a Korean
 * word by the share of its syllable pairs that are there; a word of the glossary also by its other names.
 */
export function coverageOf(chunkId: number, scores: Bm25Scores): number {
  let whole = 0;
  let covered = 0;
  for (const { weight, scores: unit } of scores.units) {
    if (weight <= 0) continue;
    whole += weight;
    // A long chunk scores a single occurrence lower; three quarters are as good as all.
    const share = Math.min(1, unit[chunkId]! / (weight * 0.75));
    covered += weight * (share < 0.15 ? 0 : share);
  }
  return whole === 0 ? 0 : covered / whole;
}
