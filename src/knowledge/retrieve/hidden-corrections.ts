import type { Ctx } from "../../core/context.ts";
import { readerRoles } from "../access.ts";
import { formKey } from "../glossary/load-glossary.ts";
import type { IndexView } from "../index/index-view.ts";
import { eachPosting } from "../index/postings.ts";
import type { Knowledge } from "../knowledge.ts";
import { questionStem } from "../text/korean.ts";
import { stem } from "../text/tokenize.ts";
import type { Correction } from "../vocabulary/correct-query.ts";
import { allowedChunks, documentCondition } from "./filter-documents.ts";
import { readPostings } from "./read-postings.ts";

/** Words of corrections that neither the glossary nor a document has that the actor may read: they must not be told. */
export async function hiddenCorrections(
  ctx: Ctx,
  knowledge: Knowledge,
  view: IndexView,
  corrections: Correction[],
): Promise<Set<string>> {
  if (corrections.length === 0 || !view.restricted || readerRoles(ctx) === null) return new Set();
  const readable = await allowedChunks(knowledge, view, documentCondition(ctx, {}, 1, "*"));
  if (readable === null) return new Set();
  const terms = corrections.flatMap((one) => termSets(one).flat());
  const { postings } = await readPostings(knowledge.database, view, [...new Set(terms)]);
  const isReadable = (term: string): boolean => {
    let found = view.glossary.byForm.has(formKey(term)) || view.glossary.words.has(term);
    for (const list of postings.get(term)?.lists ?? [])
      eachPosting(list, (chunk) => {
        found ||= readable.mask[chunk] === 1 && !view.tombstones.has(chunk);
      });
    return found;
  };
  const hidden = corrections.filter((one) => !termSets(one).some((set) => set.every(isReadable)));
  return new Set(hidden.map((one) => one.to));
}

/** What the index may have the word as: one set of terms is enough. */
function termSets({ from, to }: Correction): string[][] {
  if (/^[a-z]/i.test(to)) return [[to.toLowerCase()], [stem(to.toLowerCase())]];
  // A correction keeps the particle of the word it stands for.
  if (/^[가-힣]+$/.test(from)) return [[to.slice(0, to.length - (from.length - questionStem(from).length))]];
  return [to, questionStem(to)].flatMap((word) => [[word], pairsOf(word)]);
}

const pairsOf = (word: string): string[] =>
  Array.from({ length: Math.max(word.length - 1, 1) }, (_, at) => word.slice(at, at + 2));
