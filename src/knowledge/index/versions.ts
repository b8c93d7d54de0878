import type pg from "pg";

type Queryable = Pick<pg.PoolClient, "query">;

/** Tells every process that what it keeps of the index in memory is stale. Last statement of a writing transaction. */
export async function bumpVersion(client: Queryable): Promise<void> {
  await client.query(`UPDATE knowledge_state SET value = value + 1 WHERE name = 'version'`);
}

export async function readVersion(client: Queryable): Promise<number> {
  const { rows } = await client.query<{ value: string }>(`SELECT value FROM knowledge_state WHERE name = 'version'`);
  return Number(rows[0]?.value ?? 0);
}

/**
 * First id of `count` new chunk ids in a row, in a statement of its own so that writers don't wait for each other.
 * A document's chunks lie side by side: filters then become ranges of ids.
 */
export async function reserveChunkIds(client: Queryable, count: number): Promise<number> {
  const { rows } = await client.query<{ value: string }>(
    `UPDATE knowledge_state SET value = value + $1 WHERE name = 'next_chunk' RETURNING value - $1 AS value`,
    [count],
  );
  return Number(rows[0]!.value);
}
