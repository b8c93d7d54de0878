import type { Database } from "../../db/database.ts";
import type pg from "pg";

// Staged pages: what was read of a long file before all of it was. They belong to the file's bytes, not to a job, so
// that whoever reads the same file next goes on where the last one stopped.

type Queryable = Pick<pg.PoolClient, "query">;

/** A full page with the places of its lines is 20 kB: more at once would hold up a question. */
const pagesAtOnce = 20;

/** Pages as JSON texts by their number. */
export type StagedPages = Map<number, string>;

export async function readStagedPages(database: Pick<Database, "pool">, key: string): Promise<StagedPages> {
  const { rows } = await database.pool.query<{ number: number; page: string }>(
    `SELECT number, page FROM ingest_pages WHERE content_hash = $1 ORDER BY number`,
    [key],
  );
  return new Map(rows.map((row) => [row.number, row.page]));
}

export async function stagePages(client: Queryable, key: string, pages: StagedPages): Promise<void> {
  for (let rest = [...pages]; rest.length > 0; rest = rest.slice(pagesAtOnce)) {
    const some = rest.slice(0, pagesAtOnce);
    await client.query(
      `INSERT INTO ingest_pages (content_hash, number, page, read_at)
       SELECT $1, number, page, now() FROM unnest($2::int[], $3::text[]) AS row (number, page)
       ON CONFLICT (content_hash, number) DO NOTHING`,
      [key, some.map(([number]) => number), some.map(([, json]) => json)],
    );
  }
}

export async function dropStagedPages(client: Queryable, key: string): Promise<void> {
  await client.query(`DELETE FROM ingest_pages WHERE content_hash = $1`, [key]);
}

/** Removes pages that nobody came back for. */
export async function sweepStagedPages(client: Queryable): Promise<number> {
  const { rowCount } = await client.query(
    `DELETE FROM ingest_pages WHERE read_at < now() - interval '2 days'
     OR NOT EXISTS (SELECT FROM ingest_jobs WHERE state IN ('waiting', 'working'))`,
  );
  return rowCount ?? 0;
}
