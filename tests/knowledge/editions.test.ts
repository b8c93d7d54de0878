import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deleteDocument } from "../../src/knowledge/delete-document.ts";
import { compareRevisions } from "../../src/knowledge/editions/compare-editions.ts";
import { dateIn, plainRevision, revisionIn, withoutEdition } from "../../src/knowledge/editions/read-edition.ts";
import { findSafetyText } from "../../src/knowledge/find-safety-text.ts";
import { documentIdOf, ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import { listDocuments } from "../../src/knowledge/list-documents.ts";
import { lookUpCode } from "../../src/knowledge/look-up-code.ts";
import { updateDocument } from "../../src/knowledge/update-document.ts";
import { contextOf, openKnowledge, temporaryFolder } from "./support.ts";
import type { Folder } from "./support.ts";

describe("a revision", () => {
  it.each([
    ["KX-9 manual Rev. C", "C"],
    ["KX-9 manual Rev.03", "3"],
    ["KX9_manual_revB", "B"],
    ["프레스 설명서 개정 3판", "3"],
    ["프레스 설명서 (제2판)", "2"],
    ["Press manual, 4th edition", "4"],
    ["Ver 2.1 press manual", "2.1"],
    ["press_manual_v2", "2"],
    ["Revision: AA", "AA"],
    ["프레스 설명서 버전 1.10", "1.10"],
    ["Reverse valve 5", null],
    ["ISO 9001 revision 2015", null],
    ["Review of 7 valves", null],
    ["KX-9 press manual", null],
    ["출판 3개", null],
  ])("of %s is %s", (text, revision) => {
    expect(revisionIn(text)).toBe(revision);
  });

  it("is ordered as people count: A before B before AA, 1.9 before 1.10", () => {
    const ascending = [
      ["A", "B"],
      ["Z", "AA"],
      ["1.9", "1.10"],
      ["2", "10"],
      ["A1", "A2"],
      ["Rev. 3", "Rev. 4"],
      ["2판", "3판"],
    ];
    for (const [older, newer] of ascending) {
      expect(compareRevisions(newer!, older!), `${newer} > ${older}`).toBe(1);
      expect(compareRevisions(older!, newer!)).toBe(-1);
    }
    expect(compareRevisions("A", "2")).toBe(0);
    expect(plainRevision("Rev. 03")).toBe("3");
  });

  it("and a date are no part of a document's name", () => {
    for (const title of ["KX-9 manual Rev. C", "KX_9 manual (2025-04)", "KX-9 manual v2 final", "KX-9 manual 개정 3판"])
      expect(withoutEdition(title)).toBe("kx 9 manual");
    expect(dateIn("발행일 2025년 4월 3일")).toBe("2025-04-03");
    expect(dateIn("2025.02.31")).toBeNull();
    expect(dateIn("manual_20250403")).toBe("2025-04-03");
  });
});

describe("editions", () => {
  let knowledge: Knowledge;
  let folder: Folder;
  const ctx = contextOf();

  beforeEach(async () => {
    knowledge = await openKnowledge();
    folder = temporaryFolder();
  });
  afterEach(async () => {
    folder.remove();
    await knowledge.database.close();
  });

  const edition = (revision: string, meaning: string, more = "") =>
    `---\ntitle: KX-9 manual\nkind: manual\nmodels: [KX-9]\nrevision: ${revision}\napproved: true\n${more}---\n# KX-9\n\n## Alarms\n\n| Alarm | Meaning |\n|---|---|\n| KX-05 | ${meaning} |\n\n## Lockout\n\n1. Lock switch ${meaning}.\n`;
  const ingest = () => ingestPaths(ctx, knowledge, { paths: [folder.path], root: folder.path });
  const inForce = async () =>
    (await listDocuments(ctx, knowledge)).documents.filter((one) => one.inForce).map((one) => one.path);
  const meanings = async (revisions?: "all") =>
    (await lookUpCode(ctx, knowledge, { code: "KX-05", ...(revisions ? { revisions } : {}) })).map((e) => e.message);

  it("yield to the newer one, whichever is read first, and stand again when that is deleted", async () => {
    folder.write("b.md", edition("B", "new"));
    await ingest();
    folder.write("a.md", edition("A", "old"));
    await ingest();
    expect(await inForce()).toEqual(["b.md"]);
    expect(await meanings()).toEqual(["new"]);
    expect((await meanings("all")).toSorted()).toEqual(["new", "old"]);
    const safety = await findSafetyText(ctx, knowledge, { topic: "lockout", models: ["KX-9"], language: "en" });
    expect(safety.map((one) => one.text)).toEqual(["1. Lock switch new."]);
    await deleteDocument(contextOf(["supervisor"]), knowledge, { documentId: documentIdOf("b.md") });
    expect(await inForce()).toEqual(["a.md"]);
    expect(await meanings()).toEqual(["old"]);
  });

  it("leave the approved one's safety text standing until the newer one is approved", async () => {
    folder.write("a.md", edition("A", "old"));
    folder.write("b.md", edition("B", "new").replace("approved: true\n", ""));
    await ingest();
    expect(await inForce()).toEqual(["b.md"]);
    const quoted = async () =>
      (await findSafetyText(ctx, knowledge, { topic: "lockout", models: ["KX-9"], language: "en" })).map(
        (one) => one.text,
      );
    expect(await quoted()).toEqual(["1. Lock switch old."]);
    await updateDocument(contextOf(["supervisor"]), knowledge, { documentId: documentIdOf("b.md"), approved: true });
    expect(await quoted()).toEqual(["1. Lock switch new."]);
  });

  it("are all in force where nothing tells which is newer", async () => {
    folder.write("a.md", edition("A", "old"));
    folder.write("a2.md", edition("A", "other"));
    folder.write("b.md", edition("B", "another machine").replaceAll("KX-9", "KX-8"));
    await ingest();
    expect(await inForce()).toEqual(["a.md", "a2.md", "b.md"]);
  });

  it("are replaced by the document that says so, whatever its title", async () => {
    folder.write("old/press.md", edition("A", "old"));
    folder.write("new.md", edition("A", "new", "supersedes: press.md\n").replace("KX-9 manual", "Press book"));
    await ingest();
    expect(await inForce()).toEqual(["new.md"]);
    await deleteDocument(contextOf(["supervisor"]), knowledge, { documentId: documentIdOf("new.md") });
    expect(await inForce()).toEqual(["old/press.md"]);
  });

  it("restricted to some do not hide the one that everybody may read", async () => {
    folder.write("a.md", edition("A", "old"));
    folder.write("b.md", edition("B", "new"));
    folder.write("b.md.yaml", "audience: [supervisor]\n");
    await ingest();
    expect(await inForce()).toEqual(["a.md"]);
  });

  it("are restricted by their own front matter as well, and a sidecar's word goes before it", async () => {
    folder.write("a.md", edition("A", "old", "audience: [supervisor]\n"));
    folder.write("b.md", edition("B", "new", "audience: [supervisor]\n"));
    folder.write("b.md.yaml", "audience: [quality]\n");
    await ingest();
    const { rows } = await knowledge.database.pool.query("SELECT path, audience FROM documents ORDER BY path");
    expect(rows).toEqual([
      { path: "a.md", audience: ["supervisor"] },
      { path: "b.md", audience: ["quality"] },
    ]);
  });

  it("are settled again when a person corrects a revision, and the correction outlives a new reading", async () => {
    folder.write("a.md", edition("A", "first"));
    folder.write("b.md", edition("B", "second"));
    await ingest();
    const supervisor = contextOf(["supervisor"]);
    const after = await updateDocument(supervisor, knowledge, { documentId: documentIdOf("a.md"), revision: "Rev. C" });
    expect(after).toMatchObject({ revision: "C", inForce: true, overrides: { revision: "Rev. C" } });
    expect(await inForce()).toEqual(["a.md"]);
    folder.write("a.md", edition("A", "first, mended"));
    await ingest();
    expect(await inForce()).toEqual(["a.md"]);
    expect(await meanings()).toEqual(["first, mended"]);
    const { rows } = await knowledge.database.pool.query(
      `SELECT action, entity_id FROM audit_entries WHERE action = $1`,
      ["document.update"],
    );
    expect(rows).toEqual([{ action: "document.update", entity_id: documentIdOf("a.md") }]);
  });

  it("of which a person sets the model have their codes under it at once, and lose a revision taken back", async () => {
    folder.write("a.md", edition("A", "oil hot"));
    await ingest();
    const documentId = documentIdOf("a.md");
    const expert = contextOf(["expert"]);
    await updateDocument(expert, knowledge, { documentId, models: ["KX-10"] });
    const entries = await lookUpCode(ctx, knowledge, { code: "KX-05", models: ["KX-10"] });
    expect(entries.map((entry) => [entry.models, entry.inForce, entry.revision])).toEqual([[["KX-10"], true, "A"]]);
    expect(await updateDocument(expert, knowledge, { documentId, revision: null })).toMatchObject({
      revision: null,
      overrides: { models: ["KX-10"] },
    });
  });

  it("are approved by supervisors only, and what is not is quoted nowhere as safety text", async () => {
    folder.write("a.md", edition("A", "x").replace("approved: true\n", ""));
    await ingest();
    const documentId = documentIdOf("a.md");
    const quoted = () => findSafetyText(ctx, knowledge, { topic: "lockout", models: ["KX-9"], language: "en" });
    expect(await quoted()).toEqual([]);
    await expect(updateDocument(contextOf(["technician"]), knowledge, { documentId, title: "x" })).rejects.toThrow(
      "Only supervisors and experts",
    );
    await expect(updateDocument(contextOf(["expert"]), knowledge, { documentId, approved: true })).rejects.toThrow(
      "Only supervisors approve",
    );
    expect(await updateDocument(contextOf(["supervisor"]), knowledge, { documentId, approved: true })).toMatchObject({
      trust: "approved",
    });
    expect(await quoted()).toHaveLength(1);
    await expect(
      updateDocument(contextOf(["supervisor"]), knowledge, { documentId, date: "someday" }),
    ).rejects.toMatchObject({ code: "invalid_input" });
  });
});
