import type { Ctx } from "../../src/core/context.ts";
import { openDatabase } from "../../src/db/open-database.ts";
import { vectorBytes } from "../../src/knowledge/ingest/write-embeddings.ts";
import { search } from "../../src/knowledge/search.ts";
import { createBuiltinEmbedder } from "../../src/llm/embeddings/builtin.ts";
import type { Bench } from "./bench.ts";
import { percentile } from "./measurement.ts";
import { questions } from "./questions.ts";

/** Three legs on the large index, beside pgvector's own query over the same vectors. */
export const measureRetrieval: Bench = async ({ folders, say }) => {
  const database = await openDatabase({ dataDir: await folders.largeIndex() });
  try {
    const embedder = createBuiltinEmbedder();
    const knowledge = { database, embedder };
    const ctx: Ctx = {
      actor: { id: "bench", name: "bench", roles: ["technician"], door: "test" },
      timeZone: "Asia/Seoul",
      now: () => new Date(),
    };
    const began = performance.now();
    await search(ctx, knowledge, { query: questions[0] ?? "", k: 10 });
    const coldMs = performance.now() - began;
    const { rows } = await database.pool.query<{ id: number; dimension: number; vectors: number; indexed: boolean }>(
      `SELECT m.id, m.dimension, m.indexed, (SELECT count(*)::int FROM chunk_embeddings e WHERE e.model_id = m.id) AS vectors
       FROM embedding_models m WHERE m.name = $1`,
      [embedder.name],
    );
    const space = rows[0];
    if (!space) throw new Error("The index holds no vectors.");
    const bare = `SELECT chunk_id FROM chunk_embeddings WHERE model_id = ${space.id}
      ORDER BY embedding::vector(${space.dimension}) <=> $1::vector(${space.dimension}) LIMIT 10`;
    const ours: number[] = [];
    const filtered: number[] = [];
    const floor: number[] = [];
    const timed = async (into: number[], work: () => Promise<unknown>): Promise<void> => {
      const start = performance.now();
      await work();
      into.push(performance.now() - start);
    };
    for (let round = 0; round < 3; round += 1)
      for (const query of questions) {
        const vector = await embedder.embedQuestion(query);
        await timed(floor, () => database.pool.query(bare, [vectorBytes(vector)]));
        await timed(ours, () => search(ctx, knowledge, { query, k: 10 }));
        await timed(filtered, () => search(ctx, knowledge, { query, k: 10, filters: { models: ["GMC-510"] } }));
      }
    say(`  ${space.vectors} vectors, ${space.indexed ? "HNSW" : "exact scan"}`);
    const title = `${folders.chunks.toLocaleString("en-US")} chunks`;
    const bareFloor = { what: "the bare pgvector query, ten nearest", measured: percentile(floor, 0.95) };
    return [
      {
        what: `retrieval by three legs, ${title}, p95`,
        budget: 60,
        measured: percentile(ours, 0.95),
        unit: "ms",
        floor: bareFloor,
        note: `p50 ${percentile(ours, 0.5).toFixed(1)} ms; the first after opening ${Math.round(coldMs)} ms`,
      },
      {
        what: `retrieval for one machine's model, ${title}, p95`,
        budget: 60,
        measured: percentile(filtered, 0.95),
        unit: "ms",
        floor: bareFloor,
        note: `p50 ${percentile(filtered, 0.5).toFixed(1)} ms`,
      },
    ];
  } finally {
    await database.close();
  }
};
