import type { Reading } from "../sensor-store.ts";

/**
 * The newest reading of each entry's tag that is not ahead of `limitMs`, else the newest there is: a clock years ahead
 * does not hide today's reading. In the order asked; tags without readings are left out.
 */
export async function latestOf<Entry extends { tag: { id: string } }>(
  tagIds: string[],
  entries: Entry[],
  limitMs: number,
  newest: (entries: Entry[], limitMs: number | null) => Promise<Map<string, Reading>>,
): Promise<Reading[]> {
  const found = await newest(entries, limitMs);
  const others = entries.filter(({ tag }) => !found.has(tag.id));
  for (const [id, reading] of await newest(others, null)) found.set(id, reading);
  return tagIds.flatMap((id) => found.get(id) ?? []);
}
