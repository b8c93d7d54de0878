import { describe, expect, it } from "vitest";
import { loadDocument } from "../../src/knowledge/load/load-file.ts";
import { chunkDocument } from "../../src/knowledge/structure/chunk-document.ts";
import { isSafetyBlock, safetySpansOf } from "../../src/knowledge/structure/safety-text.ts";

const load = (path: string, text: string) => loadDocument(path, new TextEncoder().encode(text));
const spansOf = async (text: string, path = "a.md") => {
  const document = await load(path, text);
  return safetySpansOf(document, chunkDocument(document));
};

describe("a warning", () => {
  it.each([
    "> **WARNING** Pressure stays.",
    "WARNING: hot surface",
    "⚠ Hands out of the ram",
    "※ 주의 : 고온",
    "[경고] 감전",
    "**위험** 고압",
    "Caution! Sharp edges",
    "NOTICE: use clean oil",
    "| **DANGER** |",
    "경고\n전원을 끈다",
  ])("is %s", (text) => {
    expect(isSafetyBlock(text)).toBe(true);
  });

  it.each([
    "주의 깊게 소리를 듣는다",
    "위험 등급은 셋이다",
    "Warnings are shown in yellow",
    "Notice the arrow",
    "Danger zones are marked",
    "The WARNING lamp is lit",
  ])("is not %s", (text) => {
    expect(isSafetyBlock(text)).toBe(false);
  });

  it("whose word stands alone has the next block with it", async () => {
    const spans = await spansOf("# Press\n\n## Cleaning\n\nWARNING\n\nThe ram may fall.\n\nUse a brush.\n");
    expect(spans.map((span) => [span.shape, span.text])).toEqual([["warning", "WARNING\n\nThe ram may fall."]]);
  });

  it("under a title of its own is one", async () => {
    const spans = await spansOf("# 프레스\n\n## 경고\n\n램이 떨어질 수 있다.\n");
    expect(spans.map((span) => [span.topic, span.shape])).toEqual([["warning", "warning"]]);
  });

  it("stays with the step that it stands before", async () => {
    const filler = `${"Text of the section. ".repeat(52)}\n\n`;
    const text = `# T\n\n## Work\n\n${filler}> **WARNING** Stored pressure.\n\n1. Open the valve.\n2. Wait ${"long ".repeat(40)}.\n`;
    const chunks = chunkDocument(await load("a.md", text));
    const step = chunks.find((chunk) => chunk.text.includes("Open the valve"))!;
    expect(step.text).toContain("Stored pressure");
    expect(step).toMatchObject({ kind: "steps", safety: true });
  });
});

describe("a lockout section", () => {
  it.each(["에너지 차단", "시건 장치", "De-energising the press", "Energy isolation", "잔류 에너지 제거", "LOTO"])(
    "is one titled %s",
    async (title) => {
      const spans = await spansOf(`# KX\n\n## ${title}\n\n1. 차단기를 내린다.\n2. 잠근다.\n`);
      expect(spans.map((span) => [span.topic, span.shape])).toEqual([["lockout", "steps"]]);
    },
  );
});

describe("steps", () => {
  it.each(["1단계 전원을 끈다\n2단계 잠근다", "Step 1 Stop\nStep 2 Lock", "① 정지\n② 잠금", "(1) Stop\n(2) Lock"])(
    "are read from %s",
    async (text) => {
      const chunks = chunkDocument(await load("a.txt", `Procedure\n\n${text}\n`));
      expect(chunks.at(-1)!.kind).toBe("steps");
    },
  );

  it("are never torn, however long", async () => {
    const step = (number: number) => `${number}단계 ${"밸브를 천천히 연다. ".repeat(60)}`;
    const text = Array.from({ length: 6 }, (_, index) => step(index + 1)).join("\n");
    const chunks = chunkDocument(await load("a.txt", `작업 순서\n\n${text}\n`));
    expect(chunks.length).toBeGreaterThan(2);
    const lines = chunks.flatMap((chunk) => chunk.text.split("\n")).filter((line) => line.includes("밸브"));
    expect(lines).toHaveLength(6);
    for (const line of lines) expect(line).toMatch(/^\d단계 .*연다\.\s*$/);
  });
});

describe("chunks", () => {
  it("of contents pages are told from text", async () => {
    const contents = "## 목차\n\n- 1 개요 ........ 3\n- 2 알람 2041 ........ 12\n- 3 정비 ........ 40\n";
    const chunks = chunkDocument(await load("a.md", `# 설명서\n\n${contents}\n## 개요\n\n기계는 2041 알람을 낸다.\n`));
    expect(chunks.map((chunk) => chunk.kind)).toEqual(["contents", "text"]);
  });

  it("of a table whose figures rise are no contents", async () => {
    const rows = Array.from({ length: 12 }, (_, index) => `| M${index + 4} bolt | ${index * 8 + 5} |`).join("\n");
    const chunks = chunkDocument(await load("a.md", `# Torques\n\n| Bolt | Nm |\n|---|---|\n${rows}\n`));
    expect(chunks.map((chunk) => chunk.kind)).toEqual(["table"]);
  });

  it("keep a title that has no text below it, and one too long to be a title", async () => {
    const long = "word ".repeat(60).trim();
    const chunks = chunkDocument(
      await load("a.md", `# A\n\nText.\n\n## Grease weekly\n\n## Oil monthly\n\n# ${long}\n\nEnd.\n`),
    );
    const all = chunks.map((chunk) => chunk.text).join("\n");
    expect(all).toContain("Grease weekly");
    expect(all).toContain("Oil monthly");
    expect(all).toContain(long);
    for (const chunk of chunks) for (const title of chunk.headings) expect(title.length).toBeLessThanOrEqual(200);
  });
});
