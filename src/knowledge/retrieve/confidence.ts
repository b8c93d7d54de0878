import type { SearchLeg } from "../knowledge.ts";
import type { Fused } from "./fuse.ts";
import type { Ranking } from "./ranking.ts";

/** Below it a passage had better not stand for an answer. */
export const leastConfidence = 0.35;

// Logistic regression on the odd questions of tests/evals/retrieval/klipper.jsonl (answered) and abstention.jsonl (not),
// on English, Korean and both; on the even ones AUC .89, 8 % of the right passages below the cut. How many words a
// question has would separate them better still, but only because our unanswerable ones are shorter: left out.
const weights = { constant: -4.68, byRarity: 3.97, byNumber: 4.37, vector: 5.02 };

/** The share of a question's words that a passage has, by their rarity and by their number, and its vector's nearness. */
export type Features = { byRarity: number; byNumber: number; vector: number };

function featuresOf(one: Fused<SearchLeg>, { scores, legs }: Ranking): Features {
  let whole = 0;
  let covered = 0;
  let shares = 0;
  const units = scores.units.filter((unit) => unit.weight > 0);
  for (const { telling, scores: unit } of units) {
    // A long passage scores a single occurrence lower; three quarters are as good as all.
    const part = Math.min(1, unit[one.id]! / (telling * 0.75));
    const share = part < 0.15 ? 0 : part;
    whole += telling;
    covered += telling * share;
    shares += share;
  }
  const vector = legs.find((leg) => leg.name === "vector");
  const hit = vector?.hits.find(({ id }) => id === one.id);
  return {
    byRarity: whole === 0 ? 0 : covered / whole,
    byNumber: shares / Math.max(units.length, 1),
    // What is chance in this space counts as nothing, so that another embedder's figures can stand here too.
    vector: hit ? Math.max(hit.score - (vector?.floor ?? 0), 0) : 0,
  };
}

/** The probability that the passage answers the question, by what questions with and without an answer look like. */
export function confidenceOf(one: Fused<SearchLeg>, ranking: Ranking): number {
  const { byRarity, byNumber, vector } = featuresOf(one, ranking);
  const { constant, ...of } = weights;
  const logit = constant + of.byRarity * byRarity + of.byNumber * byNumber + of.vector * vector;
  return 1 / (1 + Math.exp(-logit));
}
