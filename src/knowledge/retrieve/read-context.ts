import type { Knowledge } from "../knowledge.ts";

const mostNeighbours = 5;

/** The text of up to `count` passages before and after each chunk, in reading order, "" where there is none. */
export async function readContext(
  knowledge: Knowledge,
  chunkIds: number[],
  count: number,
): Promise<Map<number, { before: string; after: string }>> {
  const reach = Math.min(Math.max(Math.trunc(count), 0), mostNeighbours);
  const { rows } = await knowledge.database.pool.query<{ id: number; offset: number; text: string }>(
    `SELECT c.id, n.ordinal - c.ordinal AS "offset", n.text FROM chunks c
     JOIN chunks n ON n.document_id = c.document_id AND n.ordinal <> c.ordinal
       AND n.ordinal BETWEEN c.ordinal - $2::int AND c.ordinal + $2::int
     WHERE c.id = ANY($1::int[]) ORDER BY c.id, n.ordinal`,
    [chunkIds, reach],
  );
  const found = new Map(chunkIds.map((id) => [id, { before: [] as string[], after: [] as string[] }]));
  for (const row of rows) found.get(row.id)?.[row.offset < 0 ? "before" : "after"].push(row.text);
  return new Map(
    Array.from(found, ([id, { before, after }]) => [id, { before: before.join("\n\n"), after: after.join("\n\n") }]),
  );
}
