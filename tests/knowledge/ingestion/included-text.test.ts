import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ingestPaths } from "../../../src/knowledge/ingest-paths.ts";
import type { Knowledge } from "../../../src/knowledge/knowledge.ts";
import { contextOf, openKnowledge, temporaryFolder, type Folder } from "../support.ts";

let knowledge: Knowledge;
let folder: Folder;
const ctx = contextOf(["admin"]);

beforeEach(async () => {
  knowledge = await openKnowledge();
  folder = temporaryFolder();
});
afterEach(async () => {
  folder.remove();
  await knowledge.database.close();
});

it("comes out of a watched folder only from that folder, and never from a hidden file", async () => {
  folder.write("owner-token", "secret");
  folder.write(".env", "secret");
  folder.write("inbox/.keys/a.txt", "secret");
  folder.write("inbox/sub/b.adoc", "Innermost text.");
  const root = folder.path;
  const including = (files: string[]) => `= Manual\n\n${files.map((file) => `include::${file}[]\n`).join("\n")}`;
  const inbox = folder.write("inbox/a.adoc", including(["../owner-token", "../.env", ".keys/a.txt", "sub/b.adoc"]));
  await ingestPaths(ctx, knowledge, { paths: [inbox], root, folder: join(root, "inbox") }, { kind: "folder" });
  const named = folder.write("a.adoc", including([".env", "inbox/sub/b.adoc"]));
  await ingestPaths(ctx, knowledge, { paths: [named], root });
  const { rows } = await knowledge.database.pool.query("SELECT text FROM document_pages ORDER BY text");
  expect(rows).toEqual([{ text: "# Manual\n\nInnermost text." }, { text: "# Manual\n\nInnermost text." }]);
});
