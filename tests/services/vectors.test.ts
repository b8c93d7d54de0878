import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openDatabase } from "../../src/db/open-database.ts";
import { indexVectors } from "../../src/knowledge/index/index-vectors.ts";
import { ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import { embeddingModelId, writeEmbeddings } from "../../src/knowledge/ingest/write-embeddings.ts";
import type { Knowledge, SearchInput } from "../../src/knowledge/knowledge.ts";
import { search } from "../../src/knowledge/search.ts";
import { createBuiltinEmbedder } from "../../src/llm/embeddings/builtin.ts";
import { contextOf, manual, temporaryFolder } from "../knowledge/support.ts";
import { migrationsFolder } from "../support/database.ts";
import { asAdmin, createOwnDatabase, type OwnDatabase } from "./server.ts";

// More passages than an exact scan may take: the approximate index is built, by one of two processes, and used.

let own: OwnDatabase;
let replicas: Database[];
let knowledge: Knowledge[];
const folder = temporaryFolder();
const chunks = 10_050;
const indexName = "chunk_embeddings_hnsw_1";
const embedder = createBuiltinEmbedder();

const ingest = (which: number, name: string, content: string) =>
  ingestPaths(contextOf(), knowledge[which]!, { paths: [folder.write(name, content)], root: folder.path });
const find = (input: Partial<SearchInput>) =>
  search(contextOf(), knowledge[1]!, { query: "clean the cooler of the press", legs: ["vector"], ...input });
const ask = async <Row extends object>(text: string, values: unknown[] = []) =>
  (await replicas[0]!.pool.query<Row>(text, values)).rows;
const staged = async () => (await ask<{ n: number }>("SELECT count(*)::int AS n FROM staged_embeddings"))[0]!.n;
const valid = async () =>
  (
    await ask<{ valid: boolean }>("SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = to_regclass($1)", [
      indexName,
    ])
  )[0]?.valid;

/** Passages that nobody reads, in one document that only administrators may: what a narrow filter must get past. */
async function writePassages(): Promise<void> {
  await ask(`INSERT INTO documents (id, path, root, title, format, kind, language, trust, audience, content_hash, bytes,
      first_chunk, chunk_count, entry_count, ingested_at)
    VALUES ('mass', 'mass.md', 'x', 'Mass', 'markdown', 'manual', 'en', 'reference', '{admin}', 'x', 1, 100000, ${chunks}, 0, now())`);
  await ask(`INSERT INTO chunks (id, document_id, ordinal, headings, kind, text, span_start, span_end, language)
    SELECT 100000 + n, 'mass', n, '{}', 'text', 'cooler of press ' || n, 0, 1, 'en' FROM generate_series(0, ${chunks - 1}) n`);
  const modelId = await embeddingModelId(replicas[0]!, embedder.name, embedder.dimension!);
  const ids = Array.from({ length: chunks }, (_, index) => 100_000 + index);
  const texts = ids.map((id) => `clean the cooler of the press number ${id} ${id % 97} ${id % 89}`);
  await writeEmbeddings(replicas[0]!.pool, modelId, ids, await embedder.embedPassages(texts));
}

beforeAll(async () => {
  own = await createOwnDatabase();
  replicas = [await openDatabase({ url: own.url }), await openDatabase({ url: own.url })];
  knowledge = replicas.map((database) => ({ database, embedder }));
  await migrate(replicas[0]!, migrationsFolder);
  await ingest(0, "press.md", manual);
  await writePassages();
});
afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.close()));
  await own.drop();
  folder.remove();
});

it("compares one by one until there are many passages, then makes the index once, whoever comes first", async () => {
  expect(await valid()).toBeUndefined();
  const reports = await Promise.all([ingest(0, "a.md", "# A\n\nOil the chain."), ingest(1, "b.md", "# B\n\nOil it.")]);
  expect(reports.map((report) => report.added)).toEqual([1, 1]);
  const before = await staged();
  const moved = await Promise.all(replicas.map((replica) => indexVectors(replica)));
  expect(moved.toSorted((a, b) => a - b)).toEqual([0, before]);
  expect(await valid()).toBe(true);
  expect(await ask("SELECT indexed FROM embedding_models")).toEqual([{ indexed: true }]);
  expect(await staged()).toBe(0);
}, 300_000);

it("finds at once what still waits for the index, and keeps what was moved when it is stopped", async () => {
  await ingest(0, "late.md", "# Late\n\nThe widget of the late press is oiled daily.");
  expect(await staged()).toBeGreaterThan(0);
  expect((await find({ query: "widget of the late press oiled", k: 1 })).results[0]?.path).toBe("late.md");
  expect(await indexVectors(replicas[0]!, { signal: AbortSignal.abort() })).toBe(0);
  expect(await indexVectors(replicas[0]!)).toBeGreaterThan(0);
  expect((await find({ query: "widget of the late press oiled", k: 1 })).results[0]?.path).toBe("late.md");
});

it("searches by the index", async () => {
  await ask("ANALYZE");
  const used = async () =>
    (
      await ask<{ n: number }>("SELECT idx_scan::int AS n FROM pg_stat_user_indexes WHERE indexrelname = $1", [
        indexName,
      ])
    )[0]?.n ?? 0;
  const before = await used();
  const all = await search(contextOf(["admin"]), knowledge[1]!, { query: "clean the cooler of press 100777", k: 50 });
  expect(all.results.length).toBe(50);
  // A connection's counts are known to the others once it ends.
  await replicas[1]!.close();
  await expect.poll(used).toBeGreaterThan(before);
  replicas[1] = await openDatabase({ url: own.url });
  knowledge[1] = { database: replicas[1], embedder };
});

it("gives a reader who may see a few of many passages those few", async () => {
  const { results } = await find({ k: 3 });
  expect(results.length).toBe(3);
  expect(results.every((result) => result.path !== "mass.md")).toBe(true);
});

it("finds by the index what an exact scan finds", async () => {
  const [question] = await embedder.embedPassages(["clean the cooler of the press number 100777"]);
  const text = `SELECT chunk_id AS id FROM chunk_embeddings WHERE model_id = 1
    ORDER BY embedding::vector(384) <=> $1::vector(384) LIMIT 20`;
  const nearest = async (settings: string) => {
    const client = await replicas[0]!.pool.connect();
    try {
      await client.query(`BEGIN; ${settings}`);
      const { rows } = await client.query<{ id: number }>(text, [JSON.stringify([...question!])]);
      await client.query("ROLLBACK");
      return rows.map((row) => row.id);
    } finally {
      client.release();
    }
  };
  const exact = await nearest("SET LOCAL enable_indexscan = off");
  const approximate = new Set(await nearest("SET LOCAL hnsw.ef_search = 200"));
  expect(exact.filter((id) => approximate.has(id)).length).toBeGreaterThanOrEqual(18);
});

it("builds anew an index whose building was cut short", async () => {
  await ask(`UPDATE pg_index SET indisvalid = false WHERE indexrelid = '${indexName}'::regclass`);
  await ask("UPDATE embedding_models SET indexed = false");
  await ask("INSERT INTO staged_embeddings SELECT * FROM chunk_embeddings");
  await indexVectors(replicas[0]!);
  expect(await valid()).toBe(true);
  expect(await ask("SELECT indexed FROM embedding_models")).toEqual([{ indexed: true }]);
}, 300_000);

it("shows one replica at once what another reads in, changes and deletes", async () => {
  const wordsOf = async (query: string) => (await find({ query, legs: ["bm25"] })).results.map((one) => one.path);
  await ingest(0, "gear.md", "# Gear\n\nThe zorkmid gear is greased weekly.");
  expect(await wordsOf("zorkmid")).toEqual(["gear.md"]);
  await ingest(0, "gear.md", "# Gear\n\nThe plimsoll gear is greased weekly.");
  expect([await wordsOf("zorkmid"), await wordsOf("plimsoll")]).toEqual([[], ["gear.md"]]);
});

it("writes a document once where two processes read the same files at once", async () => {
  const files = Array.from({ length: 25 }, (_, index) =>
    folder.write(`same/${index}.md`, `# Same ${index}\n\nText ${index}.`),
  );
  const reports = await Promise.all(
    knowledge.map((one) => ingestPaths(contextOf(), one, { paths: files, root: folder.path })),
  );
  expect(reports.map((report) => report.failed)).toEqual([0, 0]);
  expect(reports.reduce((sum, report) => sum + report.added, 0)).toBe(25);
  const counted = await ask(`SELECT (SELECT count(*)::int FROM chunks WHERE document_id <> 'mass') AS chunks,
    (SELECT sum(chunks)::int FROM bm25_segments) AS indexed, (SELECT count(*)::int FROM bm25_tombstones) AS gone`);
  const { chunks: stored, indexed, gone } = counted[0] as Record<"chunks" | "indexed" | "gone", number>;
  expect(indexed - gone).toBe(stored);
});

it("says who can help where the server's user may not create the extension", async ({ skip }) => {
  const [trusted] = await ask("SELECT FROM pg_available_extension_versions WHERE name = 'vector' AND trusted");
  if (trusted) skip("this pgvector may be created by anybody");
  const role = `${own.name}_user`;
  await asAdmin(`CREATE ROLE ${role} LOGIN PASSWORD 'x'`);
  const theirs = await createOwnDatabase();
  await asAdmin(`ALTER DATABASE ${theirs.name} OWNER TO ${role}`);
  const url = Object.assign(new URL(theirs.url), { username: role, password: "x" }).href;
  const database = await openDatabase({ url });
  try {
    await expect(migrate(database, migrationsFolder)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("extension"),
      fix: expect.stringContaining("CREATE EXTENSION vector"),
    });
    const admin = await openDatabase({ url: theirs.url });
    await admin.pool.query("CREATE EXTENSION vector");
    await admin.close();
    expect((await migrate(database, migrationsFolder)).applied).toContain("0002_knowledge");
  } finally {
    await database.close();
    await theirs.drop();
    await asAdmin(`DROP ROLE ${role}`);
  }
});
