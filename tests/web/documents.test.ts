import { describe, expect, it } from "vitest";
import { readDocument } from "../../src/web/api/document-line.ts";
import { readPage } from "../../src/web/api/document-page.ts";
import { readIngestion, withProgress } from "../../src/web/api/ingestions.ts";
import { batchesOf } from "../../src/web/documents/ingestions-state.ts";
import { filterDocuments, noFilter } from "../../src/web/documents/filter-documents.ts";
import { markWords } from "../../src/web/documents/mark-words.ts";
import { boxAround, boxesOfSpan, stepZoom, zoomToFit } from "../../src/web/viewer/boxes-of-span.ts";

describe("the list of documents", () => {
  const documents = [
    {
      id: "1",
      title: "머시닝센터 설명서",
      path: "GMC/설명서.pdf".normalize("NFD"),
      models: ["GMC-510"],
      kind: "manual",
    },
    { id: "2", title: "Press list", path: "press.xlsx", models: ["HP-200"], kind: "manual", inForce: false },
    { id: "3", title: "Scan", path: "scan.pdf", kind: "procedure", unreadPages: 4, notices: ["Blurred."] },
  ].map(readDocument);
  const found = (change: object): string[] =>
    filterDocuments(documents, { ...noFilter, ...change }).map(({ id }) => id);

  it("is narrowed down by every word, also of names that come in pieces of syllables", () => {
    expect(found({ text: "gmc 설명서" })).toEqual(["1"]);
    expect(found({ text: "gmc press" })).toEqual([]);
  });

  it("is narrowed down by kind, model and state", () => {
    expect(found({ kind: "procedure" })).toEqual(["3"]);
    expect(found({ model: "HP-200" })).toEqual(["2"]);
    expect(found({ state: "superseded" })).toEqual(["2"]);
    expect(found({ state: "unread" })).toEqual(["3"]);
    expect(found({})).toEqual(["1", "2", "3"]);
  });
});

describe("a page", () => {
  const page = readPage({
    document: { id: "d", title: "Manual" },
    number: 2,
    pages: 9,
    text: "Before\nAL-05 Oil low\nAfter",
    start: 100,
    size: { width: 595, height: 842 },
    picture: "v",
    lines: [
      { start: 100, end: 106, box: [0.1, 0.1, 0.3, 0.02] },
      { start: 107, end: 120, box: [0.1, 0.2, 0.4, 0.02] },
      { start: 121, end: 126, box: [0.1, 0.3, 0.3, 0.02] },
      { start: 121, end: 126, box: "no box" },
    ],
    anchors: [
      { chunkId: 1, heading: "Alarms", span: [80, 120], page: 2 },
      { chunkId: 2, heading: "Alarms", span: [121, 126], page: 2 },
    ],
  });

  it("marks the lines that a passage touches and no other, with spans that count from the document's start", () => {
    expect(boxesOfSpan(page.lines, [107, 120])).toEqual([[0.1, 0.2, 0.4, 0.02]]);
    expect(boxesOfSpan(page.lines, [110, 122])).toHaveLength(2);
    expect(boxesOfSpan(page.lines, undefined)).toEqual([]);
  });

  it("draws neighbouring passages of one heading as one section, cut to the page", () => {
    expect(page.sections.map(({ text }) => text)).toEqual(["Before\nAL-05 Oil low\nAfter"]);
  });

  it("is enlarged to the passage on a narrow screen only", () => {
    const around = boxAround(boxesOfSpan(page.lines, [107, 120]));
    expect(zoomToFit(around, 390)).toBe(2);
    expect(zoomToFit(around, 1440)).toBe(1);
    expect(zoomToFit(null, 390)).toBe(1);
  });

  it("is enlarged and reduced in steps from any zoom", () => {
    expect([stepZoom(1, 1), stepZoom(1.35, 1), stepZoom(1.35, -1), stepZoom(1, -1), stepZoom(4, 1)]).toEqual([
      1.25, 1.5, 1.25, 1, 4,
    ]);
  });
});

it("keeps the verdicts that a later message does not repeat", () => {
  const first = readIngestion({ id: "j", state: "working", files: [{ ordinal: 1, path: "b", verdict: "added" }] });
  const next = readIngestion({ id: "j", state: "done", files: [{ ordinal: 0, path: "a", verdict: "failed" }] });
  const after = withProgress(first, next);
  expect(after.state).toBe("done");
  expect(after.files.map(({ path, verdict }) => [path, verdict])).toEqual([
    ["a", "failed"],
    ["b", "added"],
  ]);
});

it("shows the part of a passage where the searched word stands, and takes signs of a search for what they are", () => {
  const passage = `${"filler text ".repeat(60)}the **spindle** (a+b) runs`;
  const pieces = markWords(passage, "spindle (a+b)");
  expect(pieces.filter(({ marked }) => marked).map(({ text }) => text)).toContain("spindle");
  expect(pieces[0]?.text.startsWith("… ")).toBe(true);
});

it("sends many or large files in several forms, and none twice", () => {
  const sizes = (files: { size: number }[][]): number[] => files.map((batch) => batch.length);
  expect(sizes(batchesOf(Array.from({ length: 450 }, () => ({ size: 1 }))))).toEqual([200, 200, 50]);
  const [small, large] = [{ size: 1e6 }, { size: 450e6 }];
  expect(batchesOf([small, large, small])).toEqual([[small], [large], [small]]);
  expect(batchesOf([])).toEqual([]);
});
