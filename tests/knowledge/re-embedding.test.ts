import { afterAll, beforeAll, expect, it } from "vitest";
import { embeddingProgress, embedMissing } from "../../src/knowledge/embed-missing.ts";
import { indexVectors } from "../../src/knowledge/index/index-vectors.ts";
import { embeddingStatus, tellEmbeddings } from "../../src/knowledge/embedding-status.ts";
import { ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import { search } from "../../src/knowledge/search.ts";
import type { Embedder } from "../../src/llm/embeddings/embedder.ts";
import { wordVector } from "../fakes/embedding-server.ts";
import { contextOf, manual, openKnowledge, temporaryFolder } from "./support.ts";

// Another embedder is set: its space is filled in the background while the former one answers.

const ctx = contextOf();
const folder = temporaryFolder();
let knowledge: Knowledge;
let other: Knowledge;
let asked: string[];
let batches: number;
let failAfter = Number.POSITIVE_INFINITY;
let dimension = 64;

const embedder = (): Embedder => ({
  name: "ollama:bge-m3",
  dimension: null,
  reliability: 0.8,
  async embedPassages(texts) {
    batches += 1;
    if (batches > failAfter) throw new Error("killed");
    return texts.map((text) => Float32Array.from(wordVector(text, dimension)));
  },
  async embedQuestion(text) {
    asked.push(text);
    return Float32Array.from(wordVector(text, dimension));
  },
});
const spaces = async () =>
  (
    await knowledge.database.pool.query<{ name: string; dimension: number; serving: boolean; n: number }>(
      `SELECT m.name, m.dimension, m.serving, (SELECT count(*)::int FROM staged_embeddings e WHERE e.model_id = m.id)
         + (SELECT count(*)::int FROM chunk_embeddings e WHERE e.model_id = m.id) AS n
       FROM embedding_models m ORDER BY m.id`,
    )
  ).rows;
const legs = async (which: Knowledge) => (await search(ctx, which, { query: "clean the cooler" })).legs;

beforeAll(async () => {
  knowledge = await openKnowledge();
  asked = [];
  batches = 0;
  other = {
    ...knowledge,
    embedder: embedder(),
    openEmbedder: (name) => (name === "builtin-1" ? knowledge.embedder : null),
  };
  for (let part = 0; part < 20; part += 1) folder.write(`press-${part}.md`, manual.replaceAll("KX-", `K${part}X-`));
  await ingestPaths(ctx, knowledge, { paths: [folder.path] });
});
afterAll(async () => {
  await knowledge.database.close();
  folder.remove();
});

it("asks the former space in its own embedder's words until the new one is whole, also after a kill", async () => {
  const [before] = await spaces();
  expect(before!.n).toBeGreaterThan(64);
  failAfter = 1;
  await expect(embedMissing(ctx, other)).rejects.toThrow("killed");
  expect(await spaces()).toMatchObject([
    { name: "builtin-1", serving: true, n: before!.n },
    { name: "ollama:bge-m3", serving: false, n: 64 },
  ]);
  expect(await legs(other)).toContain("vector");
  expect(asked).toEqual([]);
  expect(tellEmbeddings(await embeddingStatus(other))).toBe("ollama:bge-m3; builtin-1 answers until it is whole");
  expect(await legs({ ...other, openEmbedder: () => null })).toContain("bm25");
});

it("goes on where it was, tells how far it is, switches when all is there and drops the former space", async () => {
  [failAfter, batches, asked] = [Number.POSITIVE_INFINITY, 0, []];
  const total = (await spaces())[0]!.n;
  const told: { done: number; total: number }[] = [];
  const { embedded } = await embedMissing(ctx, other, {
    onProgress: (progress) => {
      told.push(progress);
      expect(embeddingProgress(knowledge.database)).toEqual(progress);
    },
  });
  expect(embedded).toBe(total - 64);
  expect(told.at(-1)).toEqual({ done: total - 64, total: total - 64 });
  expect(embeddingProgress(knowledge.database)).toBeNull();
  expect(await spaces()).toEqual([{ name: "ollama:bge-m3", dimension: 64, serving: true, n: total }]);
  expect(await legs(other)).toContain("vector");
  expect(asked).toEqual(["clean the cooler"]);
});

it("asks the model nothing where nothing is missing", async () => {
  batches = 0;
  expect(await embedMissing(ctx, other)).toEqual({ embedded: 0 });
  expect(batches).toBe(0);
});

it("fills the space anew when another model came under the same name", async () => {
  dimension = 32;
  expect(await legs(other)).not.toContain("vector");
  folder.write("new.md", "# New\n\nOil the chain weekly.");
  await ingestPaths(ctx, other, { paths: [folder.path] });
  const total = (await knowledge.database.pool.query<{ n: number }>("SELECT count(*)::int AS n FROM chunks")).rows[0]!
    .n;
  await embedMissing(ctx, other);
  expect(await spaces()).toEqual([{ name: "ollama:bge-m3", dimension: 32, serving: true, n: total }]);
  expect(await legs(other)).toContain("vector");
});

it("compares a small space one by one and makes no index for it", async () => {
  expect(await indexVectors(knowledge.database)).toBe(0);
  const indexes = await knowledge.database.pool.query("SELECT FROM pg_indexes WHERE indexname LIKE '%hnsw%'");
  expect(indexes.rowCount).toBe(0);
});
