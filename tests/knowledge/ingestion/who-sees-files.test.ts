import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { IngestDeps, IngestInput } from "../../../src/knowledge/ingest/ingest-job.ts";
import { ingestJob, listIngestJobs } from "../../../src/knowledge/ingest/read-ingest-job.ts";
import { runIngest } from "../../../src/knowledge/ingest/run-ingest.ts";
import { startIngest } from "../../../src/knowledge/ingest/start-ingest.ts";
import type { Knowledge } from "../../../src/knowledge/knowledge.ts";
import { unreadDocuments } from "../../../src/knowledge/unread-documents.ts";
import { contextOf, openKnowledge, temporaryFolder, type Folder } from "../support.ts";

let knowledge: Knowledge;
let deps: IngestDeps;
let folder: Folder;
let named: IngestInput;
const ctx = contextOf(["admin"]);

beforeAll(async () => {
  knowledge = await openKnowledge();
  deps = { knowledge, enqueue: async () => {} };
});
afterAll(async () => await knowledge.database.close());
beforeEach(() => {
  folder = temporaryFolder();
  named = { kind: "paths", paths: [folder.path], root: folder.path };
});
afterEach(async () => {
  folder.remove();
  await knowledge.database.pool.query("DELETE FROM ingest_jobs");
  await knowledge.database.pool.query("DELETE FROM documents; DELETE FROM all_chunks; DELETE FROM all_document_pages");
});

describe("files of documents that are not meant for the reader", () => {
  const other = { ...contextOf(["technician"]), actor: { ...contextOf(["technician"]).actor, id: "P-77" } };
  const seenBy = async (reader: typeof ctx, jobId: string) => {
    const job = await ingestJob(reader, deps, jobId);
    const [listed] = await listIngestJobs(reader, deps);
    expect(listed!.names).toEqual(job.names);
    return { names: job.names, paths: job.files.map((file) => file.path), total: job.filesTotal };
  };

  it("are counted but not named where the document says so itself", async () => {
    const open = folder.write("open.txt", "For all.");
    const wages = folder.write("wages.md", "---\naudience: [supervisor]\n---\nWages.\n");
    const { jobId } = await startIngest(ctx, deps, { ...named, paths: [open, wages] });
    await runIngest(ctx, { knowledge, worker: "one" }, jobId);
    expect(await seenBy(other, jobId)).toEqual({ names: [open], paths: ["open.txt"], total: 2 });
    expect(await seenBy(contextOf(["supervisor"]), jobId)).toMatchObject({ names: [open, wages], total: 2 });
    expect((await seenBy(ctx, jobId)).paths).toEqual(["open.txt", "wages.md"]);
  });

  it("are counted but not named where the ingestion was told so, also where they can't be read", async () => {
    folder.write("broken.pdf", "%PDF-1.7 no more");
    const { jobId } = await startIngest(ctx, deps, { ...named, audience: ["supervisor"] });
    await runIngest(ctx, { knowledge, worker: "one" }, jobId);
    expect(await seenBy(other, jobId)).toEqual({ names: [], paths: [], total: 1 });
    expect(await unreadDocuments(other, knowledge)).toEqual([]);
    const known = await unreadDocuments(contextOf(["supervisor"]), knowledge);
    expect(known.map((one) => one.path)).toEqual(["broken.pdf"]);
  });

  it("are shown to who named them", async () => {
    folder.write("wages.md", "---\naudience: [supervisor]\n---\nWages.\n");
    const { jobId } = await startIngest(other, deps, named);
    await runIngest(ctx, { knowledge, worker: "one" }, jobId);
    expect((await seenBy(other, jobId)).paths).toEqual(["wages.md"]);
  });
});
