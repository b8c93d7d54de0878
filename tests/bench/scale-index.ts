import type { Ctx } from "../../src/core/context.ts";
import type { Database } from "../../src/db/database.ts";
import { indexView } from "../../src/knowledge/index/index-view.ts";
import { vectorBytes } from "../../src/knowledge/ingest/write-embeddings.ts";
import type { Knowledge, SearchLeg } from "../../src/knowledge/knowledge.ts";
import { searchVectors } from "../../src/knowledge/retrieve/search-vectors.ts";
import { servedSpace } from "../../src/knowledge/retrieve/served-space.ts";
import { search } from "../../src/knowledge/search.ts";
import { percentile, type Measurement } from "./measurement.ts";
import { questions } from "./questions.ts";

// One large index, measured leg by leg: how long, how right against comparing every vector, how large.

const rounds = 3;
const legs: SearchLeg[] = ["identifier", "bm25", "vector"];

/** `budget` of the fused search, from the bare query's p95. */
export async function measureIndex(
  ctx: Ctx,
  knowledge: Knowledge,
  title: string,
  budget: (bareMs: number) => number,
): Promise<Measurement[]> {
  const { database, embedder } = knowledge;
  const began = performance.now();
  await search(ctx, knowledge, { query: questions[0] ?? "" });
  const coldMs = performance.now() - began;
  const view = await indexView(database);
  const space = servedSpace(knowledge, view);
  if (!space) throw new Error("The index holds no vectors.");
  const nearest = `SELECT chunk_id FROM ${space.indexed ? "chunk_embeddings" : "staged_embeddings"}
    WHERE model_id = ${space.id} ORDER BY embedding${space.indexed ? `::vector(${space.dimension})` : ""} <=> $1::vector LIMIT 10`;
  const times = { bare: [] as number[], fused: [] as number[], filtered: [] as number[] };
  const byLeg = new Map(legs.map((leg) => [leg, [] as number[]]));
  const timed = async (into: number[], work: () => Promise<unknown>): Promise<void> => {
    const start = performance.now();
    await work();
    into.push(performance.now() - start);
  };
  for (let round = 0; round < rounds; round += 1)
    for (const query of questions) {
      const vector = vectorBytes(await embedder.embedQuestion(query));
      await timed(times.bare, () => database.pool.query(nearest, [vector]));
      await timed(times.fused, () => search(ctx, knowledge, { query }));
      await timed(times.filtered, () => search(ctx, knowledge, { query, filters: { models: ["GMC-510"] } }));
      for (const leg of legs) await timed(byLeg.get(leg)!, () => search(ctx, knowledge, { query, legs: [leg] }));
    }
  const recall = await recallOf(ctx, knowledge, nearest);
  const bareMs = percentile(times.bare, 0.95);
  const floor = { what: "the bare pgvector query, ten nearest", measured: bareMs };
  const line = (what: string, values: number[], limit: number | null, note = ""): Measurement => ({
    what: `${what}, ${title}, p95`,
    budget: limit,
    measured: percentile(values, 0.95),
    unit: "ms",
    floor,
    note: `p50 ${percentile(values, 0.5).toFixed(1)} ms${note}`,
  });
  return [
    line("three legs", times.fused, budget(bareMs), `; the first after opening ${Math.round(coldMs)} ms`),
    line("three legs for one machine's model", times.filtered, budget(bareMs)),
    ...legs.map((leg) => line(`leg ${leg}`, byLeg.get(leg)!, null)),
    { what: `vector leg, recall@10, ${title}`, budget: null, ...recall },
    ...(await sizesOf(database, title)),
  ];
}

/** The ten nearest of the leg, against comparing every vector; and those of the bare query. */
async function recallOf(ctx: Ctx, knowledge: Knowledge, nearest: string) {
  const { database, embedder } = knowledge;
  const view = await indexView(database);
  const space = servedSpace(knowledge, view)!;
  let [ours, bare, n] = [0, 0, 0];
  for (const query of questions) {
    const vector = await embedder.embedQuestion(query);
    const exact = await database.pool.query<{ id: number; score: number }>(
      `SELECT chunk_id AS id, 1 - (embedding <=> $1::vector) AS score FROM
         (SELECT * FROM chunk_embeddings UNION ALL SELECT * FROM staged_embeddings) e
       WHERE model_id = ${space.id} ORDER BY 2 DESC LIMIT 10`,
      [vectorBytes(vector)],
    );
    // Equal scores are equally right.
    const least = (exact.rows.at(-1)?.score ?? 0) - 1e-6;
    const lexical = (await search(ctx, knowledge, { query, legs: ["bm25"], k: 200 })).results.map((one) => ({
      id: one.chunkId,
    }));
    const found = await searchVectors(database, space, { vector, allowed: null, candidates: lexical, limit: 200 });
    ours += found.slice(0, 10).filter((hit) => hit.score >= least).length;
    const ids = new Set(exact.rows.map((row) => row.id));
    const { rows } = await database.pool.query<{ chunk_id: number }>(nearest, [vectorBytes(vector)]);
    bare += rows.filter((row) => ids.has(row.chunk_id)).length;
    n += exact.rows.length;
  }
  return { measured: ours / n, unit: "", floor: { what: "of the bare HNSW query", measured: bare / n } };
}

async function sizesOf({ pool }: Database, title: string): Promise<Measurement[]> {
  const { rows } = await pool.query<{ name: string; mb: number }>(
    `SELECT regexp_replace(relname, '^all_', '') AS name, pg_total_relation_size(oid)::float8 / 1048576 AS mb FROM pg_class
     WHERE relkind = 'r' AND regexp_replace(relname, '^all_', '') IN ('chunks', 'document_pages', 'chunk_embeddings', 'staged_embeddings',
       'bm25_postings', 'bm25_segments', 'documents', 'alarm_entries', 'safety_spans') ORDER BY 2 DESC`,
  );
  const sum = rows.reduce((total, row) => total + row.mb, 0);
  const note = rows.map(({ name, mb }) => `${name} ${Math.round(mb)}`).join(", ");
  const memory = process.memoryUsage().rss / 1_048_576;
  return [
    { what: `index on disk, ${title}`, budget: null, measured: sum, unit: "MB", note },
    { what: `memory of the measuring process, ${title}`, budget: null, measured: memory, unit: "MB" },
  ];
}
