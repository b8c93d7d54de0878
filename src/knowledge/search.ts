import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import { indexView } from "./index/index-view.ts";
import type {
  AlarmEntry,
  Knowledge,
  Revisions,
  SearchAnswer,
  SearchInput,
  SearchLeg,
  SearchResult,
} from "./knowledge.ts";
import { lookUpCode } from "./look-up-code.ts";
import { askedEdition } from "./retrieve/asked-edition.ts";
import { analyseQuery } from "./retrieve/analyse-query.ts";
import type { AnalysedQuery } from "./retrieve/analyse-query.ts";
import { coverageOf } from "./retrieve/coverage.ts";
import { allowedChunks, documentCondition } from "./retrieve/filter-documents.ts";
import type { DocumentCondition } from "./retrieve/filter-documents.ts";
import { fuse } from "./retrieve/fuse.ts";
import type { ScoredHit, ScoredLeg } from "./retrieve/fuse.ts";
import { readContext } from "./retrieve/read-context.ts";
import { readChunks } from "./retrieve/read-chunks.ts";
import { readPostings } from "./retrieve/read-postings.ts";
import { bestOf, scoreBm25 } from "./retrieve/score-bm25.ts";
import type { Bm25Scores } from "./retrieve/score-bm25.ts";
import { vectorLeg } from "./retrieve/vector-leg.ts";
import { correctQuery } from "./vocabulary/correct-query.ts";
import { vocabularyOf } from "./vocabulary/vocabulary.ts";
import { languageOf } from "./text/language.ts";

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
  const { view, query, postings } = await readIndex(knowledge, input.query);
  const edition = input.revisions === "all" ? "*" : askedEdition(input.query);
  const condition = documentCondition(ctx, input.filters ?? {}, 1, edition);
  const inLeg = documentCondition(ctx, input.filters ?? {}, 3, edition);
  const found = await allowedChunks(knowledge, view, condition);
  const allowed = found?.mask ?? null;
  // Enough for k documents when several chunks of one are found, and for a language that filters afterwards.
  const depth = Math.min(Math.max(k * 4, 100) * (input.filters?.language ? 4 : 1), 2_000);

  const entries = await entriesOf(ctx, knowledge, input, query, {
    allowed,
    revisions: edition === null ? "in-force" : "all",
  });
  const scores = scoreBm25(query.units, postings, view, allowed);
  const wanted = (leg: SearchLeg) => input.legs === undefined || input.legs.includes(leg);
  const lexical = bestOf(scores.total, scores.touched, depth);
  const legs: ScoredLeg<SearchLeg>[] = [
    { name: "identifier", weight: 0.5, hits: wanted("identifier") ? identifierHits(scores, entries, depth) : [] },
    { name: "bm25", weight: 1, hits: wanted("bm25") ? lexical : [] },
    wanted("vector") ? await vectorLeg(ctx, knowledge, view, query.text, found, lexical) : noVectors,
  ];
  const ranked = entriesFirst(fuse(legs), wanted("identifier") ? entries : []);
  const results = await toResults(knowledge, input, k, ranked, entries, scores, inLeg);
  return {
    results: await withContext(knowledge, results, input.context ?? 0),
    legs: legs.filter((leg) => leg.hits.length > 0).map((leg) => leg.name),
    codes: query.codes.map((code) => code.raw),
    corrections: query.corrections,
    revision: edition === "*" ? (input.revisions === "all" ? null : "older") : (edition?.toUpperCase() ?? null),
  };
}

async function withContext(knowledge: Knowledge, results: SearchResult[], count: number): Promise<SearchResult[]> {
  if (count < 1 || results.length === 0) return results;
  const ids = results.map((result) => result.chunkId);
  const around = await readContext(knowledge, ids, count);
  return results.map((result) => ({ ...result, context: around.get(result.chunkId) ?? null }));
}

type SureEntry = AlarmEntry & { sure: boolean };

async function entriesOf(
  ctx: Ctx,
  knowledge: Knowledge,
  input: SearchInput,
  query: AnalysedQuery,
  { allowed, revisions }: { allowed: Uint8Array | null; revisions: Revisions },
): Promise<SureEntry[]> {
  const found: SureEntry[] = [];
  for (const mention of query.codes.slice(0, 5)) {
    const entries = await lookUpCode(ctx, knowledge, {
      code: mention.code,
      ...(mention.kind ? { kind: mention.kind } : {}),
      ...(input.filters?.models ? { models: input.filters.models } : {}),
      language: input.filters?.language ?? languageOf(query.text),
      revisions,
    });
    // A bare number is a code only where one is written just so, and leads only where nothing else is asked, the
    // machine is known, or letters stand before it.
    const known = (input.filters?.models?.length ?? 0) > 0 || /[a-z]/.test(mention.code);
    const sure = mention.certain || known || query.text.trim() === mention.raw;
    const trusted = mention.certain ? entries : entries.filter((entry) => entry.match === "exact");
    const best = trusted[0]?.match;
    const visible = trusted.filter((entry) => allowed === null || allowed[entry.chunkId] === 1);
    found.push(...visible.slice(0, 40).map((entry) => ({ ...entry, sure: sure && entry.match === best })));
  }
  return found;
}

const readings = 4;

/** The index as it stands at one moment. Read apart, a segment packed meanwhile would count twice or not at all. */
async function readIndex({ database }: Knowledge, text: string) {
  for (let attempt = 1; ; attempt += 1) {
    const view = await indexView(database);
    const vocabulary = await vocabularyOf(database, view);
    const corrected = correctQuery(text, { vocabulary, glossary: view.glossary });
    const query = { ...analyseQuery(corrected.text, view.glossary, vocabulary), corrections: corrected.corrections };
    const terms = query.units.flatMap((unit) => [...unit.terms, ...unit.alternatives.flatMap((one) => one.terms)]);
    const { postings, version } = await readPostings(database, view, [...new Set(terms)]);
    // Documents that come in one after another must not hold up a question for long.
    if (version === view.version || attempt === readings) return { view, query, postings };
  }
}

/** What an asked code's entry stands in comes first, in the order of the entries. */
function entriesFirst<One extends { id: number }>(ranked: One[], entries: SureEntry[]): One[] {
  const sure = entries.filter((entry) => entry.sure).map((entry) => entry.chunkId);
  const place = new Map([...new Set(sure)].map((id, index) => [id, index]));
  return ranked.toSorted((a, b) => (place.get(a.id) ?? sure.length) - (place.get(b.id) ?? sure.length));
}

/** Chunks of the asked codes' entries, then chunks that contain an asked identifier as it is written. */
function identifierHits(scores: Bm25Scores, entries: SureEntry[], depth: number): ScoredHit[] {
  const hits = new Map(entries.map((entry) => [entry.chunkId, 1]));
  const named = scores.units.filter((one) => one.unit.identifiers.length > 0 && one.weight > 0);
  for (const id of named.length > 0 ? scores.touched : []) {
    const here = named.filter((one) => one.scores[id]! >= one.weight * wholeIdentifier);
    if (here.length > 0) hits.set(id, Math.max(hits.get(id) ?? 0, here.length / (named.length + 1)));
  }
  const ids = [...hits].toSorted((a, b) => b[1] - a[1] || scores.total[b[0]]! - scores.total[a[0]]!);
  return ids.slice(0, depth).map(([id, score]) => ({ id, score }));
}

/** This share of a word's full score means that the identifier itself is there and not only a part of it. */
const wholeIdentifier = 0.6;

async function toResults(
  knowledge: Knowledge,
  input: SearchInput,
  k: number,
  ranked: { id: number; score: number; legs: SearchLeg[] }[],
  entries: SureEntry[],
  scores: Bm25Scores,
  condition: DocumentCondition,
): Promise<SearchResult[]> {
  const results: SearchResult[] = [];
  const documents = new Set<string>();
  for (let from = 0; from < ranked.length && results.length < k;) {
    const page = ranked.slice(from, from + Math.max(k * 2, 20));
    from += page.length;
    const chunks = await readChunks(
      knowledge,
      page.map((one) => one.id),
      input.filters?.language ?? null,
      condition,
    );
    // A table of contents names everything and explains nothing.
    const isContents = (one: { id: number }) => chunks.get(one.id)?.isContents === true;
    for (const one of [...page.filter((one) => !isContents(one)), ...page.filter(isContents)]) {
      const found = chunks.get(one.id);
      if (!found) continue;
      const { isContents: _isContents, ...chunk } = found;
      if (input.documentsOnly && documents.has(chunk.documentId)) continue;
      documents.add(chunk.documentId);
      const own = entries.filter((entry) => entry.chunkId === one.id);
      const confidence = own.some((entry) => entry.sure) ? 1 : Math.min(coverageOf(one.id, scores), 1);
      results.push({
        ...chunk,
        score: one.score,
        legs: one.legs,
        confidence,
        entries: own.map(({ sure: _sure, ...entry }) => entry),
        duplicates: [],
        context: null,
      });
      if (results.length === k) break;
    }
  }
  return results;
}
