import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ingestPaths } from "../../../src/knowledge/ingest-paths.ts";
import { markForModels } from "../../../src/knowledge/ingest/mark-outdated.ts";
import { rereadOutdated } from "../../../src/knowledge/ingest/reread-outdated.ts";
import { runIngest } from "../../../src/knowledge/ingest/run-ingest.ts";
import type { Knowledge } from "../../../src/knowledge/knowledge.ts";
import { listDocuments } from "../../../src/knowledge/list-documents.ts";
import { contextOf, openKnowledge, temporaryFolder, type Folder } from "../support.ts";

let knowledge: Knowledge;
let folder: Folder;
const ctx = contextOf(["admin"]);

beforeAll(async () => {
  knowledge = await openKnowledge();
});
afterAll(async () => await knowledge.database.close());
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const models = async () =>
  Object.fromEntries((await listDocuments(ctx, knowledge)).documents.map((one) => [one.path, one.models]));

describe("documents read before their machine was known", () => {
  it("are read again when it comes, and only those that name it", async () => {
    folder.write(
      "a.md",
      "# Manual of the QX-40 washer\n\n## Alarms\n\n| Alarm | Meaning |\n|---|---|\n| 7 | Door open |\n",
    );
    folder.write("b.md", "# Cleaning plan\n\nEvery Friday.\n");
    folder.write("c.md", "---\ntitle: Dryer\nmodels: [DR-1]\n---\n# Dryer\n\nStands beside the QX-40.\n");
    await ingestPaths(ctx, knowledge, { paths: [folder.path], root: folder.path });
    expect(await models()).toEqual({ "a.md": [], "b.md": [], "c.md": ["DR-1"] });

    expect(await markForModels(knowledge.database, ["QX-40"])).toBe(1);
    const job = await rereadOutdated(ctx, { knowledge, enqueue: async () => {} });
    await runIngest(ctx, { knowledge, worker: "one", knownModels: async () => ["QX-40"] }, job!.jobId);
    expect(await models()).toEqual({ "a.md": ["QX-40"], "b.md": [], "c.md": ["DR-1"] });
    expect(await markForModels(knowledge.database, ["QX-40"])).toBe(0);
  });

  it("do not make every other document a changed one", async () => {
    folder.write("d.md", "# Greasing plan\n\nEvery Monday.\n");
    const input = { paths: [folder.path], root: folder.path };
    await ingestPaths(ctx, knowledge, input);
    const again = await ingestPaths(ctx, knowledge, { ...input, knownModels: ["QX-50"] });
    expect(again.files.map((file) => [file.path, file.verdict])).toEqual([["d.md", "unchanged"]]);
  });
});
