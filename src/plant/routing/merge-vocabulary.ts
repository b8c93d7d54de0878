import { compareValues } from "../mes/memory-measure.ts";
import type { VocabularyEntry } from "../mes-store.ts";

/** Values of several lists: counted together, with their label where they have one and no other; most frequent first. */
export function mergeVocabulary(entries: VocabularyEntry[]): VocabularyEntry[] {
  const merged = new Map<string, VocabularyEntry & { labels: Set<string> }>();
  for (const { value, label, count } of entries) {
    const known = merged.get(value) ?? { value, label: null, count: 0, labels: new Set<string>() };
    merged.set(value, known);
    known.count += count;
    if (label !== null) known.labels.add(label);
  }
  return [...merged.values()]
    .map(({ value, count, labels }) => ({ value, label: labels.size === 1 ? ([...labels][0] ?? null) : null, count }))
    .sort((a, b) => b.count - a.count || compareValues(a.value, b.value, "asc"));
}
