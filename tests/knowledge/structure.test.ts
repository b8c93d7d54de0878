import { describe, expect, it } from "vitest";
import { loadDocument } from "../../src/knowledge/load/load-file.ts";
import { alarmEntriesOf } from "../../src/knowledge/structure/alarm-entries.ts";
import { chunkDocument } from "../../src/knowledge/structure/chunk-document.ts";
import { safetySpansOf } from "../../src/knowledge/structure/safety-text.ts";
import { manual } from "./support.ts";

const load = (path: string, text: string) => loadDocument(path, new TextEncoder().encode(text));

describe("chunks", () => {
  it("are the text of their span", async () => {
    const document = await load("a.md", manual);
    for (const chunk of chunkDocument(document)) expect(chunk.text).toBe(document.text.slice(chunk.start, chunk.end));
  });

  it("keep a short table whole and split a long one by rows with the header again", async () => {
    const rows = Array.from({ length: 80 }, (_, index) => `| E${index} | what error ${index} means at length |`);
    const document = await load("a.md", `# T\n\n| Code | Text |\n|---|---|\n${rows.join("\n")}\n`);
    const chunks = chunkDocument(document);
    expect(chunks.length).toBeGreaterThan(2);
    for (const chunk of chunks) expect(chunk.text.startsWith("| Code | Text |\n|---|---|\n| E")).toBe(true);
    const all = chunks.flatMap((chunk) => chunk.text.split("\n").slice(2));
    expect(all).toEqual(rows);
  });

  it("keep the steps of a procedure in order and never cut one", async () => {
    const steps = Array.from(
      { length: 60 },
      (_, index) => `${index + 1}. Do step ${index + 1} carefully and completely.`,
    );
    const chunks = chunkDocument(await load("a.md", `## Work\n\n${steps.join("\n")}\n`));
    expect(chunks.flatMap((chunk) => chunk.text.split("\n"))).toEqual(steps);
    expect(chunks.every((chunk) => chunk.kind === "steps" && chunk.headings[0] === "Work")).toBe(true);
  });

  it("cut a text without a blank, and not through a character", async () => {
    const document = await load("a.txt", "🔧".repeat(3000));
    const chunks = chunkDocument(document);
    expect(chunks.map((chunk) => chunk.text).join("")).toBe(document.text);
    for (const chunk of chunks) expect(chunk.text.isWellFormed()).toBe(true);
  });

  it("exist for a document of headings only", async () => {
    expect(chunkDocument(await load("a.md", "# Lubrication\n\n## Grease\n"))).toHaveLength(1);
  });
});

describe("alarm entries", () => {
  it("come from a table, with the section of the same code beside them", async () => {
    const entries = alarmEntriesOf(await load("a.md", manual));
    expect(entries.map((entry) => [entry.code, entry.sourceShape])).toEqual([
      ["KX-05", "table"],
      ["KX-07", "table"],
      ["KX-05", "heading"],
    ]);
    expect(entries[0]).toMatchObject({
      kind: "alarm",
      codeNorm: "kx5",
      message: "Oil temperature high",
      cause: "cooler fouled; pump worn",
      severity: "major",
    });
  });

  it("do not come from limits, part lists or steps", async () => {
    const text =
      "# Alarm limits\n\n| Item | Normal | Warning | Alarm |\n|---|---|---|---|\n| oil | 30 | 60 | 70 |\n\n" +
      "| Part number | Name | Quantity |\n|---|---|---|\n| 1001 | seal | 2 |\n\n| Step | What |\n|---|---|\n| 1 | stop |\n| 2 | wait |\n";
    expect(alarmEntriesOf(await load("a.md", text))).toEqual([]);
  });

  it.each([
    ["Error Code in v1.1+,Error Message,Description", "9,Lock,Locked out", "error", "9"],
    ['"$-Code"," Setting"," Units"," Setting Description"', "110,X rate,mm/min,Maximum rate", "setting", "110"],
    ["OPT: Code,Build-Option Description,State", "+,Door pin,Enabled", "option", "+"],
    ["알람 코드,내용,원인,조치", "2041,온도 높음,윤활,청소", "alarm", "2041"],
    ["고장번호,고장내용,대책", "F07,과전류,점검", "fault", "f7"],
  ])("know the header %s", async (header, row, kind, norm) => {
    expect(alarmEntriesOf(await load("list.csv", `${header}\n${row}\n`))).toMatchObject([{ kind, codeNorm: norm }]);
  });

  it("take the kind of a bare code column from the file's name", async () => {
    expect(alarmEntriesOf(await load("error_list.csv", "Code,Message\n12,Stall\n"))).toMatchObject([{ kind: "error" }]);
    expect(alarmEntriesOf(await load("postal.csv", "Code,Town\n12345,Gumi\n"))).toEqual([]);
  });

  it("expand ranges and several codes of one cell", async () => {
    const table = 'Alarm,Meaning\n8011[23-25],Axis\nE-101~E-103,Heater\n"L1, L2",Lamp\n';
    const codes = alarmEntriesOf(await load("a.csv", table)).map((entry) => entry.codes);
    expect(codes[0]).toEqual(expect.arrayContaining(["801123", "801125", "8011-24"]));
    expect(codes[1]).toEqual(["e101", "e102", "e103"]);
    expect(codes[2]).toEqual(["l1", "l2"]);
  });

  it("come from list items and from headings with an alarm word", async () => {
    const text =
      "# Panel\n\n## 알람 31 펌프 정지\n\n원인을 본다.\n\n## Faults\n\n- F12: overcurrent\n- clean the fan\n";
    expect(
      alarmEntriesOf(await load("a.md", text)).map((entry) => [entry.kind, entry.codeNorm, entry.sourceShape]),
    ).toEqual([
      ["alarm", "31", "heading"],
      ["fault", "f12", "list"],
    ]);
  });
});

describe("safety text", async () => {
  const document = await load("a.md", manual);

  it("is the lockout section, verbatim, with warnings and steps apart", async () => {
    const spans = safetySpansOf(document, chunkDocument(document));
    expect(spans.map((span) => [span.topic, span.shape])).toEqual([
      ["lockout", "warning"],
      ["lockout", "steps"],
    ]);
    for (const span of spans) expect(document.text.slice(span.start, span.end)).toBe(span.text);
  });
});
