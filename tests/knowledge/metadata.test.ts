import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import { listDocuments } from "../../src/knowledge/list-documents.ts";
import { modelNames, modelsNamed } from "../../src/knowledge/load/infer-models.ts";
import { loadDocument } from "../../src/knowledge/load/load-file.ts";
import { isSidecar, parseSidecar } from "../../src/knowledge/load/read-sidecars.ts";
import { alarmEntriesOf } from "../../src/knowledge/structure/alarm-entries.ts";
import { contextOf, openKnowledge, temporaryFolder } from "./support.ts";
import type { Folder } from "./support.ts";

const plant = ["GMC-510", "HP-200", "RA-620"];
const load = (path: string, text: string, knownModels = plant) =>
  loadDocument(path, new TextEncoder().encode(text), undefined, { knownModels });

describe("the models of a document", () => {
  it.each([
    ["what its first page writes", "a.txt", "Press manual\n\nModel: KX-9, KX-10\n\nText."],
    ["what its first page writes in Korean", "a.txt", "프레스 설명서\n\n적용 기종: KX-9 및 KX-10\n\n본문"],
  ])("are %s, known or not", async (_what, path, text) => {
    expect((await load(path, text)).models).toEqual(["KX-9", "KX-10"]);
  });

  it.each([
    ["title", "a.md", "# GMC 510 operation\n\nText."],
    ["file's name", "gmc_510-alarms.txt", "Alarms\n\nText."],
    ["folder's name", "GMC510/alarms.txt", "Alarms\n\nText."],
    ["headings", "a.md", `# Alarms\n\n${"Text. ".repeat(300)}\n\n## 5 Alarms of GMC-510\n\nText.`],
  ])("are those of the plant that its %s names, and a notice says so", async (from, path, text) => {
    const document = await load(path, text);
    expect(document.models).toEqual(["GMC-510"]);
    expect(document.notices.join()).toContain(`Model GMC-510 taken from`);
    expect(document.notices.join()).toContain(from);
  });

  it("are none where a title names a model that the plant does not have", async () => {
    expect((await load("a.md", "# ISO-9001 and KX-9\n\nText.")).models).toEqual([]);
    expect((await load("a.md", "# GMC-5100 manual\n\nText.")).models).toEqual([]);
    expect((await load("a.md", "# Manual\n\nUnlike GMC-510 and HP-200 it is small.")).models).toEqual([]);
  });

  it("are read from lists, without the words around them", () => {
    expect(modelNames("HX-80, HX-120 시리즈 및 DX 5/2")).toEqual(["HX-80", "HX-120", "DX 5/2"]);
    expect(modelNames("all machines")).toEqual([]);
    expect(modelsNamed("gmc510의 알람", plant)).toEqual(["GMC-510"]);
  });

  it("are narrowed for entries by the heading that they stand under", async () => {
    const table = (meaning: string) => `| Alarm | Meaning |\n|---|---|\n| 7 | ${meaning} |\n\n`;
    const document = await load("a.md", `# Alarms\n\n## GMC-510\n\n${table("One")}## HP-200\n\n${table("Two")}`);
    expect(alarmEntriesOf(document, plant).map((entry) => [entry.models, entry.message])).toEqual([
      [["GMC-510"], "One"],
      [["HP-200"], "Two"],
    ]);
  });
});

describe("the kind of a document", () => {
  it.each([
    ["# KX-9 정비 설명서", "manual"],
    ["# Maintenance manual", "manual"],
    ["# 청소 작업표준서", "procedure"],
    ["# Weekly notes", "reference"],
  ])("of %s is %s", async (text, kind) => {
    expect((await load("a.md", `${text}\n\nText.`)).kind).toBe(kind);
  });
});

describe("a sidecar", () => {
  let knowledge: Knowledge;
  let folder: Folder;
  const ctx = contextOf();
  const ingest = () => ingestPaths(ctx, knowledge, { paths: [folder.path], root: folder.path });
  const documents = async () =>
    new Map((await listDocuments(ctx, knowledge)).documents.map((document) => [document.path, document]));

  beforeAll(async () => {
    knowledge = await openKnowledge();
    folder = temporaryFolder();
    folder.write("press/manual.txt", "Some press\n\nText.");
    folder.write("press/front.md", "---\nmodels: [FM-1]\n---\n# Front matter\n\nText.");
    folder.write("press/_folder.yaml", "models: [HP-200]\nkind: manual\nlanguage: ko\n");
    folder.write("press/manual.txt.yaml", "title: Press manual\nrevision: Rev. B\ndate: 2025-04-01\napproved: true\n");
    folder.write("press/deep/other.txt", "Other\n\nText.");
    folder.write("press/deep/_folder.yml", "language: en\n");
    folder.write("plain.txt", "Plain\n\nText.");
    folder.write("plain.txt.yaml", "kind: novel\ncolour: red\nmodels: [PL-1]\n");
    folder.write("broken.txt", "Broken\n\nText.");
    folder.write("broken.txt.yaml", "models: [a\n");
  });
  afterAll(async () => {
    folder.remove();
    await knowledge.database.close();
  });

  it("describes its file and its folder, and is no document itself", async () => {
    const report = await ingest();
    expect(report.files.map((file) => file.path).toSorted()).toEqual([
      "broken.txt",
      "plain.txt",
      "press/deep/other.txt",
      "press/front.md",
      "press/manual.txt",
    ]);
    const found = await documents();
    expect(found.get("press/manual.txt")).toMatchObject({
      title: "Press manual",
      kind: "manual",
      models: ["HP-200"],
      revision: "B",
      date: "2025-04-01",
      approved: true,
      language: "ko",
      trust: "approved",
    });
    expect(found.get("press/deep/other.txt")).toMatchObject({ models: ["HP-200"], language: "en", trust: "manual" });
    expect(found.get("press/front.md")!.models).toEqual(["FM-1"]);
  });

  it("that is wrong is told in a sentence, and the file is read all the same", async () => {
    const found = await documents();
    expect(found.get("plain.txt")).toMatchObject({ models: ["PL-1"], kind: "reference" });
    expect(found.get("plain.txt")!.notices.join("\n")).toMatch(
      /In plain.txt.yaml, "kind" is wrong: .*\n.*"colour" is no field/,
    );
    expect(found.get("broken.txt")!.notices.join()).toContain("broken.txt.yaml is passed over, it is not valid YAML");
  });

  it("that changes makes its file be read again, and only that", async () => {
    expect((await ingest()).unchanged).toBe(5);
    folder.write("press/manual.txt.yaml", "title: Press manual\nrevision: C\n");
    const report = await ingest();
    expect(report.files.filter((file) => file.verdict === "updated").map((file) => file.path)).toEqual([
      "press/manual.txt",
    ]);
    expect((await documents()).get("press/manual.txt")).toMatchObject({ revision: "C", approved: false });
  });

  it("is told by its name, and never more than a page", () => {
    expect(["a.pdf.yaml", "x/_folder.yml", "b.docx.YML"].map(isSidecar)).toEqual([true, true, true]);
    expect(["plant.yaml", "notes.yaml", "a.exe.yaml", "folder.yaml"].map(isSidecar)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(parseSidecar("a", "x".repeat(70_000)).notices[0]).toContain("too large");
    expect(parseSidecar("a", "- list").notices[0]).toContain("title: …");
    expect(parseSidecar("a", "").notices).toEqual([]);
  });
});
