import type { AlarmEntry } from "../knowledge.ts";

/** Entries of one code on one machine, or out of one document where no model is known. */
export type CodeGroup = { models: string[]; titles: string[]; entries: AlarmEntry[] };

/**
 * The machines whose lists have an asked code, in the order of the entries: more than one, and it must be asked which
 * is meant. Only entries that match as well as the first one count. Both languages of a manual are one group, and so are lists of several documents for the same models;
 * entries of no model belong to their document.
 */
export function tellApart(entries: AlarmEntry[]): CodeGroup[] {
  const groups = new Map<string, CodeGroup>();
  for (const entry of entries.filter((one) => one.match === entries[0]!.match)) {
    const key = entry.models.length > 0 ? entry.models.toSorted().join("|") : `document ${entry.documentId}`;
    const group = groups.get(key) ?? { models: entry.models, titles: [], entries: [] };
    if (!group.titles.includes(entry.title)) group.titles.push(entry.title);
    group.entries.push(entry);
    groups.set(key, group);
  }
  return [...groups.values()];
}
