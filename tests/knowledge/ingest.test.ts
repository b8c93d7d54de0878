import { chmodSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SunbaeError } from "../../src/core/errors.ts";
import { deleteDocument } from "../../src/knowledge/delete-document.ts";
import { embedMissing } from "../../src/knowledge/embed-missing.ts";
import { settleSegments } from "../../src/knowledge/index/settle-segments.ts";
import { documentIdOf, ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import { search } from "../../src/knowledge/search.ts";
import { contextOf, manual, openKnowledge, temporaryFolder } from "./support.ts";
import type { Folder } from "./support.ts";

let knowledge: Knowledge;
let folder: Folder;
const ctx = contextOf(["admin"]);

beforeAll(async () => {
  knowledge = await openKnowledge();
});
afterAll(async () => {
  await knowledge.database.close();
});
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  folder.remove();
  const { rows } = await knowledge.database.pool.query<{ id: string }>("SELECT id FROM documents");
  for (const row of rows) await deleteDocument(ctx, knowledge, { documentId: row.id });
});

const ingest = () => ingestPaths(ctx, knowledge, { paths: [folder.path], root: folder.path });
const count = async (table: string) =>
  Number((await knowledge.database.pool.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`)).rows[0]!.n);
const find = async (query: string) => (await search(ctx, knowledge, { query })).results;

describe("ingesting files", () => {
  it("adds, leaves alone what is unchanged, and reads again what changed", async () => {
    folder.write("manuals/kx-9.md", manual);
    folder.write("notes.txt", "The green lamp means ready.");
    expect(await ingest()).toMatchObject({ added: 2, updated: 0, unchanged: 0, entries: 3 });
    expect(await ingest()).toMatchObject({ added: 0, updated: 0, unchanged: 2 });
    folder.write("notes.txt", "The violet lamp means ready.");
    expect(await ingest()).toMatchObject({ added: 0, updated: 1, unchanged: 1 });
    expect((await find("violet lamp"))[0]).toMatchObject({ path: "notes.txt" });
    expect((await find("green")).filter((result) => result.legs.includes("bm25"))).toEqual([]);
    expect(await count("documents")).toBe(2);
  });

  it("gives each bad file its verdict and reads the rest", async () => {
    folder.write("good.md", manual);
    folder.write("empty.md", "");
    folder.write("fake.md", "%PDF-1.4");
    folder.write("program.exe", "MZ");
    folder.write("broken.md", "---\ndate: never\n---\ntext");
    folder.write(".hidden.md", "secret");
    const report = await ingestPaths(ctx, knowledge, {
      paths: [folder.path, join(folder.path, "missing.md")],
      root: folder.path,
    });
    expect(report.files.map((file) => [file.path, file.verdict])).toEqual([
      ["broken.md", "failed"],
      ["empty.md", "failed"],
      ["fake.md", "failed"],
      ["good.md", "added"],
      ["program.exe", "skipped"],
      ["missing.md", "failed"],
    ]);
    for (const file of report.files) if (file.verdict !== "added") expect(file.reason).toMatch(/^[A-Z].*\.$/);
  });

  it("reports progress file by file and stops when cancelled, keeping what is done", async () => {
    for (const name of ["a", "b", "c"]) folder.write(`${name}.txt`, `text of ${name}`);
    const stop = new AbortController();
    const seen: number[] = [];
    const cancelled = ingestPaths({ ...ctx, signal: stop.signal }, knowledge, {
      paths: [folder.path],
      root: folder.path,
      onProgress: ({ done, total }) => {
        seen.push(done);
        expect(total).toBe(3);
        if (done === 2) stop.abort();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
    expect(seen).toEqual([1, 2]);
    expect(await ingest()).toMatchObject({ added: 1, unchanged: 2 });
  });

  it("removes every trace of a deleted document, packed or not", async () => {
    folder.write("kx-9.md", manual);
    folder.write("other.md", "# Other\n\nThe accumulator is blue.");
    for (const all of [false, true]) {
      await ingest();
      await settleSegments(knowledge.database, { all });
      expect(await deleteDocument(ctx, knowledge, { documentId: documentIdOf("kx-9.md") })).toBe(true);
      expect((await find("accumulator pressure KX-05")).map((result) => result.path)).toEqual(["other.md"]);
      for (const table of ["all_alarm_entries", "all_safety_spans"]) expect(await count(table)).toBe(0);
      expect(await count("all_document_pages")).toBe(1);
    }
    expect((await count("chunk_embeddings")) + (await count("staged_embeddings"))).toBe(await count("all_chunks"));
    expect(await deleteDocument(ctx, knowledge, { documentId: "unknown" })).toBe(false);
  });

  it("ranks the same before and after the index is packed and joined", async () => {
    for (let number = 0; number < 12; number += 1)
      folder.write(`d${number}.txt`, `pump ${"bearing ".repeat(number)} oil seal ${number % 3 === 0 ? "leak" : "dry"}`);
    const ask = async () => (await find("bearing leak")).map((result) => [result.path, result.score.toFixed(5)]);
    await ingest();
    const before = await ask();
    await settleSegments(knowledge.database, { all: true });
    folder.write("d12.txt", "nothing of it");
    await ingest();
    await settleSegments(knowledge.database, { all: true });
    expect((await ask()).map(([path]) => path).slice(0, 4)).toEqual(before.map(([path]) => path).slice(0, 4));
    expect(before.length).toBeGreaterThan(3);
  });

  it("goes on without an embedder in reach and embeds later", async () => {
    folder.write("kx-9.md", manual);
    const embedPassages = async () => {
      throw new SunbaeError("unavailable", "The embedder sleeps.");
    };
    const broken = { ...knowledge, embedder: { ...knowledge.embedder, name: "remote-1", embedPassages } };
    const report = await ingestPaths(ctx, broken, { paths: [folder.path], root: folder.path });
    expect(report.files[0]).toMatchObject({ verdict: "added", notices: ["Not embedded yet: The embedder sleeps."] });
    expect((await find("filter clogged"))[0]!.legs).not.toContain("vector");
    const { embedded } = await embedMissing(ctx, knowledge);
    expect(embedded).toBe(report.chunks);
    expect((await find("filter clogged"))[0]!.legs).toContain("vector");
    expect(await embedMissing(ctx, knowledge)).toEqual({ embedded: 0 });
  });

  it("refuses a second card of one id and keeps the first", async () => {
    const card = (claim: string) =>
      `---\nid: CARD-900\ntitle: {en: T}\nsymptom: {en: s}\nclaim: {en: ${claim}}\nexpert: P-01\nstatus: published\n---\nown words`;
    folder.write("a.md", card("grease the chain"));
    folder.write("b.md", card("paint the chain"));
    const report = await ingest();
    expect(report.files.map((file) => file.reason)).toEqual([undefined, "Another file already has a card of this id."]);
    expect((await find("chain"))[0]).toMatchObject({ path: "a.md", kind: "card", trust: "reviewed" });
  });

  it("keeps two folders' files of one name apart", async () => {
    const other = temporaryFolder();
    folder.write("readme.md", "# First\n\nalpha");
    other.write("readme.md", "# Second\n\nbeta");
    await ingest();
    await ingestPaths(ctx, knowledge, { paths: [other.path], root: other.path });
    expect((await find("alpha"))[0]!.title).toBe("First");
    expect((await find("beta"))[0]!.title).toBe("Second");
    other.remove();
  });

  it("knows the documents of a folder that moves with the installation by their names", async () => {
    folder.write("old/knowledge/plan.md", "# Plan\n\nGrease on Monday.");
    folder.write("new/knowledge/plan.md", "# Plan\n\nGrease on Friday.");
    const read = (root: string) =>
      ingestPaths(ctx, knowledge, { paths: [join(root, "knowledge")], root, takesNames: true });
    await read(join(folder.path, "old"));
    expect(await read(join(folder.path, "new"))).toMatchObject({ updated: 1, added: 0 });
    expect(await count("documents")).toBe(1);
  });

  it("leaves no name of a deleted document in the history of its job", async () => {
    folder.write("secret-press.md", "# Press\n\nx");
    await ingest();
    await deleteDocument(ctx, knowledge, { documentId: documentIdOf("secret-press.md") });
    const { rows } = await knowledge.database.pool.query("SELECT * FROM ingest_files");
    expect(JSON.stringify(rows)).not.toContain("secret-press");
  });

  it("does not stop at a file it may not open", async () => {
    if (process.getuid?.() === 0) return;
    chmodSync(folder.write("locked.md", "x"), 0o000);
    folder.write("open.md", "# Open\n\nx");
    expect(await ingest()).toMatchObject({ failed: 1, added: 1 });
  });
});
