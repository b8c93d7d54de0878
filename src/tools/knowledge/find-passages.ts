import type { Language } from "../../core/context.ts";
import type { SearchAnswer, SearchFilters, SearchResult } from "../../knowledge/knowledge.ts";
import { leastConfidence } from "../../knowledge/retrieve/confidence.ts";
import { search } from "../../knowledge/search.ts";
import type { ToolContext } from "../tool.ts";

export { leastConfidence };

/** Down to this it is given to whoever looks at its sentences: a card as near must not stand there alone. */
const leastGiven = 0.28;
/** By so much an older edition must be nearer before it is shown beside the one in force. */
const clearlyNearer = 0.05;
/** Of a passage in the other language only what the glossary knows counts: whoever takes it looks at it closer. */
const leastForeign = 0.15;
/** Who names an edition has said much about where to look; its words aren't in the text. */
const leastOfEdition = 0.14;

export type FoundPassages = {
  answer: SearchAnswer;
  passages: SearchResult[];
  /** Set where the words are found in a superseded edition only: those passages stand in `passages`, marked. */
  onlyOlder: boolean;
};

/**
 * Passages good enough to answer with, neighbours with them. Where the editions in force say nothing of it, or far less
 * than an older one, the older one's passages come too.
 */
export async function findPassages(
  context: Pick<ToolContext, "ctx" | "knowledge">,
  input: { query: string; k: number; filters: SearchFilters; language: Language },
): Promise<FoundPassages> {
  const { ctx, knowledge } = context;
  const { language: _language, ...query } = input;
  const asked = { ...query, context: 1 };
  const answer = await search(ctx, knowledge, asked);
  const least = answer.revision === null ? leastGiven : leastOfEdition;
  const good = answer.results.filter(
    (one) => one.confidence >= (one.language === input.language ? least : Math.min(least, leastForeign)),
  );
  const best = Math.max(0, ...good.map((one) => one.confidence));
  if (answer.revision !== null || best >= 1 - clearlyNearer) return { answer, passages: good, onlyOlder: false };
  if (!(await hasReplaced(knowledge))) return { answer, passages: good, onlyOlder: false };
  const all = await search(ctx, knowledge, { ...asked, revisions: "all" });
  const older = all.results.filter(
    (one) => !one.inForce && one.confidence >= leastConfidence && one.confidence >= best + clearlyNearer,
  );
  return { answer, passages: [...older, ...good].slice(0, input.k), onlyOlder: older.length > 0 && good.length === 0 };
}

/** Most plants keep no older editions: then there is nothing to search a second time. */
async function hasReplaced({ database }: ToolContext["knowledge"]): Promise<boolean> {
  const { rows } = await database.pool.query({
    name: "knowledge-has-replaced",
    text: `SELECT 1 FROM documents WHERE NOT in_force LIMIT 1`,
  });
  return rows.length > 0;
}
