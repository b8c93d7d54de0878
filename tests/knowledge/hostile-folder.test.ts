import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import type { FileReport, IngestReport, Knowledge } from "../../src/knowledge/knowledge.ts";
import { search } from "../../src/knowledge/search.ts";
import { makeDocx, makeXlsx } from "./formats/make-office.ts";
import { hostileFiles } from "./hostile-files.ts";
import { contextOf, manual, openKnowledge, temporaryFolder } from "./support.ts";
import type { Folder } from "./support.ts";

const ctx = contextOf(["admin"]);
let knowledge: Knowledge;
let folder: Folder;
let report: IngestReport;
let byPath: Map<string, FileReport>;

beforeAll(async () => {
  knowledge = await openKnowledge();
  folder = temporaryFolder();
  for (const { name, contents } of hostileFiles) folder.write(`bad/${name}`, contents);
  writeGood();
  writeOdd();
  report = await ingestPaths(ctx, knowledge, { paths: [folder.path], root: folder.path });
  byPath = new Map(report.files.map((file) => [file.path, file]));
}, 120_000);

afterAll(async () => {
  folder.remove();
  await knowledge.database.close();
});

function writeGood() {
  folder.write("good/kx-9.md", manual);
  folder.write("good/절차.docx", makeDocx("<w:p><w:r><w:t>보라색 램프는 냉각수 부족을 뜻한다.</w:t></w:r></w:p>"));
  folder.write(
    "good/faults.xlsx",
    makeXlsx([
      {
        name: "Faults",
        rows: [
          ["Fault code", "Message"],
          ["F77", "Turquoise valve stuck"],
          ["F78", "Ochre valve stuck"],
        ],
      },
    ]),
  );
  folder.write(
    "good/really-a-workbook.doc",
    makeXlsx([
      {
        name: "Parts",
        rows: [
          ["Part", "Shelf"],
          ["Crimson gasket", "Aisle 12"],
        ],
      },
    ]),
  );
  folder.write("good/README", "The magenta lever releases the clamp.");
  folder.write("good/줄\n바꿈 \u{1F527}.txt", "The name of this file has a line end; indigo is said here.");
}

function writeOdd() {
  mkdirSync(join(folder.path, "odd/folder.pdf"), { recursive: true });
  folder.write("odd/folder.pdf/inside.txt", "The vermilion pump stands in a folder with a file's name.");
  symlinkSync(join(folder.path, "odd"), join(folder.path, "odd/loop"));
  symlinkSync("self.md", join(folder.path, "odd/self.md"));
  symlinkSync("/etc/hostname", join(folder.path, "odd/outside.txt"));
  if (process.platform !== "win32") execFileSync("mkfifo", [join(folder.path, "odd/pipe.txt")]);
  chmodSync(folder.write("odd/forbidden.txt", "secret"), 0o000);
}

const find = async (query: string) => (await search(ctx, knowledge, { query })).results;

describe("a folder of broken and hostile files", () => {
  it("holds at least forty of them", () => {
    expect(hostileFiles.length).toBeGreaterThanOrEqual(40);
  });

  it.each(hostileFiles)("says of $name what is wrong and what helps", ({ name, verdict }) => {
    const file = byPath.get(`bad/${name}`);
    expect(file?.verdict).toMatch(/^(?:failed|skipped)$/);
    expect(file?.reason).toMatch(verdict);
    expect(file?.reason).toMatch(/^[A-Z][\s\S]*\.$/);
    expect(file?.reason!.length).toBeLessThan(400);
  });

  it("reads every good file among them", () => {
    const good = report.files.filter((file) => file.path.startsWith("good/"));
    expect(good.map((file) => [file.path, file.verdict])).toEqual(good.map((file) => [file.path, "added"]));
    expect(good).toHaveLength(6);
  });

  it.each([
    ["보라색 램프", "good/절차.docx"],
    ["turquoise valve", "good/faults.xlsx"],
    ["crimson gasket", "good/really-a-workbook.doc"],
    ["magenta lever", "good/README"],
    ["vermilion pump", "odd/folder.pdf/inside.txt"],
    ["indigo", "good/줄\n바꿈 \u{1F527}.txt"],
  ])("finds %s", async (query, path) => {
    expect((await find(query))[0]?.path).toBe(path);
  });

  it("says that a name does not fit the contents", () => {
    expect(byPath.get("good/really-a-workbook.doc")?.notices).toContain(
      "The name says DOC, the contents are an Excel workbook (XLSX): read as that.",
    );
  });

  it("never waits at a pipe and never follows a link out of the folder or into a circle", () => {
    expect(byPath.get("odd/pipe.txt")?.reason).toMatch(/pipe/);
    expect(byPath.get("odd/outside.txt")?.reason).toMatch(/leads out of the folder/);
    expect(byPath.get("odd/loop")?.reason).toMatch(/link to a folder/);
    expect(byPath.get("odd/self.md")?.reason).toMatch(/back to itself/);
  });

  it("says which file may not be read", () => {
    if (process.getuid?.() === 0) return;
    expect(byPath.get("odd/forbidden.txt")?.reason).toMatch(/permissions/);
  });

  it("keeps what it had when the folder is read again", async () => {
    const again = await ingestPaths(ctx, knowledge, { paths: [folder.path], root: folder.path });
    expect(again).toMatchObject({ added: 0, updated: 0, unchanged: report.added, failed: report.failed });
  }, 120_000);
});
