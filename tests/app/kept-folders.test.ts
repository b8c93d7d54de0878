import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createIngestion, type Ingestion } from "../../src/app/ingestion.ts";
import { createKeptFolders, type KeptFolders } from "../../src/app/kept-folders.ts";
import { deleteDocument } from "../../src/knowledge/delete-document.ts";
import { documentIdOf } from "../../src/knowledge/ingest-paths.ts";
import { listIngestJobs } from "../../src/knowledge/ingest/read-ingest-job.ts";
import { waitingJobs } from "../../src/knowledge/ingest/job-lease.ts";
import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import { createLogger } from "../../src/observability/logger.ts";
import { contextOf, openKnowledge, temporaryFolder, type Folder } from "../knowledge/support.ts";

let knowledge: Knowledge;
let ingestion: Ingestion;
let folder: Folder;
let kept: KeptFolders;
let watched: string;
let said: string[] = [];
let written = 0;
const ctx = contextOf(["admin"]);

beforeAll(async () => {
  knowledge = await openKnowledge();
});
afterAll(async () => {
  await ingestion.stop();
  await knowledge.database.close();
});
beforeEach(async () => {
  const { pool } = knowledge.database;
  await pool.query("DELETE FROM documents; DELETE FROM all_chunks; DELETE FROM all_document_pages");
  await pool.query("DELETE FROM ingest_jobs; DELETE FROM kept_files");
  folder = temporaryFolder();
  watched = join(folder.path, "inbox");
  mkdirSync(watched);
  said = [];
  const logger = createLogger({ level: "silent" });
  logger.warn = ((_fields: object, text: string) => void said.push(text)) as typeof logger.warn;
  ingestion = createIngestion({
    knowledge,
    logger,
    site: { timeZone: "UTC" },
    now: () => new Date(),
    knownModels: async () => [],
    ended: async () => {},
    queued: false,
  });
  const folders = async () => [{ path: watched, root: folder.path, shipped: false }];
  kept = createKeptFolders({ ctx: () => ctx, ingestion, logger, folders, restFactor: 0 });
});

/** A file that was written some time ago: it has come to rest. */
const put = (name: string, text: string) => writeOld(join(watched, name), text);
function writeOld(file: string, text: string): void {
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
  written += 1;
  const at = Date.now() / 1_000 - 3_600 + written;
  utimesSync(file, at, at);
}
/** Looks as the timer would until there is nothing more to do. */
async function settle(): Promise<void> {
  for (let times = 0; times < 4; times += 1) {
    await kept.timer.run();
    while ((await waitingJobs(knowledge.database.pool)).length + (await working()) > 0) await pause(20);
    await pause(30);
  }
}
const working = async () => (await listIngestJobs(ctx, ingestion, { unended: true })).length;
const paths = async () =>
  (await knowledge.database.pool.query<{ path: string }>("SELECT path FROM documents ORDER BY path")).rows.map(
    (row) => row.path,
  );

describe("a watched folder", { timeout: 60_000 }, () => {
  it("is followed: what is put there, changed and taken away", async () => {
    put("a.txt", "The belt is slack.");
    put("press/b.txt", "The press is loud.");
    await settle();
    expect(await paths()).toEqual(["inbox/a.txt", "inbox/press/b.txt"]);
    put("a.txt", "The belt is tight again.");
    rmSync(join(watched, "press/b.txt"));
    renameSync(join(watched, "a.txt"), join(watched, "c.txt"));
    await settle();
    expect(await paths()).toEqual(["inbox/c.txt"]);
    const jobs = await listIngestJobs(ctx, ingestion);
    expect(jobs[0]).toMatchObject({ kind: "folder", names: [watched] });
    expect(jobs.reduce((sum, job) => sum + job.counts.removed, 0)).toBe(2);
    await settle();
    expect(await listIngestJobs(ctx, ingestion)).toHaveLength(jobs.length);
  });

  it("leaves a file that still grows alone", async () => {
    put("a.txt", "The first half");
    await kept.timer.run();
    put("a.txt", "The first half and the second.");
    await kept.timer.run();
    expect(await paths()).toEqual([]);
    expect((await kept.status())[0]).toMatchObject({ waiting: 1 });
    await settle();
    expect(await paths()).toEqual(["inbox/a.txt"]);
  });

  it("loses nothing while it is away, or empty because its share is not mounted, and says so once", async () => {
    put("a.txt", "The belt is slack.");
    await settle();
    renameSync(watched, `${watched}-away`);
    await settle();
    expect(await paths()).toEqual(["inbox/a.txt"]);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/can't be looked into, what was read of it stays/);
    mkdirSync(watched); // the empty folder over which the share would be mounted
    await settle();
    expect(await paths()).toEqual(["inbox/a.txt"]);
    expect((await kept.status())[0]!.problem).toMatch(/is a share not mounted\?/);
    rmSync(watched, { recursive: true });
    renameSync(`${watched}-away`, watched);
    await settle();
    expect((await kept.status())[0]).toMatchObject({ problem: null, files: 1 });
    rmSync(join(watched, "a.txt"));
    await settle();
    expect(await paths()).toEqual([]);
  });

  it("does not bring back what a person deleted until the file changes", async () => {
    put("a.txt", "The belt is slack.");
    await settle();
    await deleteDocument(ctx, knowledge, { documentId: documentIdOf("inbox/a.txt") });
    await settle();
    expect(await paths()).toEqual([]);
    put("a.txt", "The belt is tight.");
    await settle();
    expect(await paths()).toEqual(["inbox/a.txt"]);
  });

  it("tells of a file that can't be read, tries it once, and again when it was mended", async () => {
    put("broken.pdf", "%PDF-1.7\n\u0001 no more");
    await settle();
    const [status] = await kept.status();
    expect(status!.failed).toEqual([{ path: "inbox/broken.pdf", reason: expect.stringMatching(/^[A-Z].*\.$/) }]);
    await settle();
    expect(await listIngestJobs(ctx, ingestion)).toHaveLength(1);
    put("broken.pdf", "Only text, but it can be read.");
    await settle();
    expect((await kept.status())[0]!.failed).toEqual([]);
  });

  it("reads a document again when what is written beside it changes", async () => {
    put("a.txt", "The belt is slack.");
    await settle();
    put("a.txt.yaml", "title: Belts\nmodels: [VF-2]");
    await settle();
    const { rows } = await knowledge.database.pool.query("SELECT title, models FROM documents");
    expect(rows).toEqual([{ title: "Belts", models: ["VF-2"] }]);
    rmSync(join(watched, "a.txt.yaml"));
    await settle();
    const { rows: after } = await knowledge.database.pool.query("SELECT title, models FROM documents");
    expect(after).toEqual([{ title: "The belt is slack.", models: [] }]);
  });
});
