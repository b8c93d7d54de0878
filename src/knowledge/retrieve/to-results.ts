import type { Knowledge, SearchLeg, SearchResult } from "../knowledge.ts";
import { languageOf } from "../text/language.ts";
import { confidenceOf } from "./confidence.ts";
import { fingerprintOf, saysTheSame } from "./duplicates.ts";
import type { Fingerprint } from "./duplicates.ts";
import type { Fused } from "./fuse.ts";
import type { Ranking } from "./ranking.ts";
import { pageOfPassage } from "./page-of-passage.ts";
import { readChunks } from "./read-chunks.ts";
import type { FoundChunk } from "./read-chunks.ts";
import { verbatimFirst } from "./verbatim.ts";

/** Passages are compared with so many of the best: further down nobody sees that one stands there twice. */
const compared = 50;

export async function toResults(knowledge: Knowledge, ranking: Ranking): Promise<SearchResult[]> {
  const { input, k, ranked, condition } = ranking;
  const results: SearchResult[] = [];
  const fingerprints: Fingerprint[] = [];
  const documents = new Set<string>();
  const asker = languageOf(input.query);
  for (let from = 0; from < ranked.length && results.length < k;) {
    const page = ranked.slice(from, from + Math.max(k * 2, 20));
    const isFirst = from === 0;
    from += page.length;
    const ids = page.map((one) => one.id);
    const chunks = await readChunks(knowledge, ids, input.filters?.language ?? null, condition);
    // A table of contents names everything and explains nothing.
    const isContents = (one: { id: number }) => chunks.get(one.id)?.isContents === true;
    const told = page.filter((one) => !isContents(one));
    const inOrder = isFirst ? asAskedFirst(told, chunks, ranking) : told;
    for (const one of [...inOrder, ...page.filter(isContents)]) {
      const chunk = chunks.get(one.id);
      if (!chunk || (input.documentsOnly && documents.has(chunk.documentId))) continue;
      documents.add(chunk.documentId);
      const result = toResult(chunk, one, ranking);
      if (!input.documentsOnly) {
        const fingerprint = fingerprintOf(chunk);
        const at = fingerprints.findIndex((other) => saysTheSame(other, fingerprint));
        if (at !== -1) {
          const kept = results[at]!;
          // Of a translation the asker's language is shown, at the better place.
          const isAskers = chunk.language === asker && kept.language !== asker;
          results[at] = isAskers
            ? { ...result, score: kept.score, duplicates: [...kept.duplicates, placeOf(kept)] }
            : kept;
          if (!isAskers) kept.duplicates.push(placeOf(result));
          continue;
        }
        if (results.length < compared) fingerprints.push(fingerprint);
      }
      results.push(result);
      if (results.length === k) break;
    }
  }
  return results;
}

/** What an asked code's entry stands in stays first; then what says the question itself. */
function asAskedFirst(best: Fused<SearchLeg>[], chunks: Map<number, FoundChunk>, { entries, input }: Ranking) {
  const sure = new Set(entries.flatMap((entry) => (entry.sure ? [entry.chunkId] : [])));
  const textOf = ({ id }: Fused<SearchLeg>): string => chunks.get(id)?.text ?? "";
  const others = best.filter(({ id }) => !sure.has(id));
  return [...best.filter(({ id }) => sure.has(id)), ...verbatimFirst(others, textOf, input.query)];
}

const placeOf = ({ documentId, path, title, page }: SearchResult) => ({ documentId, path, title, page });

function toResult(found: FoundChunk, one: Fused<SearchLeg>, ranking: Ranking): SearchResult {
  const { isContents: _isContents, translationOf: _translationOf, fromEnd: _fromEnd, ...chunk } = found;
  const own = ranking.entries.filter((entry) => entry.chunkId === one.id);
  return {
    ...chunk,
    page: pageOfPassage(found, ranking.input.query),
    score: one.score,
    legs: one.legs,
    confidence: own.some((entry) => entry.sure) ? 1 : confidenceOf(one, ranking),
    entries: own.map(({ sure: _sure, ...entry }) => entry),
    duplicates: [],
    context: null,
  };
}
