import type { Ctx } from "../../core/context.ts";
import type { AlarmEntry, Knowledge, Revisions, SearchInput } from "../knowledge.ts";
import { kindOfPrefix, parseCode } from "../codes/parse-code.ts";
import type { CodeMention } from "../find-codes.ts";
import { lookUpCode } from "../look-up-code.ts";
import { languageOf } from "../text/language.ts";
import type { AnalysedQuery } from "./analyse-query.ts";
import type { ScoredHit } from "./fuse.ts";
import type { Bm25Scores } from "./score-bm25.ts";

/** `sure`: the question asks for this code and for no other thing of the same number. */
export type SureEntry = AlarmEntry & { sure: boolean };

/** Entries of the codes that a question names, best first for each. */
export async function entriesOf(
  ctx: Ctx,
  knowledge: Knowledge,
  input: SearchInput,
  query: AnalysedQuery,
  { allowed, revisions }: { allowed: Uint8Array | null; revisions: Revisions },
): Promise<SureEntry[]> {
  const entriesOfOne = async (mention: CodeMention): Promise<SureEntry[]> => {
    const entries = await lookUpCode(ctx, knowledge, {
      code: mention.raw,
      ...(mention.kind ? { kind: mention.kind } : {}),
      ...(input.filters?.models ? { models: input.filters.models } : {}),
      language: input.filters?.language ?? languageOf(query.text),
      revisions,
    });
    // A bare number is a code only where one is written just so, and leads only where nothing else is asked, the
    // machine is known, or letters stand before it.
    const known = (input.filters?.models?.length ?? 0) > 0 || /[a-z]/.test(mention.code);
    const sure = mention.certain || known || query.text.trim() === mention.raw;
    const isSaid = mention.certain || kindOfPrefix(parseCode(mention.code).prefix) !== undefined;
    const trusted = isSaid ? entries : entries.filter((entry) => entry.match === "exact");
    const best = trusted[0]?.match;
    const visible = trusted.filter((entry) => allowed === null || allowed[entry.chunkId] === 1);
    return visible.slice(0, 40).map((entry) => ({ ...entry, sure: sure && entry.match === best }));
  };
  return (await Promise.all(query.codes.slice(0, 5).map(entriesOfOne))).flat();
}

/** What an asked code's entry stands in comes first, in the order of the entries. */
export function entriesFirst<One extends { id: number }>(ranked: One[], entries: SureEntry[]): One[] {
  const sure = entries.filter((entry) => entry.sure).map((entry) => entry.chunkId);
  const place = new Map([...new Set(sure)].map((id, index) => [id, index]));
  return ranked.toSorted((a, b) => (place.get(a.id) ?? sure.length) - (place.get(b.id) ?? sure.length));
}

/** Chunks of the asked codes' entries, then chunks that contain an asked identifier as it is written. */
export function identifierHits(scores: Bm25Scores, entries: SureEntry[], depth: number): ScoredHit[] {
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
