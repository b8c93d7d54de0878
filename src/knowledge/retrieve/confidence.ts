import type { SearchLeg } from "../knowledge.ts";
import { coverageOf } from "./coverage.ts";
import type { Fused } from "./fuse.ts";
import type { Ranking } from "./ranking.ts";

export function confidenceOf(one: Fused<SearchLeg>, { scores }: Ranking): number {
  return Math.min(coverageOf(one.id, scores), 1);
}
