import type { Ctx } from "../../core/context.ts";
import { SunbaeError } from "../../core/errors.ts";
import type { IndexView } from "../index/index-view.ts";
import type { Knowledge, SearchLeg } from "../knowledge.ts";
import type { ScoredHit, ScoredLeg } from "./fuse.ts";
import type { AllowedRanges } from "./search-vectors.ts";
import { searchVectors } from "./search-vectors.ts";
import { servedSpace } from "./served-space.ts";

/** Fixed, so that a result's place does not hang on how many were asked for. */
const vectorHits = 200;

/** Chunks near the question in the space that serves now; no hits where there is none or its model is out of reach. */
export async function vectorLeg(
  ctx: Ctx,
  knowledge: Knowledge,
  view: IndexView,
  query: string,
  allowed: AllowedRanges | null,
  /** The full text's best; the index is asked while they are being found. */
  lexical: Promise<ScoredHit[]>,
): Promise<ScoredLeg<SearchLeg>> {
  const space = servedSpace(knowledge, view);
  const leg: ScoredLeg<SearchLeg> = { name: "vector", weight: space?.embedder.reliability ?? 0, hits: [] };
  if (!space) return leg;
  try {
    const vector = await space.embedder.embedQuestion(query, ctx.signal);
    // The model under this name was replaced; its passages are being embedded again.
    if (vector.length !== space.dimension) return leg;
    const hits = await searchVectors(knowledge.database, space, {
      vector,
      allowed,
      candidates: lexical,
      limit: vectorHits,
    });
    // Of many hits the last shows what a chance similarity is in this space.
    const floor = hits.length >= vectorHits / 4 ? hits.at(-1)!.score : 0;
    return { ...leg, hits, floor };
  } catch (thrown) {
    // Two legs answer without the third; a model out of reach is seen in `legs`.
    if (!(thrown instanceof SunbaeError) || thrown.code !== "unavailable") throw thrown;
  }
  return leg;
}
