import type { Language } from "../../core/context.ts";
import type { Database } from "../../db/database.ts";
import { normaliseText, stem } from "../text/tokenize.ts";

// Concept: one row of the glossary with all its words in both languages. Form: one of these words as it is matched.

export type Concept = { id: number; forms: { text: string; language: Language; main: boolean }[] };
export type Glossary = {
  concepts: Map<number, Concept>;
  /** Concept ids by form: lower case; Korean without blanks. */
  byForm: Map<string, number[]>;
  /** Stems of the English words in all forms. */
  words: Set<string>;
  /** Syllables of the longest Korean form, words of the longest English one. */
  longestKorean: number;
  longestEnglish: number;
};

export async function loadGlossary(database: Database): Promise<Glossary> {
  const { rows } = await database.pool.query<{
    id: number;
    ko: string;
    en: string;
    ko_aliases: string[];
    en_aliases: string[];
  }>(`SELECT id, ko, en, ko_aliases, en_aliases FROM glossary_terms ORDER BY id`);
  return buildGlossary(
    rows.map((row) => ({ id: row.id, ko: [row.ko, ...row.ko_aliases], en: [row.en, ...row.en_aliases] })),
  );
}

function buildGlossary(rows: { id: number; ko: string[]; en: string[] }[]): Glossary {
  const glossary: Glossary = {
    concepts: new Map(),
    byForm: new Map(),
    words: new Set(),
    longestKorean: 0,
    longestEnglish: 0,
  };
  for (const row of rows) {
    const forms: Concept["forms"] = [];
    for (const language of ["ko", "en"] as const) {
      row[language].forEach((text, index) => forms.push({ text, language, main: index === 0 }));
    }
    glossary.concepts.set(row.id, { id: row.id, forms });
    for (const { text } of forms) {
      const key = formKey(text);
      if (key.length < 2) continue;
      const ids = glossary.byForm.get(key) ?? [];
      if (!ids.includes(row.id)) glossary.byForm.set(key, [...ids, row.id]);
      if (/[가-힣]/.test(key)) glossary.longestKorean = Math.max(glossary.longestKorean, key.length);
      else {
        const words = key.split(" ");
        glossary.longestEnglish = Math.max(glossary.longestEnglish, words.length);
        for (const word of words) glossary.words.add(word);
      }
    }
  }
  return glossary;
}

/** Korean words are written with and without blanks; English words in any inflection. */
export function formKey(text: string): string {
  const normal = normaliseText(text)
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  if (/[가-힣]/.test(normal)) return normal.replaceAll(" ", "");
  return normal
    .split(" ")
    .map((word) => (/^[a-z]+$/.test(word) ? stem(word) : word))
    .join(" ");
}
