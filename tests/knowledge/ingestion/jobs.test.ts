import { readFileSync, rmSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cancelIngest } from "../../../src/knowledge/ingest/cancel-ingest.ts";
import type { IngestInput, IngestJobWithFiles } from "../../../src/knowledge/ingest/ingest-job.ts";
import { ingestJob, listIngestJobs } from "../../../src/knowledge/ingest/read-ingest-job.ts";
import { rereadOutdated } from "../../../src/knowledge/ingest/reread-outdated.ts";
import { runIngest } from "../../../src/knowledge/ingest/run-ingest.ts";
import { startIngest } from "../../../src/knowledge/ingest/start-ingest.ts";
import { storeFile } from "../../../src/knowledge/ingest/stored-files.ts";
import { deleteDocument } from "../../../src/knowledge/delete-document.ts";
import type { Knowledge } from "../../../src/knowledge/knowledge.ts";
import { search } from "../../../src/knowledge/search.ts";
import { updateDocument } from "../../../src/knowledge/update-document.ts";
import { contextOf, openKnowledge, temporaryFolder, type Folder } from "../support.ts";
import { addHostileReaders } from "./hostile-readers.ts";
import { writePdf } from "./mixed-folder.ts";

let knowledge: Knowledge;
let folder: Folder;
const ctx = contextOf(["admin"]);
const worker = new URL("./hostile-worker.ts", import.meta.url);

beforeAll(async () => {
  addHostileReaders();
  knowledge = await openKnowledge();
});
afterAll(async () => await knowledge.database.close());
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  folder.remove();
  const { pool } = knowledge.database;
  for (const { id } of (await pool.query<{ id: string }>("SELECT id FROM documents")).rows)
    await deleteDocument(ctx, knowledge, { documentId: id });
  await pool.query("DELETE FROM ingest_jobs");
});

const deps = () => ({ knowledge, enqueue: async () => {} });
const start = (input: Partial<IngestInput> = {}) =>
  startIngest(ctx, deps(), { kind: "paths", paths: [folder.path], root: folder.path, ...input });
const run = (jobId: string, options: { signal?: AbortSignal; worker?: string; fileMs?: number } = {}) =>
  runIngest(
    { ...ctx, ...(options.signal && { signal: options.signal }) },
    {
      knowledge,
      worker: options.worker ?? "one",
      reading: { worker, heapMb: 160, pageMs: 1_500, fileMs: options.fileMs ?? 1_500 },
    },
    jobId,
  );
const read = (jobId: string) => ingestJob(ctx, deps(), jobId);
const verdictsOf = (job: IngestJobWithFiles) => Object.fromEntries(job.files.map((file) => [file.path, file.verdict]));
const count = async (table: string) =>
  (await knowledge.database.pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`)).rows[0]!.n;
const until = async (holds: () => Promise<boolean>) => {
  while (!(await holds())) await pause(30);
};

describe("a file that does not let its reader go", () => {
  it("fails alone, with a sentence, where it hangs", { timeout: 60_000 }, async () => {
    folder.write("a.txt", "The first file.");
    folder.write("b.hangs", "x");
    folder.write("c.txt", "The last file.");
    const { jobId } = await start();
    await run(jobId);
    const job = await read(jobId);
    expect(verdictsOf(job)).toEqual({ "a.txt": "added", "b.hangs": "failed", "c.txt": "added" });
    expect(job.files[1]!.reason).toBe("The file was given up after 1500 ms: its reader did not come to an end.");
  });

  it("fails alone, with a sentence, where it takes all memory", { timeout: 120_000 }, async () => {
    folder.write("a.swallows", "x");
    folder.write("b.txt", "The last file.");
    const { jobId } = await start();
    await run(jobId, { fileMs: 100_000 });
    const job = await read(jobId);
    expect(verdictsOf(job)).toEqual({ "a.swallows": "failed", "b.txt": "added" });
    expect(job.files[0]!.reason).toBe("It needs more memory than a file may take.");
  });

  it("loses only the page at which it hangs, where it has pages", { timeout: 60_000 }, async () => {
    folder.write("long.slow", "pages 6 hang 3");
    const { jobId } = await start();
    await run(jobId);
    const [file] = (await read(jobId)).files;
    expect(file).toMatchObject({ verdict: "added", pages: 6, pagesDone: 6, unreadPages: 1 });
    expect(file!.notices).toEqual(["Page 3 was given up after 1500 ms: its reader did not come to an end."]);
    expect(await count("ingest_pages")).toBe(0);
  });
});

describe("a job", () => {
  it("stops in the middle of a long file when it is cancelled, and keeps what is whole", async () => {
    folder.write("a.txt", "The first file.");
    folder.write("b.slow", "pages 400");
    folder.write("c.txt", "The third file.");
    const { jobId } = await start();
    const working = run(jobId);
    await until(async () => (await read(jobId)).files.some((file) => file.pagesDone > 2));
    const began = performance.now();
    await cancelIngest(ctx, deps(), jobId);
    await working;
    expect(performance.now() - began).toBeLessThan(4_000);
    const job = await read(jobId);
    expect(job).toMatchObject({ state: "cancelled", filesDone: 1, filesTotal: 3 });
    expect(verdictsOf(job)).toEqual({ "a.txt": "added", "b.slow": null, "c.txt": null });
    expect(await count("ingest_pages")).toBe(0);
    await expect(cancelIngest(ctx, deps(), jobId)).rejects.toMatchObject({ code: "conflict" });
  });

  it("is taken up at the page where its process stopped, and does no page twice", async () => {
    folder.write("a.slow", "pages 80");
    const { jobId } = await start();
    const stopping = new AbortController();
    const working = run(jobId, { signal: stopping.signal });
    await until(async () => (await count("ingest_pages")) > 10);
    stopping.abort();
    await working;
    const staged = await knowledge.database.pool.query<{ words: string }>(
      "SELECT page::jsonb->>'words' AS words FROM ingest_pages ORDER BY number",
    );
    expect(await read(jobId)).toMatchObject({ state: "waiting" });
    await run(jobId, { worker: "two" });
    expect((await read(jobId)).files[0]).toMatchObject({ verdict: "added", pages: 80 });
    const pages = await knowledge.database.pool.query<{ text: string }>(
      "SELECT text FROM document_pages ORDER BY number",
    );
    const texts = pages.rows.map((row) => row.text.trim());
    expect(texts.slice(0, staged.rows.length)).toEqual(staged.rows.map((row) => row.words));
    expect(await count("ingest_pages")).toBe(0);
  });

  it("is one process's while that says it lives, and another's once it is silent", async () => {
    folder.write("a.slow", "pages 60");
    const { jobId } = await start();
    const working = run(jobId, { worker: "one" });
    await until(async () => (await read(jobId)).state === "working");
    expect(await run(jobId, { worker: "two" })).toBe(false);
    await knowledge.database.pool.query(
      "UPDATE ingest_jobs SET worker = 'dead', heartbeat_at = now() - interval '11 seconds'",
    );
    expect(await run(jobId, { worker: "two" })).toBe(true);
    await working;
    expect(await read(jobId)).toMatchObject({ state: "done", counts: { added: 1 } });
    expect(await count("documents")).toBe(1);
  });

  it("reads nothing twice where two of one folder run at once", async () => {
    for (let n = 1; n <= 6; n += 1) folder.write(`n${n}.txt`, `File number ${n}.`);
    const jobs = [await start(), await start()];
    await Promise.all(jobs.map(({ jobId }, at) => run(jobId, { worker: `worker ${at}` })));
    const counts = await Promise.all(jobs.map(async ({ jobId }) => (await read(jobId)).counts));
    expect(counts.reduce((sum, one) => sum + one.added, 0)).toBe(6);
    expect(counts.reduce((sum, one) => sum + one.unchanged, 0)).toBe(6);
    expect(await count("documents")).toBe(6);
    expect((await listIngestJobs(ctx, deps())).map((job) => job.state)).toEqual(["done", "done"]);
  });

  it("names one file once, though it is asked for twice", async () => {
    const file = folder.write("a.txt", "Once.");
    const { jobId } = await start({ paths: [folder.path, file, file] });
    await run(jobId);
    expect(verdictsOf(await read(jobId))).toEqual({ "a.txt": "added" });
  });

  it("keeps what a person says of the documents when the file changes", async () => {
    folder.write("a.txt", "The belt is slack.");
    const metadata = { title: "Belt", models: ["VF-2"], equipmentIds: ["CNC-07"], revision: "C", approved: true };
    const { jobId } = await start({ metadata });
    await run(jobId);
    folder.write("a.txt", "The belt is tight.");
    const again = await start();
    await run(again.jobId);
    expect((await read(again.jobId)).counts.updated).toBe(1);
    const { rows } = await knowledge.database.pool.query(
      "SELECT title, models, equipment_ids, revision, approved FROM documents",
    );
    expect(rows).toEqual([
      { title: "Belt", models: ["VF-2"], equipment_ids: ["CNC-07"], revision: "C", approved: true },
    ]);
  });

  it("removes documents whose files are gone only where it is told to prune", async () => {
    folder.write("a.txt", "Stays.");
    const gone = folder.write("sub/b.txt", "Goes.");
    const first = await start();
    await run(first.jobId);
    rmSync(gone);
    const careful = await start();
    await run(careful.jobId);
    expect(await count("documents")).toBe(2);
    const pruning = await start({ prune: true });
    await run(pruning.jobId);
    const job = await read(pruning.jobId);
    expect(verdictsOf(job)).toEqual({ "a.txt": "unchanged", "sub/b.txt": "removed" });
    expect(await count("documents")).toBe(1);
    rmSync(folder.path, { recursive: true });
    const lost = await start({ prune: true });
    await run(lost.jobId);
    expect(await count("documents")).toBe(1);
  });
});

describe("documents of an older version of reading", () => {
  it("are read again from their files, or from what was kept of them, and serve until then", async () => {
    folder.write("a.txt", "The belt is slack.");
    const first = await start();
    await run(first.jobId);
    const { id, bytes } = await storeFile(knowledge.database, [Buffer.from("The gland is tight.")]);
    const stored = [{ name: "came.txt", id, bytes }];
    const upload = await startIngest(ctx, deps(), { kind: "upload", paths: [], stored });
    await run(upload.jobId);
    expect(await rereadOutdated(ctx, deps())).toBeNull();
    await knowledge.database.pool.query("UPDATE documents SET pipeline = pipeline - 1, content_hash = 'old'");
    const again = await rereadOutdated(ctx, deps());
    expect(await rereadOutdated(ctx, deps())).toBeNull();
    const { results } = await search(ctx, knowledge, { query: "gland tight" });
    expect(results[0]!.path).toBe("came.txt");
    await run(again!.jobId);
    expect(await read(again!.jobId)).toMatchObject({ state: "done", counts: { updated: 2, failed: 0 } });
    expect(await rereadOutdated(ctx, deps())).toBeNull();
    expect(await count("stored_files")).toBe(1);
  });
});

describe("files that came by a door", () => {
  const upload = async (name: string, bytes: Uint8Array, roles: Parameters<typeof contextOf>[0] = ["technician"]) => {
    const { id, bytes: length } = await storeFile(knowledge.database, [bytes]);
    const stored = [{ name, id, bytes: length }];
    const { jobId } = await startIngest(contextOf(roles), deps(), { kind: "upload", paths: [], stored });
    await run(jobId);
    return await read(jobId);
  };

  it("count as approved by their own word only from who may approve", async () => {
    const text = Buffer.from("---\napproved: true\n---\n# Lockout\n\n1. Lock it.\n");
    const approved = async () =>
      (await knowledge.database.pool.query<{ approved: boolean }>("SELECT approved FROM documents")).rows[0]!.approved;
    await upload("lock.md", text);
    expect(await approved()).toBe(false);
    await upload("lock-2.md", Buffer.concat([text, Buffer.from("2. Try it.\n")]), ["supervisor"]);
    const { rows } = await knowledge.database.pool.query<{ path: string }>("SELECT path FROM documents WHERE approved");
    expect(rows).toEqual([{ path: "lock-2.md" }]);
  });

  it("lose an approval with the text that was approved, unless who sends the next one may approve", async () => {
    const supervisor = contextOf(["supervisor"]);
    const approved = async () =>
      (await knowledge.database.pool.query<{ approved: boolean }>("SELECT approved FROM documents")).rows[0]!.approved;
    const job = await upload("lock.md", Buffer.from("# Lockout\n\n1. Lock it.\n"));
    const { documentId } = job.files[0]!;
    await updateDocument(supervisor, knowledge, { documentId: documentId!, approved: true });
    await upload("lock.md", Buffer.from("# Lockout\n\n1. Lock it.\n"));
    expect(await approved()).toBe(true);
    await upload("lock.md", Buffer.from("# Lockout\n\n1. No lock is needed.\n"));
    expect(await approved()).toBe(false);
  });

  it(
    "are kept while a document has them, once however many do, and go with the last",
    { timeout: 60_000 },
    async () => {
      const file = `${folder.path}/a.pdf`;
      await writePdf(file, 2);
      const bytes = readFileSync(file);
      await upload("first.pdf", bytes);
      const second = await upload("second.pdf", bytes);
      expect(second.counts).toMatchObject({ added: 1 });
      expect(await count("stored_files")).toBe(1);
      const ids = (await knowledge.database.pool.query<{ id: string }>("SELECT id FROM documents ORDER BY path")).rows;
      await deleteDocument(ctx, knowledge, { documentId: ids[0]!.id });
      expect(await count("stored_files")).toBe(1);
      await deleteDocument(ctx, knowledge, { documentId: ids[1]!.id });
      expect(await count("stored_files")).toBe(0);
      expect(await count("stored_file_parts")).toBe(0);
    },
  );

  it("leave nothing behind where they can't be read", async () => {
    const job = await upload("broken.pdf", Buffer.from("%PDF-1.7 no more"));
    expect(job.counts.failed).toBe(1);
    expect(await count("stored_files")).toBe(0);
  });
});
