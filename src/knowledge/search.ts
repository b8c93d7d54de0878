import { setImmediate as turnOfLoop } from "node:timers/promises";
import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import { indexView } from "./index/index-view.ts";
import type { Knowledge, Reranker, SearchAnswer, SearchInput, SearchLeg, SearchResult } from "./knowledge.ts";
import { askedEdition } from "./retrieve/asked-edition.ts";
import { analyseQuery } from "./retrieve/analyse-query.ts";
import { entriesFirst, entriesOf, identifierHits } from "./retrieve/code-entries.ts";
import { allowedChunks, documentCondition } from "./retrieve/filter-documents.ts";
import { fuse } from "./retrieve/fuse.ts";
import type { ScoredLeg } from "./retrieve/fuse.ts";
import { hiddenCorrections } from "./retrieve/hidden-corrections.ts";
import { readContext } from "./retrieve/read-context.ts";
import { readPostings } from "./retrieve/read-postings.ts";
import { bestOf, scoreBm25 } from "./retrieve/score-bm25.ts";
import { toResults } from "./retrieve/to-results.ts";
import { vectorLeg } from "./retrieve/vector-leg.ts";
import { correctedOnce } from "./vocabulary/corrected-once.ts";
import { correctQuery } from "./vocabulary/correct-query.ts";
import { vocabularyOf } from "./vocabulary/vocabulary.ts";

const mostResults = 200;
const noVectors: ScoredLeg<SearchLeg> = { name: "vector", weight: 0, hits: [] };

/**
 * Passages for a query, best first, by three legs: exact identifiers, BM25, vectors. What an asked code's entry
 * stands in comes first. Filters and the actor's roles apply inside every leg. Throws `invalid_input` if empty.
 */
export async function search(ctx: Ctx, knowledge: Knowledge, input: SearchInput): Promise<SearchAnswer> {
  if (input.query.trim() === "")
    throw new SunbaeError("invalid_input", "The query is empty.", { fix: "Ask for something." });
  const k = Math.min(Math.max(Math.trunc(input.k ?? 10), 1), mostResults);
  const { view, query, postings } = await readIndex(ctx, knowledge, input.query);
  const edition = input.revisions === "all" ? "*" : askedEdition(input.query);
  const condition = documentCondition(ctx, input.filters ?? {}, 1, edition);
  const inLeg = documentCondition(ctx, input.filters ?? {}, 3, edition);
  const found = await allowedChunks(knowledge, view, condition);
  const allowed = found?.mask ?? null;
  // Enough for k documents when several chunks of one are found, and for a language that filters afterwards.
  const depth = Math.min(Math.max(k * 4, 100) * (input.filters?.language ? 4 : 1), 2_000);

  const wanted = (leg: SearchLeg) => input.legs === undefined || input.legs.includes(leg);
  // The database looks for codes and vectors while the full text is scored here.
  const scoring = turnOfLoop().then(() => scoreBm25(query.units, postings, view, allowed));
  const finding = scoring.then((scores) => bestOf(scores.total, scores.touched, depth));
  const [entries, vector, scores, lexical] = await Promise.all([
    entriesOf(ctx, knowledge, input, query, { allowed, revisions: edition === null ? "in-force" : "all" }),
    wanted("vector") ? vectorLeg(ctx, knowledge, view, query.text, found, finding) : noVectors,
    scoring,
    finding,
  ]);
  const legs: ScoredLeg<SearchLeg>[] = [
    { name: "identifier", weight: 0.5, hits: wanted("identifier") ? identifierHits(scores, entries, depth) : [] },
    { name: "bm25", weight: 1, hits: wanted("bm25") ? lexical : [] },
    vector,
  ];
  const ranked = entriesFirst(fuse(legs), wanted("identifier") ? entries : []);
  const reranker = input.rerank ? knowledge.reranker : undefined;
  const ranking = { input, k: reranker ? Math.max(k, reranked) : k, ranked, entries, scores, condition: inLeg, legs };
  const inOrder = await toResults(knowledge, ranking);
  const results = (reranker ? await sorted(ctx, reranker, query.text, inOrder) : inOrder).slice(0, k);
  return {
    results: await withContext(knowledge, results, input.context ?? 0),
    legs: legs.filter((leg) => leg.hits.length > 0).map((leg) => leg.name),
    codes: query.codes.map((code) => code.raw),
    corrections: query.corrections,
    revision: edition === "*" ? (input.revisions === "all" ? null : "older") : (edition?.toUpperCase() ?? null),
  };
}

const reranked = 20;

/** What an asked code's entry stands in stays first, whatever a model thinks. */
async function sorted(
  ctx: Ctx,
  reranker: Reranker,
  question: string,
  results: SearchResult[],
): Promise<SearchResult[]> {
  const isSure = (result: SearchResult) => result.entries.length > 0 && result.confidence === 1;
  const open = results.slice(0, reranked).filter((result) => !isSure(result));
  const order = await reranker(question, open, ctx.signal);
  if (order === null) return results;
  return [...results.slice(0, reranked).filter(isSure), ...order.map((at) => open[at]!), ...results.slice(reranked)];
}

async function withContext(knowledge: Knowledge, results: SearchResult[], count: number): Promise<SearchResult[]> {
  if (count < 1 || results.length === 0) return results;
  const ids = results.map((result) => result.chunkId);
  const around = await readContext(knowledge, ids, count);
  return results.map((result) => ({ ...result, context: around.get(result.chunkId) ?? null }));
}

const readings = 4;

/** The index as it stands at one moment. Read apart, a segment packed meanwhile would count twice or not at all. */
async function readIndex(ctx: Ctx, knowledge: Knowledge, text: string) {
  const { database } = knowledge;
  for (let attempt = 1; ; attempt += 1) {
    const view = await indexView(database);
    const vocabulary = await vocabularyOf(database, view);
    const words = { vocabulary, glossary: view.glossary };
    const first = correctedOnce(text, words, view);
    const hidden = await hiddenCorrections(ctx, knowledge, view, first.corrections);
    const corrected = hidden.size === 0 ? first : correctQuery(text, words, hidden);
    const query = { ...analyseQuery(corrected.text, view.glossary, vocabulary), corrections: corrected.corrections };
    const terms = query.units.flatMap((unit) => [...unit.terms, ...unit.alternatives.flatMap((one) => one.terms)]);
    const { postings, version } = await readPostings(database, view, [...new Set(terms)]);
    // Documents that come in one after another must not hold up a question for long.
    if (version === view.version || attempt === readings) return { view, query, postings };
  }
}
