import { posix } from "node:path";
import type pg from "pg";
import { compareEditions } from "./compare-editions.ts";

type Row = {
  id: string;
  path: string;
  title: string;
  kind: string;
  family: string;
  revision: string | null;
  date: string | null;
  supersedes: string[];
  audience: string[];
  in_force: boolean;
};

/** What a write or a deletion touches: a document's family, and the editions that it names as replaced. */
export type Touched = { family: string; supersedes: string[] };

/**
 * Keeps writers of one family apart until their transactions end, and tells what a document touches as it stands.
 * Call it before the document's row is locked.
 */
export async function holdFamilies(
  client: pg.PoolClient,
  documentId: string,
  next: Touched[] = [],
): Promise<Touched[]> {
  const { rows } = await client.query<Touched>(`SELECT family, supersedes FROM documents WHERE id = $1`, [documentId]);
  const touched = [...rows, ...next];
  const families = [...new Set(touched.map((one) => one.family))].filter((family) => family !== "").toSorted();
  for (const family of families)
    await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('family ' || $1, 0))`, [family]);
  return touched;
}

/** Sets `in_force` of every edition that the touched documents bear on, inside the caller's transaction. */
export async function settleEditions(client: pg.PoolClient, touched: Touched[]): Promise<void> {
  const families = touched.map((one) => one.family).filter((family) => family !== "");
  const names = touched.flatMap((one) => one.supersedes);
  if (names.length > 0) {
    const named = await client.query<{ family: string }>(
      `SELECT DISTINCT family FROM documents WHERE family <> '' AND
       (id = ANY($1) OR path = ANY($1) OR title = ANY($1) OR regexp_replace(path, '^.*/', '') = ANY($1))`,
      [names],
    );
    families.push(...named.rows.map((row) => row.family));
  }
  if (families.length === 0) return;
  const { rows } = await client.query<Row>(
    `SELECT id, path, title, kind, family, revision, date::text, supersedes, audience, in_force
     FROM documents WHERE family = ANY($1) OR supersedes <> '{}'`,
    [[...new Set(families)]],
  );
  const changed = rows.filter((row) => families.includes(row.family) && isInForce(row, rows) !== row.in_force);
  for (const row of changed)
    await client.query(`UPDATE documents SET in_force = $2 WHERE id = $1`, [row.id, !row.in_force]);
}

const isInForce = (row: Row, rows: Row[]) => !rows.some((other) => other.id !== row.id && replaces(other, row));

function replaces(newer: Row, older: Row): boolean {
  // Nobody loses an edition for one that he may not see.
  const seen =
    newer.audience.length === 0 ||
    (older.audience.length > 0 && older.audience.every((role) => newer.audience.includes(role)));
  if (!seen) return false;
  const says = (one: Row, other: Row) => one.supersedes.some((name) => isNamed(other, name));
  if (says(newer, older) !== says(older, newer)) return says(newer, older);
  if (newer.family !== older.family) return false;
  // Reports and mails of one title follow one another by date without replacing each other.
  const dated = newer.kind !== "reference";
  const edition = (row: Row) => ({ revision: row.revision, date: dated ? row.date : null });
  return compareEditions(edition(newer), edition(older)) > 0;
}

const isNamed = (row: Row, name: string) => [row.id, row.path, row.title, posix.basename(row.path)].includes(name);
