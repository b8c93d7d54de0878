import type { Evidence, EvidenceKind } from "../core/evidence.ts";
import { quoteEvidence } from "./quote-evidence.ts";
import { estimateTokens } from "./tokens.ts";

export type BudgetedEvidence = {
  /** Quoted and fenced, in the order given. */
  text: string;
  tokens: number;
  shown: string[];
  shortened: string[];
  leftOut: string[];
};

/** What is kept whole longest when there is little room: what was computed, and what keeps people safe. */
const weights: Partial<Record<EvidenceKind, number>> = {
  safety: 10,
  count: 9,
  "alarm-entry": 9,
  card: 8,
  reading: 7,
  code: 7,
  chart: 7,
  equipment: 6,
  "work-order": 6,
  event: 6,
  part: 6,
  passage: 4,
};

/** An item shorter than this says nothing; it is left out instead. */
const leastTokens = 70;

/**
 * The evidence of a prompt in at most `tokens`: all of it where it fits, else the long items shortened to a common
 * length, else the least important left out. Ollama would cut the front of the prompt instead, instructions first.
 */
export function budgetEvidence(evidence: readonly Evidence[], tokens: number): BudgetedEvidence {
  const costs = new Map(evidence.map((item) => [item.id, estimateTokens(quoteEvidence(item)) + 1]));
  const cost = (item: Evidence) => costs.get(item.id) ?? 0;
  const byWeight = [...evidence].sort((a, b) => weigh(b) - weigh(a));
  let kept = byWeight;
  while (kept.length > 0 && total(kept, cost, leastTokens) > tokens) kept = kept.slice(0, -1);
  const cap = capFor(kept, cost, tokens);
  const ids = new Set(kept.map(({ id }) => id));
  const shown = evidence.filter(({ id }) => ids.has(id));
  const shortened = shown.filter((item) => cost(item) > cap);
  const text = shown.map((item) => (cost(item) > cap ? fit(item, cap) : quoteEvidence(item))).join("\n");
  return {
    text,
    tokens: estimateTokens(text),
    shown: shown.map(({ id }) => id),
    shortened: shortened.map(({ id }) => id),
    leftOut: evidence.filter(({ id }) => !ids.has(id)).map(({ id }) => id),
  };
}

function weigh(item: Evidence): number {
  return (
    (weights[item.kind] ?? 5) +
    (item.trust === "approved" || item.trust === "reviewed" ? 0.5 : 0) +
    Math.min(0.4, item.score ?? 0)
  );
}

function total(items: Evidence[], cost: (item: Evidence) => number, cap: number): number {
  return items.reduce((sum, item) => sum + Math.min(cost(item), cap), 0);
}

/** The longest common length with which the items fit. */
function capFor(items: Evidence[], cost: (item: Evidence) => number, tokens: number): number {
  if (total(items, cost, Number.POSITIVE_INFINITY) <= tokens) return Number.POSITIVE_INFINITY;
  let low = leastTokens;
  let high = tokens;
  while (high - low > 4) {
    const middle = Math.floor((low + high) / 2);
    if (total(items, cost, middle) <= tokens) low = middle;
    else high = middle;
  }
  return low;
}

function fit(item: Evidence, cap: number): string {
  let chars = Math.floor(item.text.length * Math.min(1, cap / estimateTokens(quoteEvidence(item)))) + 40;
  let quoted = quoteEvidence(item, chars);
  while (chars > 20 && estimateTokens(quoted) + 1 > cap) {
    chars = Math.floor(chars * 0.85);
    quoted = quoteEvidence(item, chars);
  }
  return quoted;
}
