import type { Database } from "../../db/database.ts";
import { loadGlossary } from "../glossary/load-glossary.ts";
import type { Glossary } from "../glossary/load-glossary.ts";
import { readLiveSegment } from "./live-segment.ts";
import type { LiveSegment } from "./live-segment.ts";
import { readVersion } from "./versions.ts";

// What a search keeps in memory between questions; one row says whether it is still true.

export type IndexView = {
  version: number;
  /** Live segments by id; packed ones are read by term. */
  live: Map<number, LiveSegment>;
  hasPacked: boolean;
  /** Names the packed segments: another one means other terms. */
  packed: string;
  tombstones: ReadonlySet<number>;
  /** Chunks that can be found, and their mean number of terms. */
  chunks: number;
  meanLength: number;
  /** One above the highest chunk id. */
  idLimit: number;
  /** True where some document is not for everyone. */
  restricted: boolean;
  /** True where some document is an edition that a newer one has replaced. */
  replaced: boolean;
  glossary: Glossary;
  /** Vector spaces by the names of their embedders. */
  models: Map<string, { id: number; name: string; dimension: number; indexed: boolean; serving: boolean }>;
};

const views = new WeakMap<Database, IndexView>();

const readings = 4;

/** Readings under way: questions that come together after a change share one. */
const underWay = new WeakMap<Database, { version: number; view: Promise<IndexView> }>();

export async function indexView(database: Database): Promise<IndexView> {
  let version = await readVersion(database.pool);
  for (let attempt = 1; ; attempt += 1) {
    const known = views.get(database);
    if (known?.version === version) return known;
    const view = await readOnce(database, version, known);
    // Its parts are read one after another: they fit only where nothing was written meanwhile.
    const after = await readVersion(database.pool);
    if (after === version || attempt === readings) return view;
    version = after;
  }
}

async function readOnce(database: Database, version: number, known: IndexView | undefined): Promise<IndexView> {
  const other = underWay.get(database);
  if (other?.version === version) return await other.view;
  const mine = { version, view: readView(database, version, known) };
  underWay.set(database, mine);
  try {
    const view = await mine.view;
    views.set(database, view);
    return view;
  } finally {
    if (underWay.get(database) === mine) underWay.delete(database);
  }
}

async function readView(database: Database, version: number, known: IndexView | undefined): Promise<IndexView> {
  const { pool } = database;
  const segments = await pool.query<{ id: number; chunks: number; tokens: string; is_live: boolean }>(
    `SELECT id, chunks, tokens, live IS NOT NULL AS is_live FROM bm25_segments`,
  );
  const live = new Map<number, LiveSegment>();
  const missing: number[] = [];
  for (const segment of segments.rows.filter((row) => row.is_live)) {
    const kept = known?.live.get(segment.id);
    if (kept) live.set(segment.id, kept);
    else missing.push(segment.id);
  }
  if (missing.length > 0) {
    const blobs = await pool.query<{ id: number; live: Buffer }>(
      `SELECT id, live FROM bm25_segments WHERE id = ANY($1) AND live IS NOT NULL`,
      [missing],
    );
    for (const row of blobs.rows) live.set(row.id, readLiveSegment(row.live));
  }
  const tombstones = await pool.query<{ chunk_id: number }>(`SELECT chunk_id FROM bm25_tombstones`);
  const facts = await pool.query<{ limit: number; restricted: boolean; replaced: boolean }>(
    `SELECT coalesce((SELECT max(id) FROM chunks), 0) + 1 AS "limit",
            EXISTS (SELECT 1 FROM documents WHERE audience <> '{}') AS restricted,
            EXISTS (SELECT 1 FROM documents WHERE NOT in_force) AS replaced`,
  );
  const models = await pool.query<{ id: number; name: string; dimension: number; indexed: boolean; serving: boolean }>(
    `SELECT id, name, dimension, indexed, serving FROM embedding_models`,
  );
  const indexed = segments.rows.reduce((sum, row) => sum + row.chunks, 0);
  const tokens = segments.rows.reduce((sum, row) => sum + Number(row.tokens), 0);
  return {
    version,
    live,
    hasPacked: segments.rows.some((row) => !row.is_live),
    packed: segments.rows
      .flatMap((row) => (row.is_live ? [] : [row.id]))
      .toSorted((a, b) => a - b)
      .join(),
    tombstones: new Set(tombstones.rows.map((row) => row.chunk_id)),
    chunks: Math.max(indexed - tombstones.rows.length, 0),
    meanLength: indexed === 0 ? 1 : Math.max(tokens / indexed, 1),
    idLimit: facts.rows[0]!.limit,
    restricted: facts.rows[0]!.restricted,
    replaced: facts.rows[0]!.replaced,
    glossary: await loadGlossary(database),
    models: new Map(models.rows.map((row) => [row.name, row])),
  };
}
