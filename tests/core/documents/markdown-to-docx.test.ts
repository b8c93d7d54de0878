import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { markdownToDocx } from "../../../src/core/documents/markdown-to-docx.ts";

const markdown = [
  "# 8D 보고서 & <초안>",
  "",
  "**CNC-07** 알람 `2041` [E1]",
  "",
  "1. 첫째",
  "2. 둘째",
  "   - 안쪽",
  "",
  "- ☐ 팀장을 정하세요",
  "",
  "| 원인 | 건수 |",
  "| --- | --- |",
  "| 필터 | 3 |",
  "",
  "> **경고** 전원을 끈다",
  "",
  "<script>alert(1)</script> ![그림](https://example.com/a.png) [링크](https://example.com)",
  "",
  "줄\u0001바꿈",
].join("\n");

async function parts(text: string, title = "제목"): Promise<Record<string, string>> {
  const files = unzipSync(await markdownToDocx(text, { title, language: "ko" }));
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
}
const words = (xml: string): string => [...xml.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map((match) => match[1]).join("");

describe("an answer as a Word file", () => {
  test("has every word of the Markdown, once, with its entities right", async () => {
    const { "word/document.xml": body = "" } = await parts(markdown);
    const text = words(body);
    for (const word of [
      "8D 보고서 &amp; &lt;초안&gt;",
      "CNC-07",
      "2041",
      "[E1]",
      "첫째",
      "둘째",
      "안쪽",
      "필터",
      "전원을 끈다",
    ])
      expect(text.split(word), word).toHaveLength(2);
  });

  test("headings, numbered steps, tables and gaps are Word's own", async () => {
    const { "word/document.xml": body = "" } = await parts(markdown);
    expect(body).toContain('w:val="Heading1"');
    expect(body.match(/<w:tr>|<w:tr /g)).toHaveLength(2);
    expect(body.match(/<w:numId /g)?.length).toBeGreaterThanOrEqual(4);
    const gap = body.split("<w:p>").find((paragraph) => paragraph.includes("☐")) ?? "";
    expect(gap).toContain("FFF4CC");
  });

  test("loads nothing from outside and shows HTML as text", async () => {
    const all = await parts(markdown);
    const { "word/document.xml": body = "", "word/_rels/document.xml.rels": relations = "" } = all;
    expect(words(body)).toContain("&lt;script&gt;alert(1)");
    expect(relations).not.toContain("example.com");
    expect(Object.keys(all).filter((name) => name.startsWith("word/media/"))).toEqual([]);
  });

  test("a character that XML can't hold is left out", async () => {
    const { "word/document.xml": body = "" } = await parts(markdown);
    expect(words(body)).toContain("줄바꿈");
  });

  test("a range with tildes is no word struck out", async () => {
    const { "word/document.xml": body = "" } = await parts("Cp 1.35 (1.23~1.47), Cpk 1.33 (1.21~1.46)");
    expect(words(body)).toContain("(1.23~1.47), Cpk 1.33 (1.21~1.46)");
    expect(body).not.toContain("w:strike");
  });

  test("a character that XML can't hold is left out of title and code, too", async () => {
    const all = await parts("`a\u0001b`", "제목\u0002 \ud83d");
    // oxlint-disable-next-line no-control-regex -- these are what must not be there
    const broken = /[\u0000-\u0008]|\ufffd\ufffd/;
    for (const name of Object.keys(all).filter((one) => one.endsWith(".xml")))
      expect(all[name], name).not.toMatch(broken);
    expect(words(all["word/document.xml"] ?? "")).toBe("ab");
  });

  test("steps keep the numbers that they have in the procedure", async () => {
    const { "word/numbering.xml": numbering = "" } = await parts("4. 네째\n5. 다섯째");
    expect(numbering).toContain('<w:start w:val="4"/>');
  });

  test("quoted steps are a paragraph each, with the numbers that are quoted", async () => {
    const { "word/document.xml": body = "" } = await parts("> 3. 전원을 **끈다**\n> 4. 잠근다\n>\n> 경고");
    const quoted = body.split("<w:p>").filter((paragraph) => paragraph.includes("C0392B"));
    expect(quoted.map(words)).toEqual(["3. 전원을 끈다", "4. 잠근다", "경고"]);
  });

  test("two numbered lists each count from one", async () => {
    const { "word/document.xml": body = "" } = await parts("1. a\n2. b\n\nbetween\n\n1. c\n2. d");
    const ids = [...body.matchAll(/<w:numId w:val="(\d+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(2);
  });
});
