import type { SearchInput, SearchLeg } from "../knowledge.ts";
import type { SureEntry } from "./code-entries.ts";
import type { DocumentCondition } from "./filter-documents.ts";
import type { Fused, ScoredLeg } from "./fuse.ts";
import type { Bm25Scores } from "./score-bm25.ts";

/** All that is known of a question's chunks before they are read. */
export type Ranking = {
  input: SearchInput;
  /** Results wanted. */
  k: number;
  /** Best first. */
  ranked: Fused<SearchLeg>[];
  entries: SureEntry[];
  scores: Bm25Scores;
  legs: ScoredLeg<SearchLeg>[];
  /** Counts its parameters from $3. */
  condition: DocumentCondition;
};
