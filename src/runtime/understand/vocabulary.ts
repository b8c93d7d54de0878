import { stemmer } from "stemmer";
import { stripParticles } from "../../core/language/particles.ts";
import { hasHangul } from "../../core/language/script.ts";
import { catalogue, recordSetNames } from "../../plant/mes/catalogue.ts";
import { MappingError } from "../../plant/mapping-error.ts";
import type { MesStore } from "../../plant/mes-store.ts";
import type { RecordSetName } from "../../plant/records.ts";

// Vocabulary: the values that a plant's records really hold, so that its own words (a code, a part's name, a
// colleague) are understood without anybody listing them.

export type VocabularyItem = {
  records: RecordSetName;
  field: string;
  value: string;
  label: string | null;
  /** Folded words of the label, or of the value where it has none. */
  words: string[];
  count: number;
};

export type VocabularyCache = { load(): Promise<VocabularyItem[]>; invalidate(): void };

const perField = 1000;
const linked = new Set<RecordSetName>([
  "events",
  "work_orders",
  "failure_codes",
  "code_maps",
  "job_orders",
  "lots",
  "inspections",
  "parts",
  "downtimes",
  "people",
]);

/** Reads the values of every coded, named and personal field once, and again after `maxAgeMs`. */
export function createVocabularyCache(mes: MesStore, maxAgeMs = 60_000): VocabularyCache {
  let cached: { at: number; items: Promise<VocabularyItem[]> } | null = null;
  return {
    load() {
      if (cached && Date.now() - cached.at < maxAgeMs) return cached.items;
      const items = readVocabulary(mes);
      const entry = { at: Date.now(), items };
      items.catch(() => {
        if (cached === entry) cached = null;
      });
      cached = entry;
      return items;
    },
    invalidate() {
      cached = null;
    },
  };
}

async function readVocabulary(mes: MesStore): Promise<VocabularyItem[]> {
  const wanted = recordSetNames
    .filter((name) => linked.has(name))
    .flatMap((records) => {
      const described = new Set(catalogue[records].fields.map((field) => field.describedBy));
      return catalogue[records].fields
        .filter(
          (field) =>
            ["code", "name", "person"].includes(field.type) || (records === "failure_codes" && field.name === "id"),
        )
        .filter((field) => !described.has(field.name))
        .map((field) => ({ records, field: field.name }));
    });
  const read = await Promise.all(
    wanted.map(async ({ records, field }) =>
      (await mes.vocabulary(records, field, perField).catch(withoutWrongMapping)).map((entry) => ({
        records,
        field,
        value: entry.value,
        label: entry.label,
        count: entry.count,
        words: foldWords(entry.label ?? entry.value),
      })),
    ),
  );
  return read.flat();
}

/** One record set that is mapped wrongly must not take the words of all the others. */
function withoutWrongMapping(thrown: unknown): [] {
  for (let cause = thrown; cause instanceof Error; cause = cause.cause) if (cause instanceof MappingError) return [];
  throw thrown;
}

const wordPattern = /[A-Za-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?|[가-힣]+/g;

/** The words of a text, folded: English stemmed, Korean without particles; with their places. */
export function tokenizeWords(text: string): { word: string; raw: string; start: number; end: number }[] {
  return [...text.matchAll(wordPattern)].map((match) => ({
    word: foldWord(match[0]),
    raw: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

export function foldWords(text: string): string[] {
  return tokenizeWords(text).map((token) => token.word);
}

export function foldWord(word: string): string {
  if (hasHangul(word)) return stripParticles(word);
  return /\d/.test(word) ? word.toLowerCase() : stemmer(word.toLowerCase()).replace(/(?<=\w{3})[ie]$/, "");
}
